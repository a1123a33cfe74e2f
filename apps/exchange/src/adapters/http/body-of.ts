// What goes to the agency for a message. Built from rows that never change, so that every try of a message has the same
// body: the agency may refuse an id that it knows with another body.
import type { StoredMessage } from '../../application/store';
import type { Database } from '../store/database';
import { findRecords } from '../store/uploads';

const documentOf = async (db: Database, orderId: string): Promise<string> => {
  const order = orderId === '' ? null : await db.withdrawalOrder.findUnique({ where: { orderId } });
  return order?.documentNo ?? '';
};

const uploadBody = async (db: Database, message: StoredMessage): Promise<object> => {
  const { institution, orderId, undo, numbers } = message;
  const records = new Map((await findRecords(db, numbers)).map((record) => [record.number, record]));
  const certificates = numbers.map((number) => {
    const record = records.get(number);
    if (record === undefined) throw new Error(`message ${message.messageId} names ${number}, which has no upload`);
    const { planId, sessionId, occupation, level, examDate } = record;
    return { number, planId, sessionId, occupation, level, examDate };
  });
  return { institution, restore: undo, ...(undo ? { orderId } : {}), certificates };
};

/** The body of any message. No personal data is in it: a certificate number is public, the pseudonym stays here. */
export const bodyOf = async (db: Database, message: StoredMessage): Promise<object> => {
  const { kind, institution, orderId, numbers, notice } = message;
  if (kind === 'notice') return notice as object;
  if (kind === 'upload') return uploadBody(db, message);
  return { institution, orderId, documentNo: await documentOf(db, orderId), numbers };
};
