// An order that replaces an earlier order (取代). The earlier order stays in force until the later order is carried out and its
// residual is zero. The earlier order is lifted in that same transaction, so a demand of both orders is in force without a gap.
// The rules below say which order owns a shared record, and what is refused between orders of one institution.
import { Refusal } from '@hengji/domain-kit';
import { MEASURES, type Measure } from './cascade';
import { isInForce, liesIn } from './liftings';
import { isCarriedOut, isLiftable, openLifting, type Order } from './order';
import { isSameScope, type Scope } from './scope';

// Rules for two orders of one institution, by the kind of thing that they share. The epoch, drawn with the signature, gives a
// total order. Overlapping orders are not refused. Each order is carried out as if it were alone; only a lifting reads the
// other orders.
// - record: the earliest claim owns its state to restore and its document number. After its lifting, the next claim inherits
//   both; the last claim restores.
// - payment: one recovery, in the name of the earliest demand. After its lifting the next order by epoch takes over; the last
//   one revokes it.
// - upload: withdrawn once; restored when no order claims it.
// - hold: each order has its own hold; work continues when no hold is in force. Every list is sorted by epoch.
// - entry: each order has its own notice and rectification; the nearest day is shown.
// - superseded: refused unless completed, not lifted, of the same institution, and not replaced by another order.

const refuse = (message: string): never => {
  throw new Refusal('illegalMove', 'order.supersedes_invalid', message, { field: 'supersedes', rule: 'rules §7.9' });
};

/**
 * Refuses `order.supersedes_invalid`. A replaced order must be of the same institution, carried out, not lifted, and not named
 * by another signed successor.
 */
export const checkSupersedes = (institution: string, old: Order): void => {
  if (old.scope.institution !== institution) refuse('只能取代对同一机构作出的处理决定');
  if (old.supersededBy !== '') refuse('该处理决定已被另一决定取代');
  if (!isCarriedOut(old)) refuse('只能取代已执行完毕且未解除的处理决定');
};

/** The older order with the id of its successor, set when the successor is signed; a repeated call returns the same order. */
export const supersededBy = (old: Order, by: string): Order => (old.supersededBy === by ? old : { ...old, supersededBy: by });

/**
 * Whether the successor enforces what both orders demand: it is carried out and not suspended. A successor that was itself
 * replaced counts too, because its own successor is in force.
 */
export const isInPlace = (successor: Order): boolean =>
  (successor.state === 'COMPLETED' && successor.suspension === null) || successor.liftings.some(({ ground }) => ground === 'SUPERSEDED');

/** Whether the old order is to be lifted now: its successor is in place, and the old order has no row or lifting under way. */
export const isSupersessionDue = (old: Order, successor: Order): boolean =>
  old.supersededBy === successor.id &&
  successor.supersedes === old.id &&
  isInPlace(successor) &&
  isLiftable(old) &&
  openLifting(old) === null;

export const SUPERSEDED_FATES = ['STAYS', 'ENDS', 'EXTENDED'] as const;

/** What becomes of one measure of either order. */
export interface SupersededPart {
  readonly measure: Measure;
  readonly fate: (typeof SUPERSEDED_FATES)[number];
  /** Chinese. */
  readonly words: string;
}

const scopeFate = (before: Scope, after: Scope): Omit<SupersededPart, 'measure'> => {
  if (isSameScope(before, after)) return { fate: 'STAYS', words: '范围相同：新决定接续，中间没有间断' };
  if (liesIn(before, after)) return { fate: 'EXTENDED', words: '范围扩大：原范围继续，新增的范围新采取' };
  if (liesIn(after, before)) return { fate: 'ENDS', words: '范围缩小：新决定范围以外的部分终止' };
  return { fate: 'ENDS', words: '范围不同：两份决定共有的部分继续，只在原决定中的部分终止' };
};

/**
 * What of the old order stays, ends or is extended when an order of this scope and these measures replaces it: one entry for each measure
 * that is in force in the old order, or that the new order takes.
 */
export const supersededParts = (old: Order, scope: Scope, measures: readonly Measure[]): SupersededPart[] =>
  MEASURES.flatMap((measure): SupersededPart[] => {
    const was = isInForce(old, measure, old.scope);
    const is = measures.includes(measure);
    if (was && is) return [{ measure, ...scopeFate(old.scope, scope) }];
    if (was) return [{ measure, fate: 'ENDS', words: '新决定没有这项措施：新决定执行完毕后解除' }];
    return is ? [{ measure, fate: 'EXTENDED', words: '原决定没有这项有效的措施：由新决定采取' }] : [];
  });
