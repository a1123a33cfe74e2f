// The fence: from the moment a service has taken it, nothing new can be made inside the order's scope. A service that is
// down is not waited for beyond the patience; its fence stays missing, in everyone's sight, and is asked for again. A fence
// that its service has not signed well stands, and waiting longer for it would protect nobody; but nobody could prove it, so it
// is asked for again too, and the order is not completed without.
import type { Refusal } from '@hengji/domain-kit';
import { SERVICES, type Service } from './cascade';
import { isDue } from './clock/order-time';
import type { Attestation } from './proof';

export interface Fence {
  readonly service: Service;
  /** When the service committed it, by its own clock; null while it is missing. */
  readonly placedAt: Date | null;
  /** What the service signed of it; null while it has not, or not well. */
  readonly attestation: Attestation | null;
  readonly tries: number;
  /** When to ask again; null once it is placed and signed. */
  readonly nextTryAt: Date | null;
  /** Why it was not taken, or not signed, the last time it was asked for; empty when it was. */
  readonly trouble: string;
}

/** Why a fence is not there, or not signed, as it says it. */
export const troubleOf = ({ reason, message }: Refusal): string => `${reason}：${message}`;

/** The service took the fence. Without an attestation `trouble` says why there is none. */
export interface Placed {
  readonly placedAt: Date;
  readonly attestation: Attestation | null;
  readonly trouble: string;
}

const FIRST_PAUSE_MS = 200;
/** A service that is back has taken the fence by itself, and an order that is done otherwise waits only to hear so. */
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

/** The services whose fence is to be asked for now. */
export const fencesDue = (fences: readonly Fence[], now: Date): Service[] =>
  fences.filter((fence) => fence.attestation === null && isDue(fence.nextTryAt, now, LONGEST_PAUSE_MS)).map((fence) => fence.service);

const replace = (fences: readonly Fence[], service: Service, change: (fence: Fence) => Fence): readonly Fence[] => {
  const before = fences.find((fence) => fence.service === service);
  // What is signed is never taken back by a later answer.
  return !before || before.attestation !== null ? fences : fences.map((fence) => (fence === before ? change(fence) : fence));
};

const again = ({ tries }: Fence, now: Date): Pick<Fence, 'tries' | 'nextTryAt'> => ({
  tries: tries + 1,
  nextTryAt: new Date(now.getTime() + pauseMs(tries + 1)),
});

/** The service took the fence; it is asked once more after a pause if it has not signed so. The same again returns the same list. */
export const placeFence = (fences: readonly Fence[], service: Service, placed: Placed, now: Date): readonly Fence[] =>
  replace(fences, service, (fence) =>
    placed.attestation
      ? { ...fence, ...placed, tries: fence.tries + 1, nextTryAt: null }
      : { ...fence, placedAt: fence.placedAt ?? placed.placedAt, trouble: placed.trouble, ...again(fence, now) },
  );

/** The service did not answer or refused; it is asked again after a pause that grows. */
export const missFence = (fences: readonly Fence[], service: Service, trouble: string, now: Date): readonly Fence[] =>
  replace(fences, service, (fence) => ({ ...fence, trouble, ...again(fence, now) }));

/** Asks at once for the signature of each fence that stands without one and is not asked for. */
export const askUnattested = (fences: readonly Fence[], now: Date): readonly Fence[] =>
  fences.some((fence) => fence.attestation === null && fence.nextTryAt === null)
    ? fences.map((fence) => (fence.attestation === null && fence.nextTryAt === null ? { ...fence, nextTryAt: now } : fence))
    : fences;

/** What was signed of these fences does not hold, or is not there: it is asked for as if it had never been. */
export const doubtFences = (fences: readonly Fence[], doubts: ReadonlyMap<Service, string>, now: Date): readonly Fence[] =>
  fences.map((fence) => {
    const trouble = doubts.get(fence.service);
    return trouble === undefined ? fence : { ...fence, attestation: null, nextTryAt: now, trouble };
  });
