// The operator sends a message again. A message that waits for its next try becomes due now. Rejected rows go into a new message, if they
// are still needed. A rejected notice is sent as a whole.
import { Refusal } from '@hengji/domain-kit';
import { decideRetry, isLetter } from '../domain/message';
import type { UploadAction } from '../domain/upload';
import type { ExchangeStore, StoredMessage } from './store';

export interface RetryDeps {
  readonly store: ExchangeStore;
  /** Refuses `order.held` when a hold covers one of the uploads, `filing.*` when the filing does not cover it. */
  readonly checkUploads: (institution: string, numbers: readonly string[]) => Promise<void>;
  readonly newId: () => string;
  readonly now: Date;
}

const actionFor = (message: StoredMessage): UploadAction => (message.kind === 'withdraw' ? 'withdraw' : 'send');

const sendRejected = async ({ store, checkUploads, newId, now }: RetryDeps, message: StoredMessage): Promise<string> => {
  const { agency, kind, institution, orderId, row, undo, notice } = message;
  const wanted = isLetter(kind) ? message.numbers : await store.stillRejected(message);
  // A restoration reverses what an order did; holds apply to new uploads only.
  if (kind === 'upload' && !undo) await checkUploads(institution, wanted);
  const messageId = newId();
  const numbers = isLetter(kind) ? wanted : (await store.begin(actionFor(message), messageId, wanted)).map(({ number }) => number);
  const once = `retry:${message.messageId}`;
  const about = { agency, kind, institution, orderId, row, undo, numbers, ...(notice === null ? {} : { notice: notice as object }) };
  if (
    numbers.length === 0 ||
    !(await store.createMessage({ messageId, ...about, continues: message.messageId, onceKey: once, createdAt: now }))
  ) {
    throw new Refusal('illegalMove', 'message.nothing_to_retry', '该报文被拒的行已重发或不再需要', { field: 'message_id' });
  }
  return messageId;
};

/** Returns the id of the message that is now due: the same message, or the new one with its rejected rows. */
export const retryMessage = async (deps: RetryDeps, messageId: string): Promise<string> => {
  const message = await deps.store.lockMessage(messageId);
  if (message === undefined) throw new Refusal('notFound', 'message.unknown', '没有这个报文', { field: 'message_id' });
  if (decideRetry(message.state) === 'rejectedRows') return sendRejected(deps, message);
  await deps.store.hurryMessage(messageId, deps.now);
  return messageId;
};
