// Whether a case has an order to enforce: an order that recovers subsidies (M5) and is in force.
import { isInForce } from '../../../domain/liftings';
import type { Tx } from '../database';
import { orderOf } from '../order-columns';

export const hasRecovery = async (tx: Tx, caseId: string): Promise<boolean> => {
  const where = { caseId, issuedAt: { not: null }, measures: { has: 'RECOVER_SUBSIDIES' } };
  const orders = await tx.order.findMany({ where, include: { rows: true, fences: true, liftings: { orderBy: { number: 'asc' } } } });
  return orders.map(orderOf).some((order) => isInForce(order, 'RECOVER_SUBSIDIES', order.scope));
};
