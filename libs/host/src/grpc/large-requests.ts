// Large requests in work share one budget of bytes per process: the process holds each of them several times while it is stored, and sixty
// files at once took a service above 1 GB. Small requests are never refused here; a full budget answers with a refusal to retry later.
import { Refusal } from '@hengji/domain-kit';

const LARGE_BYTES = 256 * 1024;
const BUDGET_BYTES = 32 * 1024 * 1024;
const ELEMENT_BYTES = 100;

const sizes = new WeakMap<object, number>();

/** Stores the size of the request before decoding: an element counts as the bytes that it takes at least. */
export const rememberSize = (request: unknown, decoded: { readonly bytes: number; readonly elements: number }): void => {
  const bytes = Math.max(decoded.bytes, decoded.elements * ELEMENT_BYTES);
  if (bytes >= LARGE_BYTES && typeof request === 'object' && request !== null) sizes.set(request, bytes);
};

export interface LargeRequests {
  /** Refuses `service.busy` when the budget is used up; else returns a function that releases the bytes. */
  enter(request: unknown): () => void;
}

export const largeRequests = (): LargeRequests => {
  let inWork = 0;
  return {
    enter: (request) => {
      const bytes = typeof request === 'object' && request !== null ? (sizes.get(request) ?? 0) : 0;
      if (bytes > 0 && inWork + bytes > BUDGET_BYTES)
        throw new Refusal('unavailable', 'service.busy', '正在处理的大文件过多,请稍后重试', { rule: `≤ ${BUDGET_BYTES} bytes` });
      inWork += bytes;
      return () => {
        inWork -= bytes;
      };
    },
  };
};
