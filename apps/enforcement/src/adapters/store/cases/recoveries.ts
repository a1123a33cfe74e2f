// The orders of a case that a court may be asked to enforce: those that recover subsidies (M5) and are in force.
import { isInForce } from '../../../domain/liftings';
import type { Tx } from '../database';
import { orderOf } from '../order-columns';

export const recoveryOrders = async (tx: Tx, caseId: string): Promise<string[]> => {
  const where = { caseId, issuedAt: { not: null }, measures: { has: 'RECOVER_SUBSIDIES' } };
  const orders = await tx.order.findMany({ where, include: { rows: true, fences: true, liftings: { orderBy: { number: 'asc' } } } });
  const inForce = orders.map(orderOf).filter((order) => isInForce(order, 'RECOVER_SUBSIDIES', order.scope));
  return inForce.map(({ id }) => id);
};
