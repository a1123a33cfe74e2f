// Makes a message from waiting uploads: up to a thousand of one institution that its filing covers and no order holds. The others keep waiting. The transaction
// prevents a new fence between the check of the holds and the message.
import { MAX_ROWS } from '../domain/message';
import type { FilingStanding } from '../domain/filing';
import type { ExchangeStore } from './store';

export interface SendWaitingDeps {
  readonly store: ExchangeStore;
  readonly newId: () => string;
  readonly now: Date;
}

interface WaitingOf {
  readonly institution: string;
  /** approval's answers for the exams that wait. */
  readonly standing: FilingStanding;
}

/** Makes at most one message; returns the number of uploads in it. */
export const sendWaiting = async ({ store, newId, now }: SendWaitingDeps, { institution, standing }: WaitingOf): Promise<number> => {
  const waiting = await store.takeWaiting(institution, standing, MAX_ROWS);
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
