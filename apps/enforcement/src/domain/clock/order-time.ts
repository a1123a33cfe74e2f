// Time in the lifecycle of an order. A server's clock may be ahead and then be set back, or two instances may have different
// clocks. An order must not wait for a wrong future time, and must not state an end before its beginning.
import type { Decision, Order } from '../order';

/** The clocks of two correct instances may differ by this much. */
const CLOCKS_AGREE_MS = 60_000;

/** The latest time that a correct clock can have written, if no pause is longer than `longestMs`. */
export const horizon = (now: Date, longestMs = 0): Date => new Date(now.getTime() + longestMs + CLOCKS_AGREE_MS);

/** Whether a clock that was ahead wrote this time. */
export const isAhead = (at: Date | null, now: Date, longestMs = 0): boolean => at !== null && at > horizon(now, longestMs);

/**
 * Whether a pause has ended (到期). A pause is stored as the time of its end. An end beyond the longest pause was written by a
 * clock that was ahead, and counts as ended. Not for legal limits, which may lie years ahead.
 */
export const isDue = (at: Date | null, now: Date, longestMs: number): boolean => at !== null && (at <= now || isAhead(at, now, longestMs));

/** A time later than the order's last stated time, also after the clock was set back. */
export const nextTime = (last: Date | null, now: Date): Date => (last !== null && last > now ? new Date(last.getTime() + 1) : now);

type Stated = Pick<Order, 'signature' | 'issuedAt' | 'completedAt' | 'reopenedAt' | 'suspension' | 'liftings' | 'rows' | 'crossChecks'>;

/** Replaces a time that this decision wrote (compared by identity); an unchanged time stays. */
const moved = <T extends Date | null>(before: T, next: T, at: Date): T | Date => (next === null || next === before ? next : at);

const liftingsAt = (before: Order, next: Order, at: Date): Stated['liftings'] =>
  next.liftings.map((lifting) => {
    const known = before.liftings.find(({ number }) => number === lifting.number);
    if (known === lifting) return lifting;
    const completedAt = moved(known?.completedAt ?? null, lifting.completedAt, at);
    return { ...lifting, at: known ? lifting.at : at, completedAt };
  });

/**
 * The decision with its stated times (signatures, ends, suspensions, counts) at the order's own time. Future times (pauses,
 * limits) keep the time of the clock.
 */
export const statedAt = (before: Order, { next, events }: Decision, at: Date): Decision => {
  const stated: Stated = {
    signature: next.signature && !before.signature ? { ...next.signature, at } : next.signature,
    issuedAt: moved(before.issuedAt, next.issuedAt, at),
    completedAt: moved(before.completedAt, next.completedAt, at),
    reopenedAt: moved(before.reopenedAt, next.reopenedAt, at),
    suspension: next.suspension && next.suspension !== before.suspension ? { ...next.suspension, at } : next.suspension,
    liftings: liftingsAt(before, next, at),
    rows: next.rows.map((row) => {
      const known = before.rows.find(({ number }) => number === row.number);
      return row.residual && row.residual !== known?.residual ? { ...row, residual: { ...row.residual, at } } : row;
    }),
    crossChecks: next.crossChecks === before.crossChecks ? next.crossChecks : next.crossChecks.map((check) => ({ ...check, at })),
  };
  return { next: { ...next, ...stated }, events };
};
