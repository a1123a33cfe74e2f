// Transactions for the use cases, plain or once per request. What is remembered of a request is the order that it made or
// moved: asked again, it answers with that order as it is now.
import { findKeptAnswer, once, type AnswerCodec } from '@hengji/messaging';
import type { Transactions } from '../../application/ports';
import type { Database, Tx } from './database';

const LIMITS = { maxWait: 5_000, timeout: 15_000 };

const TEXT: AnswerCodec<string> = {
  encode: (text) => ({ finish: () => Buffer.from(text) }),
  decode: (bytes) => Buffer.from(bytes).toString(),
};

export const transactions = (db: Database): Transactions<Tx> => ({
  run: (work) => db.$transaction(work, LIMITS),
  once: (request, work) => db.$transaction((tx) => once(tx, request.id, request.what, TEXT, () => work(tx)), LIMITS),
  findKept: ({ id, what }) => findKeptAnswer(db, { requestId: id, what }, TEXT),
});
