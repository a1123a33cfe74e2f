// The rows that orders asked of this service, with their state. A row is asked once, started when released, and finished with a receipt or
// with a refusal that may be asked again. Every change locks the row first. A chunk keeps that lock until it commits, so no decision is
// made about a row while its chunk runs.
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { execute, rowsOf, type Json, type SqlTx, startTask } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { sameScope } from './scope';
import type { OrderContext } from './types';

export const ROW_TASK = 'order-row';

export type AskedRowState = 'WAITING' | 'RUNNING' | 'SETTLING' | 'DONE' | 'REFUSED';

/** One row with the order as it was announced (without its rows). For undo rows `order` is the lifting. */
export interface AskedRow {
  readonly effect: string;
  readonly state: AskedRowState;
  readonly attempt: number;
  readonly ask: RowAsk;
  readonly order: OrderIssued;
  readonly tally: Json;
  /** RowReported as it was published; null before that. */
  readonly receipt: Uint8Array | null;
  /** Undo rows: the lifting is narrower than what the row changed. */
  readonly narrowed: boolean;
}

export interface RowKey {
  readonly orderId: string;
  readonly row: number;
}

interface StoredRow extends Omit<AskedRow, 'ask' | 'order'> {
  readonly ask: Uint8Array;
  readonly announced: Uint8Array;
}

const COLUMNS = sql`effect, state, attempt, ask, announced, tally, receipt, narrowed`;

const read = ({ ask, announced, ...rest }: StoredRow): AskedRow => ({
  ...rest,
  ask: RowAsk.decode(ask),
  order: OrderIssued.decode(announced),
});

/** The order in the form that the row's effect receives. */
export const contextOf = ({ ask, order, attempt, narrowed }: AskedRow, now: Date): OrderContext => {
  const { scope, signedAt } = order;
  if (!scope || !signedAt) throw new Error(`order ${order.orderId} was announced without scope or signature time`);
  return {
    orderId: order.orderId,
    documentNo: order.documentNo,
    epoch: order.epoch,
    scope,
    signedAt,
    rectifyBy: order.rectifyBy,
    package: order.package,
    row: ask.row,
    signedCount: ask.signedCount,
    institution: scope.institution,
    now,
    undo: ask.undo,
    again: attempt > 1,
    narrowed,
  };
};

/** Whether an undo row takes back less than its row did; decided once, when the undo row is asked. */
export const isNarrowed = async (
  tx: SqlTx,
  order: Pick<OrderIssued, 'orderId' | 'scope'>,
  ask: Pick<RowAsk, 'undo' | 'undoesRow'>,
): Promise<boolean> => {
  if (!ask.undo || !order.scope) return false;
  const undone = await findRow(tx, { orderId: order.orderId, row: ask.undoesRow });
  return undone?.order.scope !== undefined && !sameScope(undone.order.scope, order.scope);
};

/** Stores a row that was asked. Returns false, and changes nothing, when the row is already stored. */
export const addRow = async (tx: SqlTx, order: OrderIssued, ask: RowAsk, asked: { effect: string; now: Date }): Promise<boolean> => {
  const announced = Buffer.from(OrderIssued.encode({ ...order, rows: [], seal: undefined }).finish());
  const narrowed = await isNarrowed(tx, order, ask);
  const added = await execute(
    tx,
    sql`INSERT INTO messaging.order_row (order_id, "row", institution, effect, undo, undoes_row, state, ask, announced, asked_at, narrowed)
     VALUES (${order.orderId}, ${ask.row}::int, ${order.scope?.institution ?? ''}, ${asked.effect}, ${ask.undo}, ${ask.undoesRow}::int, 'WAITING',
       ${Buffer.from(RowAsk.encode(ask).finish())}, ${announced}, ${asked.now.toISOString()}::timestamptz, ${narrowed})
     ON CONFLICT (order_id, "row") DO NOTHING`,
  );
  return added > 0;
};

/** The row in its current state. */
export const findRow = async (tx: SqlTx, { orderId, row }: RowKey): Promise<AskedRow | undefined> => {
  const rows = await rowsOf<StoredRow>(
    tx,
    sql`SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = ${orderId} AND "row" = ${row}::int`,
  );
  return rows[0] && read(rows[0]);
};

/** Locks the row and returns its state under the lock. */
export const lockRow = async (tx: SqlTx, key: RowKey): Promise<AskedRow | undefined> => {
  const rows = await rowsOf<StoredRow>(
    tx,
    sql`SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = ${key.orderId} AND "row" = ${key.row}::int FOR UPDATE`,
  );
  return rows[0] && read(rows[0]);
};

/** Locks the order's rows that are running or wait for an answer from outside; returns the waiting ones. */
export const lockSettlingRows = async (tx: SqlTx, orderId: string): Promise<AskedRow[]> => {
  const rows = await rowsOf<StoredRow>(
    tx,
    sql`SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = ${orderId} AND state IN ('RUNNING', 'SETTLING') ORDER BY "row" FOR UPDATE`,
  );
  return rows.map(read).filter(({ state }) => state === 'SETTLING');
};

