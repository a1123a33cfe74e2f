// A Refusal is sent to another process in the trailers and rebuilt there, so that no service maps errors itself. Field and rule are
// percent-encoded because they may contain Chinese and metadata is ASCII.
import { REFUSAL_STATUS, Refusal, type RefusalKind } from '@hengji/domain-kit';
import { ClientError, Status, type Metadata } from 'nice-grpc';

const KIND = 'x-refusal-kind';
const REASON = 'x-refusal-reason';
const MESSAGE = 'x-refusal-message-bin';
const FIELD = 'x-refusal-field';
const RULE = 'x-refusal-rule';

/** Writes the refusal into the trailers of an answer. */
export const writeRefusal = (trailer: Metadata, refusal: Refusal): void => {
  trailer.set(KIND, refusal.kind);
  trailer.set(REASON, refusal.reason);
  trailer.set(MESSAGE, new TextEncoder().encode(refusal.message));
  if (refusal.detail.field !== undefined) trailer.set(FIELD, encodeURIComponent(refusal.detail.field));
  if (refusal.detail.rule !== undefined) trailer.set(RULE, encodeURIComponent(refusal.detail.rule));
};

const isKind = (text: string): text is RefusalKind => Object.hasOwn(REFUSAL_STATUS, text);

/** The refusal in the trailers, if there is one. */
export const readRefusal = (trailer: Metadata | undefined): Refusal | undefined => {
  const kind = trailer?.get(KIND);
  if (!trailer || typeof kind !== 'string' || !isKind(kind)) return undefined;
  const message = trailer.get(MESSAGE);
  const field = trailer.get(FIELD);
  const rule = trailer.get(RULE);
  return new Refusal(
    kind,
    String(trailer.get(REASON) ?? 'unknown'),
    message instanceof Uint8Array ? new TextDecoder().decode(message) : '',
    {
      ...(typeof field === 'string' ? { field: decodeURIComponent(field) } : {}),
      ...(typeof rule === 'string' ? { rule: decodeURIComponent(rule) } : {}),
    },
  );
};

/** The meaning of a failed call for the caller: a Refusal where the trailers have one, else the original error. */
export const refusalOf = (failure: unknown, trailer: Metadata | undefined): unknown => {
  if (!(failure instanceof ClientError)) return failure;
  const refusal = readRefusal(trailer);
  if (refusal) return refusal;
  const service = failure.path.split('/')[1]?.split('.')[1] ?? failure.path;
  const because = (kind: RefusalKind, reason: string, message: string): Refusal =>
    Object.assign(new Refusal(kind, reason, message), { cause: failure });
  // During the rollout of a new version, an instance of the version before may lack an RPC.
  if (failure.code === Status.UNAVAILABLE || failure.code === Status.UNIMPLEMENTED)
    return because('unavailable', 'service.unavailable', `服务暂不可用:${service}`);
  if (failure.code === Status.DEADLINE_EXCEEDED) return because('unavailable', 'service.timeout', `服务未在时限内应答:${service}`);
  if (failure.code === Status.RESOURCE_EXHAUSTED) return because('tooMuch', 'request.too_large', `报文超过大小上限:${service}`);
  return failure;
};
