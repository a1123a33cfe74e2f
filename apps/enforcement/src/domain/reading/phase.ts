// The phase (阶段) of an order: the one word in a list and a heading. The phase is computed from the stored order and never
// stored.
import { openLifting, type Order, type OrderState } from '../order';
import { isReopened } from './situations';

export const ORDER_PHASES = [
  'DRAFTED',
  'AWAITING_SIGNATURE',
  'FENCING',
  'EXECUTING',
  'COUNTING',
  'SUSPENDED',
  'REOPENED',
  'COMPLETED',
  'LIFTING',
  'LIFTED',
  'DISCARDED',
] as const;
export type OrderPhase = (typeof ORDER_PHASES)[number];

type Look = Pick<Order, 'state' | 'reopenedAt' | 'completedAt' | 'suspension' | 'liftings' | 'sweep'>;

/** The phase of an order without lifting or suspension. */
const BY_STATE = {
  DRAFT: () => 'DRAFTED',
  PREVIEWED: () => 'AWAITING_SIGNATURE',
  SIGNED: () => 'FENCING',
  // A count is due after every row has its receipt.
  EXECUTING: (order) => (isReopened(order) ? 'REOPENED' : order.sweep.nextAt === null ? 'EXECUTING' : 'COUNTING'),
  COMPLETED: () => 'COMPLETED',
  LIFTING: () => 'LIFTING',
  LIFTED: () => 'LIFTED',
  DISCARDED: () => 'DISCARDED',
} as const satisfies Record<OrderState, (order: Look) => OrderPhase>;

export const phaseOf = (order: Order): OrderPhase => {
  if (openLifting(order) !== null) return 'LIFTING';
  if (order.suspension !== null) return 'SUSPENDED';
  return BY_STATE[order.state](order);
};