/** State of the row that this undo row takes back; undefined if that row never arrived. */
export const stateOfUndone = async (tx: SqlTx, row: AskedRow): Promise<AskedRowState | undefined> => {
  const rows = await rowsOf<{ state: AskedRowState }>(
    tx,
    sql`SELECT state FROM messaging.order_row WHERE order_id = ${row.order.orderId} AND "row" = ${row.ask.undoesRow}::int`,
  );
  return rows[0]?.state;
};

/** True if a lifting has asked to take back the whole row. */
export const isTakenBack = async (tx: SqlTx, { orderId, row }: RowKey): Promise<boolean> => {
  const rows = await rowsOf<unknown>(
    tx,
    sql`SELECT 1 AS found FROM messaging.order_row WHERE order_id = ${orderId} AND undo AND undoes_row = ${row}::int AND NOT narrowed LIMIT 1`,
  );
  return rows.length > 0;
};

/** The order's liftings that asked this service for a row and have completed it, each as it was announced. */
export const liftingsHere = async (
  tx: SqlTx,
  orderId: string,
): Promise<(Pick<OrderIssued, 'scope' | 'measures'> & Pick<AskedRow, 'narrowed'>)[]> => {
  const rows = await rowsOf<Pick<StoredRow, 'announced' | 'narrowed'>>(
    tx,
    sql`SELECT announced, narrowed FROM messaging.order_row WHERE order_id = ${orderId} AND undo
     GROUP BY announced, narrowed HAVING bool_and(state = 'DONE')`,
  );
  return rows.map(({ announced, narrowed }) => ({ ...OrderIssued.decode(announced), narrowed }));
};

/** Stores what was confirmed for a row whose records had moved; the row may now change those records and no others. */
export const rebindRow = async (
  tx: SqlTx,
  { orderId, row }: RowKey,
  ask: RowAsk,
  signed: Pick<RowAsk, 'signedCount' | 'signedRoot'>,
): Promise<void> => {
  const bound = RowAsk.encode({ ...ask, signedCount: signed.signedCount, signedRoot: signed.signedRoot }).finish();
  await execute(tx, sql`UPDATE messaging.order_row SET ask = ${Buffer.from(bound)} WHERE order_id = ${orderId} AND "row" = ${row}::int`);
};

/**
 * Stores the reopening that the row is started for. Returns false, and changes nothing, if the row was started for this reopening before.
 */
export const noteReopening = async (tx: SqlTx, { orderId, row }: RowKey, reopenedAt: Date): Promise<boolean> => {
  const noted = await execute(
    tx,
    sql`UPDATE messaging.order_row SET reopened_at = ${reopenedAt.toISOString()}::timestamptz
     WHERE order_id = ${orderId} AND "row" = ${row}::int AND (reopened_at IS NULL OR reopened_at < ${reopenedAt.toISOString()}::timestamptz)`,
  );
  return noted > 0;
};

/** Starts the row, for the first time or again, as a task of its own. */
export const startRow = async (tx: SqlTx, { orderId, row }: RowKey): Promise<void> => {
  const [started] = await rowsOf<{ attempt: number }>(
    tx,
    sql`UPDATE messaging.order_row SET state = 'RUNNING', attempt = attempt + 1, refusal = NULL, finished_at = NULL
     WHERE order_id = ${orderId} AND "row" = ${row}::int RETURNING attempt`,
  );
  const input = Buffer.from(JSON.stringify({ orderId, row }));
  await startTask(tx, { taskId: `${ROW_TASK}/${orderId}/${row}/${started?.attempt ?? 1}`, kind: ROW_TASK, input });
};

/** Writes the state in which the row ended (or, for SETTLING, waits), with its tally or refusal. */
export const closeRow = async (
  tx: SqlTx,
  { orderId, row }: RowKey,
  end: { state: 'SETTLING' | 'DONE' | 'REFUSED'; tally?: Json; receipt?: Uint8Array; refusal?: string; now: Date },
): Promise<void> => {
  const tally = end.tally === undefined ? null : JSON.stringify(end.tally);
  const finishedAt = end.state === 'SETTLING' ? null : end.now.toISOString();
  const receipt = end.receipt ? Buffer.from(end.receipt) : null;
  await execute(
    tx,
    sql`UPDATE messaging.order_row SET state = ${end.state}, tally = coalesce(${tally}::jsonb, tally), refusal = ${end.refusal ?? null},
       finished_at = ${finishedAt}::timestamptz, receipt = coalesce(${receipt}, receipt)
     WHERE order_id = ${orderId} AND "row" = ${row}::int`,
  );
};

/** Stores the receipt of a finished row in the form in which it is published from now on. */
export const keepReceipt = async (tx: SqlTx, { orderId, row }: RowKey, receipt: Uint8Array): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE messaging.order_row SET receipt = ${Buffer.from(receipt)} WHERE order_id = ${orderId} AND "row" = ${row}::int`,
  );
};
