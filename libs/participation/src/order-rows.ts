// The rows that orders asked of this service, as they stand: asked once, started when their turn comes, finished with a
// receipt or a refusal that may be asked again. Every change locks the row first; a chunk holds that lock until it
// commits, so nothing is decided about a row that is at work.
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { type Json, type SqlTx, startTask } from '@hengji/messaging';
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
  /** RowReported as it went out; null before that. */
  readonly receipt: Uint8Array | null;
  /** Undo rows: what is lifted is narrower than what the row worked on. */
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

const COLUMNS = `effect, state, attempt, ask, announced, tally, receipt, narrowed`;

const read = ({ ask, announced, ...rest }: StoredRow): AskedRow => ({
  ...rest,
  ask: RowAsk.decode(ask),
  order: OrderIssued.decode(announced),
});

/** The order as the row's effect sees it. */
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

/** Whether an undo row takes back less than its row did: decided once, when it is asked. */
export const isNarrowed = async (
  tx: SqlTx,
  order: Pick<OrderIssued, 'orderId' | 'scope'>,
  ask: Pick<RowAsk, 'undo' | 'undoesRow'>,
): Promise<boolean> => {
  if (!ask.undo || !order.scope) return false;
  const undone = await findRow(tx, { orderId: order.orderId, row: ask.undoesRow });
  return undone?.order.scope !== undefined && !sameScope(undone.order.scope, order.scope);
};

/** Remembers a row that was asked. Returns false, and changes nothing, when it is known already. */
export const addRow = async (tx: SqlTx, order: OrderIssued, ask: RowAsk, asked: { effect: string; now: Date }): Promise<boolean> => {
  const added = await tx.$executeRawUnsafe(
    `INSERT INTO messaging.order_row (order_id, "row", institution, effect, undo, undoes_row, state, ask, announced, asked_at, narrowed)
     VALUES ($1, $2::int, $3, $4, $5, $6::int, 'WAITING', $7, $8, $9::timestamptz, $10) ON CONFLICT (order_id, "row") DO NOTHING`,
    order.orderId,
    ask.row,
    order.scope?.institution ?? '',
    asked.effect,
    ask.undo,
    ask.undoesRow,
    Buffer.from(RowAsk.encode(ask).finish()),
    Buffer.from(OrderIssued.encode({ ...order, rows: [], seal: undefined }).finish()),
    asked.now.toISOString(),
    await isNarrowed(tx, order, ask),
  );
  return added > 0;
};

/** The row as it stands. */
export const findRow = async (tx: SqlTx, { orderId, row }: RowKey): Promise<AskedRow | undefined> => {
  const rows = await tx.$queryRawUnsafe<StoredRow[]>(
    `SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = $1 AND "row" = $2::int`,
    orderId,
    row,
  );
  return rows[0] && read(rows[0]);
};

/** Locks the row and returns it as it stands then. */
export const lockRow = async (tx: SqlTx, key: RowKey): Promise<AskedRow | undefined> => {
  const rows = await tx.$queryRawUnsafe<StoredRow[]>(
    `SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = $1 AND "row" = $2::int FOR UPDATE`,
    key.orderId,
    key.row,
  );
  return rows[0] && read(rows[0]);
};

/** Locks the order's rows that are at work or wait for an answer from outside; returns the latter. */
export const lockSettlingRows = async (tx: SqlTx, orderId: string): Promise<AskedRow[]> => {
  const rows = await tx.$queryRawUnsafe<StoredRow[]>(
    `SELECT ${COLUMNS} FROM messaging.order_row WHERE order_id = $1 AND state IN ('RUNNING', 'SETTLING') ORDER BY "row" FOR UPDATE`,
    orderId,
  );
  return rows.map(read).filter(({ state }) => state === 'SETTLING');
};

/** State of the row that this undo row takes back; undefined when it never came. */
export const stateOfUndone = async (tx: SqlTx, row: AskedRow): Promise<AskedRowState | undefined> => {
  const rows = await tx.$queryRawUnsafe<{ state: AskedRowState }[]>(
    `SELECT state FROM messaging.order_row WHERE order_id = $1 AND "row" = $2::int`,
    row.order.orderId,
    row.ask.undoesRow,
  );
  return rows[0]?.state;
};

