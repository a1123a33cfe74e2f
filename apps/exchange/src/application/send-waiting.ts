// Makes a message from waiting uploads: up to a thousand of one institution that no order holds. Held uploads keep waiting. The transaction
// prevents a new fence between the check of the holds and the message.
import { MAX_ROWS } from '../domain/message';
import type { ExchangeStore } from './store';

export interface SendWaitingDeps {
  readonly store: ExchangeStore;
  readonly newId: () => string;
  readonly now: Date;
}

/** Makes at most one message; returns the number of uploads in it. */
export const sendWaiting = async ({ store, newId, now }: SendWaitingDeps, institution: string): Promise<number> => {
  const waiting = await store.takeWaiting(institution, MAX_ROWS);
  if (waiting.length === 0) return 0;
  const messageId = newId();
  const begun = await store.begin('send', messageId, waiting);
  if (begun.length === 0) return 0;
  await store.createMessage({
    messageId,
    agency: 'MINISTRY',
    kind: 'upload',
    institution,
    orderId: '',
    row: 0,
    undo: false,
    numbers: begun.map(({ number }) => number),
    createdAt: now,
  });
  return begun.length;
};
