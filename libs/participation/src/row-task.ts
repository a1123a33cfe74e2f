// One row of an order at work: a chunk of at most five thousand records per transaction, in which the records, their
// claims, the events about them, the tally and the task's cursor commit together. Killed anywhere, it goes on after the
// last chunk that did. It ends with a receipt, or with a refusal that the ledger shows.
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
  /** How orders are known to be enforcement's. */
  readonly seals: OrderSeals;
  readonly service: ParticipantName;
  readonly effects: Readonly<Record<string, Effect<Tx>>>;
  readonly signer: Signer;
  /** Records of one transaction. */
  readonly chunkSize: number;
}

const report = (tx: SqlTx, order: OrderContext, body: Body<ReportEvent>): Promise<void> =>
  publish(tx, TOPICS.reports, { institution: order.institution, orderId: order.orderId, body, occurredAt: order.now });

const keyOf = (order: OrderContext): RowKey => ({ orderId: order.orderId, row: order.row });

/** The row as a kind of task. */
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
  // Suspended by a court: it rests until it is resumed, which wakes it. What takes an order back does not rest.
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

/** Work that is done once more begins after the receipt that it replaces, also when the clock was put back since: else it would be taken for the same. */
const beginning = ({ receipt }: AskedRow, now: Date): Date => {
  const before = receipt && RowReported.decode(receipt).receipt?.finishedAt;
  return before ? latestOf(now, new Date(before.getTime() + 1)) : now;
};

/** A row that is worked again puts the order's hold right. True if what was sealed of it is altered: then that seal stays. */
const beginAgain = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, effect: Effect<Tx>, row: AskedRow): Promise<boolean> => {
  const key = { orderId: row.order.orderId, row: row.ask.row };
  const isAltered = await isEvidenceAltered(tx, { service: work.service, verifier: work.seals.verifier }, effect, key);
  if (!row.ask.undo) await mendHold(tx, row);
  return isAltered;
};

/** A row that is started again may belong to an order that is over by now, or lifted in part: there it reaches no further than its claims. */
const contextNow = async (tx: SqlTx, row: AskedRow, now: Date): Promise<OrderContext> => {
  const order = contextOf(row, now);
  return order.again ? { ...order, claimedIn: await claimedIn(tx, order.orderId) } : order;
};

/**
 * Before the first record is changed: what the row would touch is what was signed, record by record. Counted and hashed
 * in the chunk's own transaction, under the order's fence. Refuses `order.target_drifted`; orders from before roots were
 * signed are bound by their count, `order.more_than_signed`.
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
  // A row that is still at work would claim records behind the back of its own undoing.
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

/** The service's own act: one for each row that came to an end, not one for each record. */
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

/** Signs the receipt and keeps it as it goes out: whoever asks for it again gets the same bytes. */
const reportRow = async <Tx extends SqlTx>(
  tx: Tx,
  { service, signer }: RowWork<Tx>,
  { name, effect, order, tally }: Finished<Tx>,
): Promise<void> => {
  const { orderId, row, epoch, undo, now } = order;
  // A clock that is behind, or was put back, must not date the end before the decision or before its own beginning.
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
 * The report with a signature that proves something. As it was signed, if that still holds; it does not when its key was revoked since.
 * Then the same counts and root are signed by the key of today: at the time when the work ended, or, as that key may be younger, now.
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
  // With no key of today that holds either, what was signed goes out as it is: whoever reads it sees what is wrong with it.
  const proven = [receipt.finishedAt, now].map(signed).find(isProven);
  return proven ? { ...kept, receipt: proven } : kept;
};

/** Sends the receipt of a row that is done once more, and keeps it as it went out; nothing where none was kept. */
export const repeatReport = async <Tx extends SqlTx>(tx: Tx, work: Receipts<Tx>, row: AskedRow, now: Date): Promise<void> => {
  if (!row.receipt) return;
  const kept = RowReported.decode(row.receipt);
  const reported = provenReport(work, row, kept, now);
  if (reported !== kept) await keepReceipt(tx, { orderId: kept.orderId, row: kept.row }, RowReported.encode(reported).finish());
  await report(tx, contextOf(row, now), { $case: 'rowReported', value: reported });
};

/** Closes the row as refused and tells enforcement why; it stays red there until it is asked again. */
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
 * Sends the receipts of the order's rows whose outside work is now acknowledged. It takes the row's lock before it asks,
 * as the last chunk does, so whichever of acknowledgement and chunk comes second sees the other.
 */
export const settleRows = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, orderId: string, now: Date): Promise<void> => {
  for (const row of await lockSettlingRows(tx, orderId)) {
    const effect = effectOf(work.effects, row.effect);
    const order = contextOf(row, now);
    if (effect.settled && !(await effect.settled(tx, order))) continue;
    await reportRow(tx, work, { name: row.effect, effect, order, tally: readTally(row.tally, now) });
  }
};
