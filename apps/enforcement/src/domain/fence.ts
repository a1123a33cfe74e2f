// The fence: from the moment a service has taken it, nothing new can be made inside the order's scope. A service that is
// down is not waited for beyond the patience; its fence stays missing, in everyone's sight, and is asked for again.
import { SERVICES, type Service } from './cascade';

export interface Fence {
  readonly service: Service;
  /** When the service committed it, by its own clock; null while it is missing. */
  readonly placedAt: Date | null;
  readonly tries: number;
  /** When to ask again; null once it is placed. */
  readonly nextTryAt: Date | null;
  /** Why it was not taken the last time it was asked for; empty when it was. */
  readonly trouble: string;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

/** Pause before try `tries + 1`: doubles from 0.2 s up to half a minute. */
export const pauseMs = (tries: number, longestMs = LONGEST_PAUSE_MS): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1), longestMs);

/** The fences of an order that is signed now: every service, each due at once. */
export const openFences = (now: Date): Fence[] =>
  SERVICES.map((service) => ({ service, placedAt: null, tries: 0, nextTryAt: now, trouble: '' }));

export const isFenced = (fences: readonly Fence[]): boolean => fences.every((fence) => fence.placedAt !== null);

/** The services whose fence is to be asked for now. */
export const fencesDue = (fences: readonly Fence[], now: Date): Service[] =>
  fences.filter((fence) => fence.placedAt === null && fence.nextTryAt !== null && fence.nextTryAt <= now).map((fence) => fence.service);

const replace = (fences: readonly Fence[], service: Service, change: (fence: Fence) => Fence): readonly Fence[] => {
  const before = fences.find((fence) => fence.service === service);
  // A fence that stands is never taken back by a later answer.
  return !before || before.placedAt !== null ? fences : fences.map((fence) => (fence === before ? change(fence) : fence));
};

/** The service took the fence. The same again returns the same list. */
export const placeFence = (fences: readonly Fence[], service: Service, placedAt: Date): readonly Fence[] =>
  replace(fences, service, (fence) => ({ ...fence, placedAt, tries: fence.tries + 1, nextTryAt: null, trouble: '' }));

/** The service did not answer or refused; it is asked again after a pause that grows. */
export const missFence = (fences: readonly Fence[], service: Service, trouble: string, now: Date): readonly Fence[] =>
  replace(fences, service, (fence) => ({
    ...fence,
    tries: fence.tries + 1,
    nextTryAt: new Date(now.getTime() + pauseMs(fence.tries + 1)),
    trouble,
  }));
