// Runs one row of an order: a chunk of at most five thousand records per transaction. The records, their claims, their events, the tally
// and the task's cursor commit together. If the process stops at any point, the row continues after the last committed chunk. The row ends
// with a receipt, or with a refusal that the ledger shows.
import { receiptStatement, TOPICS, type Body } from '@hengji/contracts';
import type { Receipt } from '@hengji/contracts/enforcement/v1/order';
import { RowReported, type ReportEvent } from '@hengji/contracts/enforcement/v1/report_events';
import { Refusal } from '@hengji/domain-kit';
import type { Signer } from '@hengji/host';
import { LONGEST_REST_MS, publish, type SqlTx, type Task, type TaskKind, type TaskProgress } from '@hengji/messaging';
import { keepOwnAct } from '@hengji/procedure';
import { moreThanSigned, targetDrifted } from './effects/targets';
import { mendHold } from './evidence/hold-evidence';
import { isEvidenceAltered, sealEvidence } from './evidence/row-evidence';
import { claimedIn } from './holds';
import type { OrderSeals } from './order-seal';
import { closeRow, contextOf, keepReceipt, lockRow, lockSettlingRows, stateOfUndone, type AskedRow, type RowKey } from './order-rows';
import { isSuspended } from './suspensions';
import { addChunk, latestOf, readTally, receiptOf, writeTally, type Tally } from './tally';
import type { Chunk, Effect, OrderContext, ParticipantName } from './types';

const TELL_EVERY_MS = 1_000;

export interface RowWork<Tx extends SqlTx> {
  /** How orders are verified to come from enforcement. */
  readonly seals: OrderSeals;
  readonly service: ParticipantName;
  readonly effects: Readonly<Record<string, Effect<Tx>>>;
  readonly signer: Signer;
  /** Number of records in one transaction. */
  readonly chunkSize: number;
}

const report = (tx: SqlTx, order: OrderContext, body: Body<ReportEvent>): Promise<void> =>
  publish(tx, TOPICS.reports, { institution: order.institution, orderId: order.orderId, body, occurredAt: order.now });

const keyOf = (order: OrderContext): RowKey => ({ orderId: order.orderId, row: order.row });

/** The row as a task kind. */
export const rowTask = <Tx extends SqlTx>(work: RowWork<Tx>): TaskKind<Tx> => ({
  step: (tx, task) => stepRow(tx, work, task),
  refused: async (tx, task, refusal) => {
    const row = await lockRow(tx, rowKey(task));
    if (row?.state === 'RUNNING') await refuseRow(tx, work.service, row, { refusal, now: task.now });
  },
});

const rowKey = (task: Task): RowKey => JSON.parse(Buffer.from(task.input).toString()) as RowKey;

const stepRow = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, task: Task): Promise<TaskProgress> => {
  const row = await lockRow(tx, rowKey(task));
  if (row?.state !== 'RUNNING') return { cursor: null, tally: task.tally };
  // Suspended by a court: the row waits until the order is resumed, which starts the row again. An undo row does not wait.
  if (!row.ask.undo && (await isSuspended(tx, row.order.orderId)))
    return { cursor: task.cursor, tally: task.tally, againInMs: LONGEST_REST_MS };
  const effect = effectOf(work.effects, row.effect);
  const order = await contextNow(tx, row, task.now);
  const begun = readTally(task.tally, beginning(row, task.now));
  const isFirst = task.cursor === '';
  if (isFirst && !order.undo) await checkBound(tx, effect, order, row.ask.signedRoot);
  const keepsEvidence = isFirst && order.again ? await beginAgain(tx, work, effect, row) : begun.keepsEvidence;
  const chunk = await workChunk(tx, effect, order, { row, cursor: task.cursor, limit: work.chunkSize });
  const tally = addChunk({ ...begun, keepsEvidence: keepsEvidence && chunk.renewed !== true }, chunk);
  if (!order.undo && !effect.boundless && tally.matched > order.signedCount) throw moreThanSigned(order.signedCount, tally.matched);
  if (chunk.next !== null) return { cursor: chunk.next, tally: writeTally(await tell(tx, order, tally)) };
  const settled = effect.settled === undefined || (await effect.settled(tx, order));
  if (settled) await reportRow(tx, work, { name: row.effect, effect, order, tally });
  else await closeRow(tx, keyOf(order), { state: 'SETTLING', tally: writeTally(tally), now: order.now });
  return { cursor: null, tally: writeTally(tally) };
};

