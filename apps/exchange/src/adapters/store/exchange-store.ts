// The use cases' store, bound to one transaction.
import { rowsOf } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { ExchangeStore, OrderOfNumber } from '../../application/store';
import type { Tx } from './database';
import { createMessage, finishMessage, goOnAsking, hurryMessage, lockMessage } from './messages';
import { begin, finish, handOver, stillRejected } from './uploads';
import { takeWaiting } from './waiting';

const ORDERS = {
  withdraw: sql`k.lifted_at IS NULL ORDER BY k.number, k.order_id`,
  restore: sql`k.lifted_at IS NOT NULL ORDER BY k.number, k.lifted_at DESC`,
} as const;

const ordersFor = (tx: Tx, demand: 'withdraw' | 'restore', numbers: readonly string[]): Promise<OrderOfNumber[]> =>
  rowsOf<OrderOfNumber>(
    tx,
    sql`SELECT DISTINCT ON (k.number) k.number, k.order_id AS "orderId", o."row" FROM upload_claim k JOIN withdrawal_order o USING (order_id)
     WHERE k.number = ANY(${numbers}::text[]) AND ${ORDERS[demand]}`,
  );

// Two last answers at the same time would each see the other's message in flight, and neither would settle the order. The lock makes the
// second check wait for the first commit; for this reason there are two statements.
const lockIdleOrders = async (tx: Tx, institution: string): Promise<string[]> => {
  const rows = await rowsOf<{ orderId: string }>(
    tx,
    sql`SELECT order_id AS "orderId" FROM withdrawal_order WHERE institution = ${institution} ORDER BY order_id FOR UPDATE`,
  );
  const busy = await rowsOf<{ orderId: string }>(
    tx,
    sql`SELECT o.order_id AS "orderId" FROM withdrawal_order o
     WHERE o.institution = ${institution} AND EXISTS (
       SELECT 1 FROM message m WHERE m.order_id = o.order_id AND m.state = 'PENDING' AND m.kind IN ('upload', 'withdraw'))`,
  );
  const pending = new Set(busy.map(({ orderId }) => orderId));
  return rows.map(({ orderId }) => orderId).filter((orderId) => !pending.has(orderId));
};

export const exchangeStore = (tx: Tx): ExchangeStore => ({
  lockMessage: (messageId) => lockMessage(tx, messageId),
  createMessage: (message) => createMessage(tx, message),
  finishMessage: (messageId, outcome) => finishMessage(tx, messageId, outcome),
  goOnAsking: (messageId, told) => goOnAsking(tx, messageId, told),
  hurryMessage: (messageId, now) => hurryMessage(tx, messageId, now),
  begin: (action, messageId, numbers) => begin(tx, action, messageId, numbers),
  finish: (action, messageId, numbers, codes = []) => finish(tx, action, messageId, { numbers, codes }),
  handOver: (fromMessageId, toMessageId, numbers) => handOver(tx, fromMessageId, toMessageId, numbers),
  stillRejected: (message) => stillRejected(tx, message),
  ordersFor: (demand, numbers) => ordersFor(tx, demand, numbers),
  takeWaiting: (institution, standing, limit) => takeWaiting(tx, institution, standing, limit),
  lockIdleOrders: (institution) => lockIdleOrders(tx, institution),
});
