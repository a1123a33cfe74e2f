// 停止执行 as a service sees it: the order's rows rest after the chunk that they are in, and a standing hold of an order that was
// carried out pauses. What a court lets go on goes on where it stopped. Said twice, each changes nothing.
import type { OrderResumed, OrderSuspended } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { SqlTx } from '../sql';
import { pauseHold, resumeHold } from './holds';
import { ROW_TASK } from './order-rows';

/** From the commit of `tx` on no chunk of the order's rows begins. */
export const suspend = async (tx: SqlTx, { orderId, completed }: OrderSuspended, now: Date): Promise<void> => {
  await tx.$executeRawUnsafe(
    `INSERT INTO messaging.suspension (order_id, suspended_at) VALUES ($1, $2::timestamptz)
     ON CONFLICT (order_id) DO UPDATE SET suspended_at = EXCLUDED.suspended_at, resumed_at = NULL`,
    orderId,
    now.toISOString(),
  );
  if (completed) await pauseHold(tx, orderId, now);
};

/** Wakes the rows that rest. */
export const resume = async (tx: SqlTx, { orderId }: OrderResumed, now: Date): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE messaging.suspension SET resumed_at = $2::timestamptz WHERE order_id = $1 AND resumed_at IS NULL`,
    orderId,
    now.toISOString(),
  );
  await resumeHold(tx, orderId);
  await tx.$executeRawUnsafe(
    `UPDATE messaging.task SET run_at = now() WHERE kind = $2 AND starts_with(task_id, $2 || '/' || $1 || '/') AND state = 'ready'`,
    orderId,
    ROW_TASK,
  );
  await tx.$queryRawUnsafe(`SELECT 1 AS told FROM (SELECT pg_notify('messaging_task', '')) AS notice`);
};

/** Whether the order's own rows are to rest now. */
export const isSuspended = async (tx: SqlTx, orderId: string): Promise<boolean> => {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT 1 AS found FROM messaging.suspension WHERE order_id = $1 AND resumed_at IS NULL`,
    orderId,
  );
  return rows.length > 0;
};
