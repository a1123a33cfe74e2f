// The phase (阶段) of an order: the one word that a list and a heading show. Derived from what is stored, never stored.
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
] as const;
export type OrderPhase = (typeof ORDER_PHASES)[number];

type Look = Pick<Order, 'state' | 'reopenedAt' | 'completedAt' | 'suspension' | 'liftings' | 'sweep'>;

/** Of an order of which nothing is taken back and that no court has stayed. */
const BY_STATE = {
  DRAFT: () => 'DRAFTED',
  PREVIEWED: () => 'AWAITING_SIGNATURE',
  SIGNED: () => 'FENCING',
  // A count is due once every row has its receipt.
  EXECUTING: (order) => (isReopened(order) ? 'REOPENED' : order.sweep.nextAt === null ? 'EXECUTING' : 'COUNTING'),
  COMPLETED: () => 'COMPLETED',
  LIFTING: () => 'LIFTING',
  LIFTED: () => 'LIFTED',
} as const satisfies Record<OrderState, (order: Look) => OrderPhase>;

export const phaseOf = (order: Order): OrderPhase => {
  if (openLifting(order) !== null) return 'LIFTING';
  if (order.suspension !== null) return 'SUSPENDED';
  return BY_STATE[order.state](order);
};
