// An order that replaces an earlier one (取代). The earlier stands until the later is carried out and its residual is zero, and is
// lifted then, in the same transaction: what both demand is demanded by somebody at every instant. Who owns a record that two
// orders claim, and what is refused between orders of one institution, stands below.
import { Refusal } from '@hengji/domain-kit';
import { isCarriedOut, isLiftable, openLifting, type Order } from './order';

// Two orders of one institution, by what they meet on. Their order is total: the epoch, drawn with the signature.
// Nothing is refused because orders overlap; each is carried out as if it were alone, and only lifting knows of the other.
// - record: the earliest claim owns it: its state to restore, its document number. Lifted, the next inherits both; the last restores.
// - payment: one recovery, in the name of the earliest demand; lifted, it is handed to the next by epoch; the last revokes it.
// - upload: withdrawn once; restored when no order claims it.
// - hold: each order has its own; work goes on when none stands. Epochs order them in every list.
// - entry: each order has its own notice and rectification; the nearest day is shown.
// - superseded: refused unless completed, not lifted, of the same institution, and not replaced by another.

const refuse = (message: string): never => {
  throw new Refusal('illegalMove', 'order.supersedes_invalid', message, { field: 'supersedes', rule: 'rules §7.9' });
};

/** Refuses `order.supersedes_invalid`: only an order of the same institution that was carried out and that nothing else takes back, or is signed to, can be replaced. */
export const checkSupersedes = (institution: string, old: Order): void => {
  if (old.scope.institution !== institution) refuse('只能取代对同一机构作出的处理决定');
  if (old.supersededBy !== '') refuse('该处理决定已被另一决定取代');
  if (!isCarriedOut(old)) refuse('只能取代已执行完毕且未解除的处理决定');
};

/** The order as it knows which one replaces it, from that one's signature on; the same again returns the same. */
export const supersededBy = (old: Order, by: string): Order => (old.supersededBy === by ? old : { ...old, supersededBy: by });

/**
 * Carried out, and no court stays it, or nobody would hold what both demand; or replaced itself: then the one that came after it stands
 * in its place.
 */
export const isInPlace = (successor: Order): boolean =>
  (successor.state === 'COMPLETED' && successor.suspension === null) || successor.liftings.some(({ ground }) => ground === 'SUPERSEDED');

/** Whether the old order is to be lifted now: its successor is in its place, and nothing of it is at work. */
export const isSupersessionDue = (old: Order, successor: Order): boolean =>
  old.supersededBy === successor.id &&
  successor.supersedes === old.id &&
  isInPlace(successor) &&
  isLiftable(old) &&
  openLifting(old) === null;
