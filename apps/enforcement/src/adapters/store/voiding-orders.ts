// The published orders of an institution that void certificates, oldest first.
import type { Order } from '../../domain/order';
import type { Tx } from './database';
import { orderOf } from './order-columns';
import { WITH_ALL } from './order-store';

export interface Voiding {
  readonly order: Order;
  readonly issuedAt: Date;
  /** The first completion; a sweep may have reopened the order since, and closed it again. */
  readonly completedAt: Date | null;
}

export const findVoiding = async (tx: Tx, institution: string): Promise<Voiding[]> => {
  const stored = await tx.order.findMany({
    where: { institution, issuedAt: { not: null }, rows: { some: { effect: 'VOID_CERTIFICATES' } } },
    orderBy: { epoch: 'asc' },
    include: WITH_ALL,
  });
  const ids = stored.map(({ id }) => id);
  const certified = await tx.completionCertificate.groupBy({ by: ['orderId'], where: { orderId: { in: ids } }, _min: { issuedAt: true } });
  const firstOf = new Map(certified.map(({ orderId, _min }) => [orderId, _min.issuedAt]));
  return stored.flatMap((row) => {
    const { issuedAt, completedAt } = row;
    return issuedAt ? [{ order: orderOf(row), issuedAt, completedAt: completedAt && (firstOf.get(row.id) ?? completedAt) }] : [];
  });
};
