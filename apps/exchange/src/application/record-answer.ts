// Records an agency's answer to a message in one transaction. The message gets its row results and the uploads change state. Rows that
// failed inside the agency are sent again. Changed demands get new messages. Waiting order rows and consumers are notified.
import { ROW_ACTIONS, sortRows, type RowCode, type RowVerdict } from '../domain/answer';
import { groupBy } from '../domain/group-by';
import { isLetter, pauseMs, type Backoff } from '../domain/message';
import type { TransferDecision, TransferLetter } from '../domain/transfer';
import { nextDemand } from '../domain/upload';
import type { Announce, ExchangeStore, MovedUpload, StoredMessage } from './store';

export interface RecordDeps {
  readonly store: ExchangeStore;
  readonly announce: Announce;
  readonly newId: () => string;
  readonly backoff: Backoff;
  /** 0 ≤ chance < 1, for the jitter. */
  readonly chance: () => number;
  /** The interval between two inquiries about a transfer's decision. */
  readonly inquiryMs: number;
  readonly now: Date;
}

export interface Answer {
  /** In the order of the message's numbers. */
  readonly codes: readonly RowCode[];
  readonly receiptNo: string;
  /** For an inquiry: null while the agency has made no decision. */
  readonly decision: TransferDecision | null;
}

type Sorted = Readonly<Record<RowVerdict, readonly number[]>>;

const pick = <T>(list: readonly T[], positions: readonly number[]): T[] => positions.map((i) => list[i] as T);
const numbersOf = (moved: readonly MovedUpload[]): string[] => moved.map(({ number }) => number);

/** Uploads whose demand changed while their message was in flight get a new message, one per order to cite. */
const followDemand = async (deps: RecordDeps, institution: string, moved: readonly MovedUpload[]): Promise<void> => {
  const { store, newId, now } = deps;
  for (const demand of ['withdraw', 'restore'] as const) {
    const numbers = numbersOf(moved.filter(({ state, claims }) => nextDemand(state, claims) === demand));
    if (numbers.length === 0) continue;
    for (const [orderId, rows] of groupBy(await store.ordersFor(demand, numbers), (order) => order.orderId)) {
      const messageId = newId();
      const begun = numbersOf(
        await store.begin(
          demand,
          messageId,
          rows.map(({ number }) => number),
        ),
      );
      const about = { institution, orderId, row: rows[0]?.row ?? 0, undo: demand === 'restore', numbers: begun, createdAt: now };
      await store.createMessage({ messageId, agency: 'MINISTRY', kind: demand === 'withdraw' ? 'withdraw' : 'upload', ...about });
    }
  }
};

/**
 * Rows that failed inside the agency get a new message id, because the agency would repeat its answer to the old id. The new message waits
 * first.
 */
const sendAgain = async (deps: RecordDeps, message: StoredMessage, numbers: readonly string[]): Promise<void> => {
  if (numbers.length === 0) return;
  const { store, newId, backoff, chance, now } = deps;
  const { agency, kind, institution, orderId, row, undo, notice } = message;
  const messageId = newId();
  if (!isLetter(kind)) await store.handOver(message.messageId, messageId, numbers);
  const notBefore = new Date(now.getTime() + pauseMs(message.tries, backoff, chance()));
  const about = { agency, kind, institution, orderId, row, undo, numbers, ...(notice === null ? {} : { notice: notice as object }) };
  await store.createMessage({ messageId, ...about, continues: message.messageId, createdAt: now, notBefore });
};

const tellUploads = async (announce: Announce, message: StoredMessage, done: readonly MovedUpload[]): Promise<void> => {
  if (done.length === 0) return;
  if (message.kind === 'withdraw') await announce.withdrawn(message.orderId, numbersOf(done));
  else if (message.undo) await announce.restored(message.orderId, numbersOf(done));
  else await announce.accepted(numbersOf(done));
};

