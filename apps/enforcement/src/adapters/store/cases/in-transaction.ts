// Reads a case and an order in an open transaction, for writers in that transaction; takes the lock of their institution in the
// same sequence as the stores, so that no deadlock occurs.
import { Refusal } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { FindCase, FindOrder } from '../../../application/aftermath/ports';
import type { Tx } from '../database';
import { orderOf } from '../order-columns';
import { caseOf } from './case-columns';

export const findCase: FindCase<Tx> = async (tx, id) => {
  const stored = await tx.caseFile.findUnique({ where: { id }, include: { entries: { orderBy: { number: 'asc' } } } });
  if (!stored) throw new Refusal('notFound', 'case.unknown', '没有这个案件', { field: 'case_id' });
  return caseOf(stored);
};

const WITH_ALL = {
  rows: { orderBy: { number: 'asc' } },
  fences: { orderBy: { service: 'asc' } },
  liftings: { orderBy: { number: 'asc' } },
} as const;

export const findOrder: FindOrder<Tx> = async (tx, id) => {
  const stored = await tx.order.findUnique({ where: { id }, include: WITH_ALL });
  if (!stored) throw new Refusal('notFound', 'order.unknown', '没有这个处理决定', { field: 'order_id' });
  return orderOf(stored);
};

/** Until the transaction ends, no other writer changes an order or a case of this case's institution. */
export const takeTurnOfCase = async (tx: Tx, caseId: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(institution, 0))::text FROM case_file WHERE id = ${caseId}`);
};
