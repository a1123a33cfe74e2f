// One try of one message: sends it outside any transaction, then records the result in one transaction. After a crash, a lost answer or a
// database failure in between, the message becomes due again under the same id.
import type { Log } from '@hengji/host';
import { metrics } from '@hengji/host';
import { keepOwnAct } from '@hengji/procedure';
import { recordAnswer } from '../../application/record-answer';
import { WrongAnswer, matchRows } from '../../domain/answer';
import { pauseMs, type Backoff } from '../../domain/message';
import { checkReceipt, type TransferLetter } from '../../domain/transfer';
import { AgencyFailure, type AgencyAnswer, type CallAgency } from './agency-client';
import { announceIn } from '../kafka/announce';
import type { Database, Tx } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { finishTry, postpone, type LeasedMessage } from '../store/messages';
import { bodyOf, NotSendable, type ReadItem } from './body-of';

export interface DeliverOptions {
  readonly db: Database;
  readonly call: CallAgency;
  readonly backoff: Backoff;
  /** The interval between two inquiries about a transfer's decision. */
  readonly inquiryMs: number;
  /** Reads the bytes of the items of a package. */
  readonly readItem: ReadItem;
  readonly settle: (tx: Tx, orderId: string) => Promise<void>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

const tries = metrics.counter('hengji_exchange_tries_total', 'Tries of messages to agencies', ['agency', 'kind', 'outcome']);

/**
 * A message that an agency received is an act of the service: which message, on which receipt. An inquiry sends no information, so it is no
 * act.
 */
const keepSent = (tx: Tx, { kind, messageId, institution, orderId, numbers }: LeasedMessage, receiptNo: string): Promise<void> =>
  keepOwnAct(tx, 'exchange', {
    what: `SendMessage ${kind}`,
    on: { kind: 'message', id: messageId, institution },
    ...{ orderId, evidence: [`receipt:${receiptNo}`, `count:${numbers.length}`] },
  });

const record = (o: DeliverOptions, message: LeasedMessage, answer: AgencyAnswer): Promise<void> => {
  const codes = matchRows(message.numbers, answer.rows);
  if (message.kind === 'transfer') checkReceipt(message.notice as TransferLetter, answer);
  return o.db.$transaction(
    async (tx) => {
      const now = o.now();
      const { institution, messageId } = message;
      const announce = announceIn(tx, { institution, now, settle: o.settle });
      const deps = {
        store: exchangeStore(tx),
        announce,
        newId: o.newId,
        backoff: o.backoff,
        chance: Math.random,
        inquiryMs: o.inquiryMs,
        now,
      };
      await finishTry(tx, message, 'answered', { now, text: answer.receiptNo });
      const isSent = await recordAnswer(deps, messageId, { codes, receiptNo: answer.receiptNo, decision: answer.decision });
      if (isSent) await keepSent(tx, message, answer.receiptNo);
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
};

const fail = async (o: DeliverOptions, message: LeasedMessage, failure: Error, stopping: boolean): Promise<void> => {
  const now = o.now();
  const pause = stopping ? 0 : pauseMs(message.tries, o.backoff, Math.random());
  await finishTry(o.db, message, 'failed', { now, text: failure.message });
  await postpone(o.db, message.messageId, new Date(now.getTime() + pause), failure.message);
  o.log.warn({ messageId: message.messageId, agency: message.agency, tries: message.tries, why: failure.message }, 'message not delivered');
};

/** Makes one try; never throws. */
export const deliver = async (o: DeliverOptions, message: LeasedMessage, stop: AbortSignal): Promise<void> => {
  const { agency, kind, messageId } = message;
  try {
    const body = await bodyOf(o.db, message, o.readItem);
    const about = kind === 'inquiry' ? { about: message.orderId } : {};
    const answer = await o.call({ agency, kind, messageId, body, ...about, now: o.now() }, stop);
    await record(o, message, answer);
    tries.inc({ agency, kind, outcome: 'answered' });
  } catch (failure) {
    tries.inc({ agency, kind, outcome: 'failed' });
    const theirs = failure instanceof AgencyFailure || failure instanceof WrongAnswer || failure instanceof NotSendable;
    // A failure of our own (a deadlock, the database unavailable) is logged as such; the agency will give the same answer to the same id.
    if (!theirs) o.log.error({ err: failure, messageId }, 'answer not recorded');
    const why = theirs ? failure : new Error('答复未能入库');
    // If this also fails, the lease expires by itself.
    await fail(o, message, why, stop.aborted).catch((err: unknown) => o.log.error({ err, messageId }, 'failed try not recorded'));
  }
};