/**
 * A repeated run begins after the receipt that it replaces, even if the clock was set back since. Otherwise the two receipts would be taken
 * for the same.
 */
const beginning = ({ receipt }: AskedRow, now: Date): Date => {
  const before = receipt && RowReported.decode(receipt).receipt?.finishedAt;
  return before ? latestOf(now, new Date(before.getTime() + 1)) : now;
};

/** A row that runs again repairs the order's hold. Returns true if its sealed evidence is altered: then the earlier seal stays. */
const beginAgain = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, effect: Effect<Tx>, row: AskedRow): Promise<boolean> => {
  const key = { orderId: row.order.orderId, row: row.ask.row };
  const isAltered = await isEvidenceAltered(tx, { service: work.service, verifier: work.seals.verifier }, effect, key);
  if (!row.ask.undo) await mendHold(tx, row);
  return isAltered;
};

/** A row that is started again may belong to an order that is completed or lifted in part: there it covers only the records with claims. */
const contextNow = async (tx: SqlTx, row: AskedRow, now: Date): Promise<OrderContext> => {
  const order = contextOf(row, now);
  return order.again ? { ...order, claimedIn: await claimedIn(tx, order.orderId) } : order;
};

/**
 * Before the first record is changed: checks that the row would change exactly the signed records. Counted and hashed in the chunk's own
 * transaction, under the order's fence. Refuses `order.target_drifted`. Orders from before roots were signed are bound by their count,
 * `order.more_than_signed`.
 */
const checkBound = async <Tx extends SqlTx>(tx: Tx, effect: Effect<Tx>, order: OrderContext, signedRoot: Uint8Array): Promise<void> => {
  if (effect.boundless && signedRoot.length === 0) return;
  const { count, root } = await (effect.target?.(tx, order) ?? effect.preview(tx, order.scope));
  if (signedRoot.length > 0 && Buffer.compare(signedRoot, root) !== 0) throw targetDrifted(order.signedCount, count);
  if (signedRoot.length === 0 && count > order.signedCount) throw moreThanSigned(order.signedCount, count);
};

/** The effect of that name; refuses `order.effect_unknown`. */
export const effectOf = <Tx extends SqlTx>(effects: Readonly<Record<string, Effect<Tx>>>, name: string): Effect<Tx> => {
  const effect = Object.hasOwn(effects, name) ? effects[name] : undefined;
  if (!effect) throw new Refusal('invalid', 'order.effect_unknown', `本服务不能执行“${name}”`, { field: 'effect' });
  return effect;
};

const workChunk = async <Tx extends SqlTx>(
  tx: Tx,
  effect: Effect<Tx>,
  order: OrderContext,
  at: { row: AskedRow; cursor: string; limit: number },
): Promise<Chunk> => {
  if (!order.undo) return effect.apply(tx, order, at.cursor, at.limit);
  const undone = await stateOfUndone(tx, at.row);
  // A row that is still running would add claims that its own undo row does not see.
  if (undone === 'RUNNING' || undone === 'SETTLING' || undone === 'WAITING') {
    throw new Refusal('illegalMove', 'order.row_unfinished', `第${at.row.ask.undoesRow}行尚未执行完毕,不能解除`, { field: 'undoes_row' });
  }
  return effect.undo(tx, order, at.cursor, at.limit);
};

const tell = async (tx: SqlTx, order: OrderContext, tally: Tally): Promise<Tally> => {
  if (Math.abs(order.now.getTime() - tally.toldAt.getTime()) < TELL_EVERY_MS) return tally;
  const { matched, changed } = tally;
  await report(tx, order, { $case: 'rowProgressed', value: { orderId: order.orderId, row: order.row, matched, changed } });
  return { ...tally, toldAt: order.now };
};

/** The service's own act: one for each row that ended, not one for each record. */
const keepRowAct = (
  tx: SqlTx,
  service: ParticipantName,
  { name, order, evidence }: { name: string; order: OrderContext; evidence: readonly string[] },
): Promise<void> => {
  const { orderId, row, institution, undo } = order;
  const on = { kind: 'order_row', id: `${orderId}/${row}`, institution };
  return keepOwnAct(tx, service, { what: undo ? `UNDO ${name}` : name, on, orderId, evidence });
};

interface Finished<Tx extends SqlTx> {
  readonly name: string;
  readonly effect: Effect<Tx>;
  readonly order: OrderContext;
  readonly tally: Tally;
}

