// Time in the life of an order. A server's clock may be ahead for a while and be put back, or be changed under two instances; an
// order must neither wait for a time that was never meant nor state that its end was before its beginning.
import type { Decision, Order } from '../order';

/** Instances of one service may differ by so much without one being wrong. */
const CLOCKS_AGREE_MS = 60_000;

/** Beyond it lies what only a clock that was ahead can have written, if nothing is put off for longer than `longestMs`. */
export const horizon = (now: Date, longestMs = 0): Date => new Date(now.getTime() + longestMs + CLOCKS_AGREE_MS);

/** Whether a clock that was ahead has written it. */
export const isAhead = (at: Date | null, now: Date, longestMs = 0): boolean => at !== null && at > horizon(now, longestMs);

/**
 * Whether what was put off is due (到期). A pause is stored as the time of its end; one that lies further off than the longest pause was
 * written by a clock that was ahead, and is over. Never asked of the deadlines of law, which may lie years ahead.
 */
export const isDue = (at: Date | null, now: Date, longestMs: number): boolean => at !== null && (at <= now || isAhead(at, now, longestMs));

/** Later than what the order has stated last, also when the clock was put back since. */
export const nextTime = (last: Date | null, now: Date): Date => (last !== null && last > now ? new Date(last.getTime() + 1) : now);

type Stated = Pick<Order, 'signature' | 'issuedAt' | 'completedAt' | 'reopenedAt' | 'suspension' | 'liftings' | 'rows' | 'crossChecks'>;

/** A time that this decision has written, by identity: what it leaves is what was there. */
const moved = <T extends Date | null>(before: T, next: T, at: Date): T | Date => (next === null || next === before ? next : at);

const liftingsAt = (before: Order, next: Order, at: Date): Stated['liftings'] =>
  next.liftings.map((lifting) => {
    const known = before.liftings.find(({ number }) => number === lifting.number);
    if (known === lifting) return lifting;
    const completedAt = moved(known?.completedAt ?? null, lifting.completedAt, at);
    return { ...lifting, at: known ? lifting.at : at, completedAt };
  });

/**
 * The decision with what it states (signatures, ends, suspensions, counts) at the order's own time. What is only to be done at a
 * time (pauses, limits) stays with the clock, which says when that is.
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
