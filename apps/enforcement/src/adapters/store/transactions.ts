// Transactions for the use cases: plain, with an act, or with an act and once per request. The stored answer of a request is
// the id of its record: a repeated request returns that record as it is now.
import { findKeptAnswer, type AnswerCodec } from '@hengji/messaging';
import { recorded, recordedOnce, type Doing, type Done } from '@hengji/procedure';
import type { Transactions } from '../../application/ports';
import { CASE_DOCUMENTS } from './cases/case-documents';
import type { Database, Tx } from './database';

const LIMITS = { maxWait: 5_000, timeout: 15_000 };

const TEXT: AnswerCodec<string> = {
  encode: (text) => ({ finish: () => Buffer.from(text) }),
  decode: (bytes) => Buffer.from(bytes).toString(),
};

type Owned = Pick<Done<string>, 'orderId' | 'caseId'> & { readonly institution: string };
const NOWHERE: Owned = { institution: '' };

const ofCase = async (tx: Tx, caseId: string): Promise<Owned> => {
  const found = await tx.caseFile.findUnique({ where: { id: caseId }, select: { institution: true } });
  return found ? { institution: found.institution, caseId } : NOWHERE;
};

/** For each kind of record: its owner, and its order and case. */
const OWNERS: Readonly<Record<string, (tx: Tx, id: string, asked: Doing) => Promise<Owned>>> = {
  case: (tx, id) => ofCase(tx, id),
  order: async (tx, id) => {
    const found = await tx.order.findUnique({ where: { id }, select: { institution: true, caseId: true } });
    return found ? { institution: found.institution, orderId: id, caseId: found.caseId ?? '' } : NOWHERE;
  },
  document: async (tx, id) => {
    const { institution, fileId: caseId, about: orderId } = await CASE_DOCUMENTS.get(tx, id);
    return { institution, caseId, orderId };
  },
  attachment: (tx, _, { caseId }) => ofCase(tx, caseId),
  remedy: async (tx, id) => {
    const found = await tx.remedy.findUnique({ where: { id }, select: { institution: true, caseId: true, orderId: true } });
    return found ?? NOWHERE;
  },
};

const doneBy = (tx: Tx, asked: Doing, work: (tx: Tx) => Promise<string>) => async (): Promise<Done<string>> => {
  const id = await work(tx);
  const { institution, ...of } = (await OWNERS[asked.kind]?.(tx, id, asked)) ?? NOWHERE;
  return { answer: id, on: { id, institution }, ...of };
};

export const transactions = (db: Database): Transactions<Tx> => ({
  run: (work) => db.$transaction(work, LIMITS),
  recorded: (asked, work) => db.$transaction((tx) => recorded(tx, asked, doneBy(tx, asked, work)), LIMITS),
  once: (asked, work) => db.$transaction((tx) => recordedOnce(tx, asked, TEXT, doneBy(tx, asked, work)), LIMITS),
  findKept: ({ requestId, request: what }) => findKeptAnswer(db, { requestId, what }, TEXT),
});