const recordUploads = async (deps: RecordDeps, message: StoredMessage, sorted: Sorted, codes: readonly RowCode[]): Promise<void> => {
  const { store, announce } = deps;
  const actions = ROW_ACTIONS[message.kind === 'withdraw' ? 'withdraw' : 'upload'];
  const done = await store.finish(actions.done, message.messageId, pick(message.numbers, sorted.done));
  const rejectedCodes = pick(codes, sorted.rejected);
  const rejected = await store.finish(actions.rejected, message.messageId, pick(message.numbers, sorted.rejected), rejectedCodes);
  await followDemand(deps, message.institution, done);
  for (const orderId of await store.lockIdleOrders(message.institution)) await announce.settle(orderId);
  await tellUploads(announce, message, done);
  // A rejected restoration leaves the record withdrawn; the other services already have this state.
  if (rejected.length > 0 && message.kind === 'upload' && !message.undo) {
    const codeOf = new Map(pick(message.numbers, sorted.rejected).map((number, i) => [number, rejectedCodes[i] as RowCode]));
    await announce.rejected(
      numbersOf(rejected),
      rejected.map(({ number }) => codeOf.get(number) as RowCode),
    );
  }
};

/** The agency has signed for the package: the row may be settled, and inquiries about the decision begin. */
const recordTransfer = async (deps: RecordDeps, message: StoredMessage, receiptNo: string): Promise<void> => {
  const { store, announce, newId, inquiryMs, now } = deps;
  const { agency, institution, orderId, row } = message;
  const { packageSha256 } = message.notice as TransferLetter;
  await store.createMessage({
    ...{ messageId: newId(), agency, kind: 'inquiry', institution, orderId, row, undo: false, numbers: [orderId], createdAt: now },
    onceKey: `inquiry:${orderId}:${agency}`,
    notBefore: new Date(now.getTime() + inquiryMs),
  });
  await announce.settle(orderId);
  await announce.transferReceived(message, { receiptNo, packageSha256 });
};

/** A decision is published once, by its number. A refusal may be reconsidered, so the inquiry continues after a refusal. */
const recordInquiry = async (deps: RecordDeps, message: StoredMessage, decision: TransferDecision | null): Promise<void> => {
  const { store, announce, inquiryMs, now } = deps;
  const { messageId, receiptNo: known } = message;
  const isNew = decision !== null && decision.decisionNo !== known;
  if (isNew) await announce.transferDecided(message, decision);
  if (decision?.accepted) {
    const counts = { acknowledged: 1, rejected: 0 };
    await store.finishMessage(messageId, { state: 'ACKNOWLEDGED', codes: ['00'], ...counts, receiptNo: decision.decisionNo, now });
    return;
  }
  const why = decision === null ? '对方尚未作出决定' : `对方不予立案(${decision.decisionNo})`;
  await store.goOnAsking(messageId, { decisionNo: decision?.decisionNo ?? known, why, again: new Date(now.getTime() + inquiryMs) });
};

const recordNotice = async ({ announce }: RecordDeps, message: StoredMessage, sorted: Sorted, receiptNo: string): Promise<void> => {
  if (sorted.done.length === 0) return;
  await announce.settle(message.orderId);
  await announce.noticeAcknowledged(message.orderId, message.agency, receiptNo);
};

/**
 * Records an answer that fits its message. A second answer to the same message changes nothing. True if the agency has now received the
 * message.
 */
export const recordAnswer = async (deps: RecordDeps, messageId: string, { codes, receiptNo, decision }: Answer): Promise<boolean> => {
  const message = await deps.store.lockMessage(messageId);
  if (message === undefined || message.state !== 'PENDING') return false;
  if (message.kind === 'inquiry') {
    await recordInquiry(deps, message, decision);
    return false;
  }
  const sorted = sortRows(message.kind, codes);
  const state = sorted.rejected.length > 0 ? 'PARTLY_REJECTED' : 'ACKNOWLEDGED';
  const counts = { acknowledged: sorted.done.length, rejected: sorted.rejected.length };
  await deps.store.finishMessage(messageId, { state, codes, ...counts, receiptNo, now: deps.now });
  await sendAgain(deps, message, pick(message.numbers, sorted.again));
  if (message.kind === 'transfer' && !message.undo && sorted.done.length > 0) await recordTransfer(deps, message, receiptNo);
  else if (isLetter(message.kind)) await recordNotice(deps, message, sorted, receiptNo);
  else await recordUploads(deps, message, sorted, codes);
  return true;
};
