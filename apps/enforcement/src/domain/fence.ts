// The fence: after a service has placed the fence, it creates no new records inside the order's scope. The order waits for a
// service that is down only until the patience ends; the missing fence stays visible and is requested again. A placed fence
// without a valid signature protects the scope, so the issue does not wait for the signature. The fence is requested again, and
// the order is not completed without the signature.
import type { Refusal } from '@hengji/domain-kit';
import { SERVICES, type Service } from './cascade';
import { isDue } from './clock/order-time';
import type { Attestation } from './proof';

export interface Fence {
  readonly service: Service;
  /** When the service committed the fence, by the service's clock; null while the fence is missing. */
  readonly placedAt: Date | null;
  /** The service's signed statement about the fence; null while there is none, or while the signature is invalid. */
  readonly attestation: Attestation | null;
  readonly tries: number;
  /** When to request the fence again; null once it is placed and signed. */
  readonly nextTryAt: Date | null;
  /** Why the last request did not place or sign the fence; empty when it did. */
  readonly trouble: string;
}

/** The text stored when a fence is missing or unsigned. */
export const troubleOf = ({ reason, message }: Refusal): string => `${reason}：${message}`;

/** The service placed the fence. Without an attestation, `trouble` holds the reason. */
export interface Placed {
  readonly placedAt: Date;
  readonly attestation: Attestation | null;
  readonly trouble: string;
}

const FIRST_PAUSE_MS = 200;
/** A restarted service places the fence by itself, and an order that is otherwise done waits only for that answer. */
export const LONGEST_PAUSE_MS = 5_000;

/** Pause before try `tries + 1`: doubles from 0.2 s up to five seconds, or to `longestMs`. */
export const pauseMs = (tries: number, longestMs = LONGEST_PAUSE_MS): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1), longestMs);

/** The fences of an order that is signed now: every service, each due at once. */
export const openFences = (now: Date): Fence[] =>
  SERVICES.map((service) => ({ service, placedAt: null, attestation: null, tries: 0, nextTryAt: now, trouble: '' }));

export const isFenced = (fences: readonly Fence[]): boolean => fences.every((fence) => fence.placedAt !== null);

/** Whether each service has signed that it took its fence. */
export const isAttested = (fences: readonly Fence[]): boolean => fences.every((fence) => fence.attestation !== null);

/** The services whose fence is to be requested now. */
export const fencesDue = (fences: readonly Fence[], now: Date): Service[] =>
  fences.filter((fence) => fence.attestation === null && isDue(fence.nextTryAt, now, LONGEST_PAUSE_MS)).map((fence) => fence.service);

const replace = (fences: readonly Fence[], service: Service, change: (fence: Fence) => Fence): readonly Fence[] => {
  const before = fences.find((fence) => fence.service === service);
  // A later answer never removes a signature.
  return !before || before.attestation !== null ? fences : fences.map((fence) => (fence === before ? change(fence) : fence));
};

const again = ({ tries }: Fence, now: Date): Pick<Fence, 'tries' | 'nextTryAt'> => ({
  tries: tries + 1,
  nextTryAt: new Date(now.getTime() + pauseMs(tries + 1)),
});

/**
 * Records a placed fence; an unsigned fence is requested again after a pause. A repeated answer of a signed fence returns the
 * same list.
 */
export const placeFence = (fences: readonly Fence[], service: Service, placed: Placed, now: Date): readonly Fence[] =>
  replace(fences, service, (fence) =>
    placed.attestation
      ? { ...fence, ...placed, tries: fence.tries + 1, nextTryAt: null }
      : { ...fence, placedAt: fence.placedAt ?? placed.placedAt, trouble: placed.trouble, ...again(fence, now) },
  );

/** Records that the service did not answer or refused; the fence is requested again after a growing pause. */
export const missFence = (fences: readonly Fence[], service: Service, trouble: string, now: Date): readonly Fence[] =>
  replace(fences, service, (fence) => ({ ...fence, trouble, ...again(fence, now) }));

/** Requests at once the signature of each unsigned fence for which no request is scheduled. */
export const askUnattested = (fences: readonly Fence[], now: Date): readonly Fence[] =>
  fences.some((fence) => fence.attestation === null && fence.nextTryAt === null)
    ? fences.map((fence) => (fence.attestation === null && fence.nextTryAt === null ? { ...fence, nextTryAt: now } : fence))
    : fences;

/** Removes an invalid or missing signature; the fence is requested again as if it had never been signed. */
export const doubtFences = (fences: readonly Fence[], doubts: ReadonlyMap<Service, string>, now: Date): readonly Fence[] =>
  fences.map((fence) => {
    const trouble = doubts.get(fence.service);
    return trouble === undefined ? fence : { ...fence, attestation: null, nextTryAt: now, trouble };
  });
