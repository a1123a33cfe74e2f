// 停止执行 in a service. After a suspension the order's rows pause after their current chunk, and a standing hold of a completed order pauses.
// After a court resumes the order, its rows continue where they stopped. A duplicate or late message changes nothing: the latest decision
// of enforcement is in force.
import type { OrderResumed, OrderSuspended } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { pauseHold, resumeHold, standAgain } from './holds';
import { ROW_TASK } from './order-rows';

/** `decidedAt`: from enforcement's seal; null where messages without a seal are still accepted. */
interface Heard {
  readonly decidedAt: Date | null;
  readonly now: Date;
}

// A message without a seal has no order among the others and is applied on arrival.
const IS_NEWS = sql`(s.decided_at IS NULL OR EXCLUDED.decided_at IS NULL OR s.decided_at < EXCLUDED.decided_at)`;

const keepSuspension = (tx: SqlTx, orderId: string, { decidedAt, now }: Heard, isOver: boolean): Promise<number> =>
  execute(
    tx,
    sql`INSERT INTO messaging.suspension AS s (order_id, suspended_at, resumed_at, decided_at)
     VALUES (${orderId}, ${now.toISOString()}::timestamptz, ${isOver ? now.toISOString() : null}::timestamptz, ${decidedAt?.toISOString() ?? null}::timestamptz)
     ON CONFLICT (order_id) DO UPDATE SET
       suspended_at = CASE WHEN ${isOver}::boolean THEN s.suspended_at ELSE EXCLUDED.suspended_at END,
       resumed_at = CASE WHEN ${isOver}::boolean THEN coalesce(s.resumed_at, EXCLUDED.resumed_at) END,
       decided_at = coalesce(EXCLUDED.decided_at, s.decided_at)
     WHERE ${IS_NEWS}`,
  );

/** After the commit of `tx` no chunk of the order's rows begins. */
export const suspend = async (tx: SqlTx, { orderId, completed }: OrderSuspended, heard: Heard): Promise<void> => {
  const isNews = await keepSuspension(tx, orderId, heard, false);
  if (isNews > 0 && completed) await pauseHold(tx, orderId, heard.now);
};

/** Starts the paused rows again. */
export const resume = async (tx: SqlTx, { orderId }: OrderResumed, heard: Heard): Promise<void> => {
  if ((await keepSuspension(tx, orderId, heard, true)) === 0) return;
  await resumeHold(tx, orderId);
  await wakeRows(tx, orderId);
};

const wakeRows = async (tx: SqlTx, orderId: string): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE messaging.task SET run_at = now() WHERE kind = ${ROW_TASK} AND starts_with(task_id, ${`${ROW_TASK}/${orderId}/`}) AND state = 'ready'`,
  );
  await rowsOf(tx, sql`SELECT 1 AS told FROM (SELECT pg_notify('messaging_task', '')) AS notice`);
};

/**
 * Enforcement's seal states that no court suspended the order at `decidedAt`. An earlier suspension, or one that nobody decided, ends; a
 * hold that is still paused is in force again.
 */
export const endStray = async (tx: SqlTx, orderId: string, { decidedAt, now }: { decidedAt: Date; now: Date }): Promise<void> => {
  const [stayed] = await rowsOf<unknown>(
    tx,
    sql`SELECT 1 AS found FROM messaging.suspension WHERE order_id = ${orderId} AND decided_at >= ${decidedAt.toISOString()}::timestamptz`,
  );
  if (stayed) return;
  await execute(
    tx,
    sql`UPDATE messaging.suspension SET resumed_at = ${now.toISOString()}::timestamptz WHERE order_id = ${orderId} AND resumed_at IS NULL`,
  );
  await standAgain(tx, orderId);
};

/** Whether the order's own rows must pause now. */
export const isSuspended = async (tx: SqlTx, orderId: string): Promise<boolean> => {
  const rows = await rowsOf<unknown>(
    tx,
    sql`SELECT 1 AS found FROM messaging.suspension WHERE order_id = ${orderId} AND resumed_at IS NULL`,
  );
  return rows.length > 0;
};