/** Signs the receipt and stores it as published: a repeated request returns the same bytes. */
const reportRow = async <Tx extends SqlTx>(
  tx: Tx,
  { service, signer }: RowWork<Tx>,
  { name, effect, order, tally }: Finished<Tx>,
): Promise<void> => {
  const { orderId, row, epoch, undo, now } = order;
  // If the clock is behind or was set back, the end must still not be earlier than the decision or the row's own start.
  const receipt = receiptOf(tally, latestOf(now, order.signedAt, tally.startedAt));
  const signature = signer.sign(receiptStatement({ orderId, row, service, effect: name, undo, epoch }, receipt));
  const reported: RowReported = { orderId, row, service, epoch, receipt: { ...receipt, signature } };
  await closeRow(tx, keyOf(order), { state: 'DONE', tally: writeTally(tally), receipt: RowReported.encode(reported).finish(), now });
  await keepRowAct(tx, service, { name, order, evidence: [`root:${Buffer.from(receipt.root).toString('hex')}`] });
  if (!tally.keepsEvidence) await sealEvidence(tx, { service, signer }, effect, { key: keyOf(order), now });
  await report(tx, order, { $case: 'rowReported', value: reported });
};

type Receipts<Tx extends SqlTx> = Pick<RowWork<Tx>, 'service' | 'signer' | 'seals'>;

/**
 * The report with a signature that verifies. If the stored signature still verifies, the report stays as it was signed; it does not if its
 * key was revoked since. Then the current key signs the same counts and root. The signing time is the time when the work ended or, because
 * the current key may be younger, now.
 */
const provenReport = <Tx extends SqlTx>(work: Receipts<Tx>, row: AskedRow, kept: RowReported, now: Date): RowReported => {
  const { service, signer, seals } = work;
  const { orderId, row: number, epoch, receipt } = kept;
  if (!receipt) return kept;
  const of = { orderId, row: number, service, effect: row.effect, undo: row.ask.undo, epoch };
  const isProven = (one: Receipt): boolean => {
    try {
      seals.verifier.check(receiptStatement(of, one), one.signature, { service, signedAt: one.finishedAt ?? new Date(0) });
      return true;
    } catch (failure) {
      if (failure instanceof Refusal) return false;
      throw failure;
    }
  };
  if (isProven(receipt)) return kept;
  const signed = (finishedAt: Date | undefined): Receipt => {
    const anew = { ...receipt, finishedAt };
    return { ...anew, signature: signer.sign(receiptStatement(of, anew)) };
  };
  // If no current key verifies either, the report is published as it was signed: every reader can see the fault.
  const proven = [receipt.finishedAt, now].map(signed).find(isProven);
  return proven ? { ...kept, receipt: proven } : kept;
};

/** Publishes the receipt of a finished row once more and stores the published form; does nothing if no receipt was stored. */
export const repeatReport = async <Tx extends SqlTx>(tx: Tx, work: Receipts<Tx>, row: AskedRow, now: Date): Promise<void> => {
  if (!row.receipt) return;
  const kept = RowReported.decode(row.receipt);
  const reported = provenReport(work, row, kept, now);
  if (reported !== kept) await keepReceipt(tx, { orderId: kept.orderId, row: kept.row }, RowReported.encode(reported).finish());
  await report(tx, contextOf(row, now), { $case: 'rowReported', value: reported });
};

/** Closes the row as refused and reports the reason to enforcement; enforcement shows the row as refused until it is asked again. */
export const refuseRow = async (
  tx: SqlTx,
  service: ParticipantName,
  asked: AskedRow,
  why: { refusal: Refusal; now: Date },
): Promise<void> => {
  const order = contextOf(asked, why.now);
  const { reason, message } = why.refusal;
  await keepRowAct(tx, service, { name: asked.effect, order, evidence: [`refused:${reason}`] });
  await closeRow(tx, keyOf(order), { state: 'REFUSED', refusal: `${reason}: ${message}`, now: why.now });
  await report(tx, order, { $case: 'rowRefused', value: { orderId: order.orderId, row: order.row, service, reason, detail: message } });
};

/**
 * Publishes the receipts of the order's rows whose outside work is now acknowledged. It takes the row's lock before it checks, as the last
 * chunk does. Of an acknowledgement and a chunk, the second one therefore always sees the first.
 */
export const settleRows = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, orderId: string, now: Date): Promise<void> => {
  for (const row of await lockSettlingRows(tx, orderId)) {
    const effect = effectOf(work.effects, row.effect);
    const order = contextOf(row, now);
    if (effect.settled && !(await effect.settled(tx, order))) continue;
    await reportRow(tx, work, { name: row.effect, effect, order, tally: readTally(row.tally, now) });
  }
};