/** True if a lifting has asked to take all of the row back. */
export const isTakenBack = async (tx: SqlTx, { orderId, row }: RowKey): Promise<boolean> => {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT 1 AS found FROM messaging.order_row WHERE order_id = $1 AND undo AND undoes_row = $2::int AND NOT narrowed LIMIT 1`,
    orderId,
    row,
  );
  return rows.length > 0;
};

/** The order's liftings that asked this service for something and have got it, each as it was announced. */
export const liftingsHere = async (
  tx: SqlTx,
  orderId: string,
): Promise<(Pick<OrderIssued, 'scope' | 'measures'> & Pick<AskedRow, 'narrowed'>)[]> => {
  const rows = await tx.$queryRawUnsafe<Pick<StoredRow, 'announced' | 'narrowed'>[]>(
    `SELECT announced, narrowed FROM messaging.order_row WHERE order_id = $1 AND undo
     GROUP BY announced, narrowed HAVING bool_and(state = 'DONE')`,
    orderId,
  );
  return rows.map(({ announced, narrowed }) => ({ ...OrderIssued.decode(announced), narrowed }));
};

/** What was confirmed of a row whose records had moved; from now on it may touch that, and no more. */
export const rebindRow = async (
  tx: SqlTx,
  { orderId, row }: RowKey,
  ask: RowAsk,
  signed: Pick<RowAsk, 'signedCount' | 'signedRoot'>,
): Promise<void> => {
  const bound = RowAsk.encode({ ...ask, signedCount: signed.signedCount, signedRoot: signed.signedRoot }).finish();
  await tx.$executeRawUnsafe(
    `UPDATE messaging.order_row SET ask = $3 WHERE order_id = $1 AND "row" = $2::int`,
    orderId,
    row,
    Buffer.from(bound),
  );
};

/** Remembers the reopening that the row is started for; false, and nothing changed, for one that it was started for before. */
export const noteReopening = async (tx: SqlTx, { orderId, row }: RowKey, reopenedAt: Date): Promise<boolean> => {
  const noted = await tx.$executeRawUnsafe(
    `UPDATE messaging.order_row SET reopened_at = $3::timestamptz
     WHERE order_id = $1 AND "row" = $2::int AND (reopened_at IS NULL OR reopened_at < $3::timestamptz)`,
    orderId,
    row,
    reopenedAt.toISOString(),
  );
  return noted > 0;
};

/** Starts the row, for the first time or again, as a task of its own. */
export const startRow = async (tx: SqlTx, { orderId, row }: RowKey): Promise<void> => {
  const [started] = await tx.$queryRawUnsafe<{ attempt: number }[]>(
    `UPDATE messaging.order_row SET state = 'RUNNING', attempt = attempt + 1, refusal = NULL, finished_at = NULL
     WHERE order_id = $1 AND "row" = $2::int RETURNING attempt`,
    orderId,
    row,
  );
  const input = Buffer.from(JSON.stringify({ orderId, row }));
  await startTask(tx, { taskId: `${ROW_TASK}/${orderId}/${row}/${started?.attempt ?? 1}`, kind: ROW_TASK, input });
};

/** Writes where the row ended (or, SETTLING, waits) and with which tally or refusal. */
export const closeRow = async (
  tx: SqlTx,
  { orderId, row }: RowKey,
  end: { state: 'SETTLING' | 'DONE' | 'REFUSED'; tally?: Json; receipt?: Uint8Array; refusal?: string; now: Date },
): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE messaging.order_row SET state = $3, tally = coalesce($4::jsonb, tally), refusal = $5, finished_at = $6::timestamptz,
            receipt = coalesce($7, receipt)
     WHERE order_id = $1 AND "row" = $2::int`,
    orderId,
    row,
    end.state,
    end.tally === undefined ? null : JSON.stringify(end.tally),
    end.refusal ?? null,
    end.state === 'SETTLING' ? null : end.now.toISOString(),
    end.receipt ? Buffer.from(end.receipt) : null,
  );
};

/** The receipt of a row that is done, as it goes out from now on. */
export const keepReceipt = async (tx: SqlTx, { orderId, row }: RowKey, receipt: Uint8Array): Promise<void> => {
  await tx.$executeRawUnsafe(
    `UPDATE messaging.order_row SET receipt = $3 WHERE order_id = $1 AND "row" = $2::int`,
    orderId,
    row,
    Buffer.from(receipt),
  );
};
