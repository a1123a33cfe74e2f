// A case and an order as they are in an open transaction, for whoever writes about them in it; and the turn of their institution,
// taken as the stores of orders and cases take it, so that nobody waits for each other.
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

/** Until the transaction ends, nobody else changes an order or a case of the institution of this case. */
export const takeTurnOfCase = async (tx: Tx, caseId: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(institution, 0))::text FROM case_file WHERE id = ${caseId}`);
};
