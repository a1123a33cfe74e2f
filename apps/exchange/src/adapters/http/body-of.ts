// Builds the body of a message for the agency. The body is built from rows that never change, so that every try has the same body. The
// agency may refuse a known id with another body.
import { createHash } from 'node:crypto';
import type { StoredMessage } from '../../application/store';
import type { PackedItem, TransferLetter, WithdrawalLetter } from '../../domain/transfer';
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

/** Returns the bytes of an item of a package; rejects when the bytes cannot be read now. */
export type ReadItem = (item: PackedItem) => Promise<Uint8Array>;

/** The message cannot be sent: its package cannot be read, or differs from the signed package. */
export class NotSendable extends Error {
  override readonly name = 'NotSendable';
}

const contentOf = async (read: ReadItem, item: PackedItem): Promise<object> => {
  const bytes = await read(item).catch((failure: unknown) => {
    throw new NotSendable(`移送材料“${item.name}”暂时取不到:${failure instanceof Error ? failure.message : ''}`.slice(0, 200));
  });
  const { name, mediaType, sha256 } = item;
  if (createHash('sha256').update(bytes).digest('hex') !== sha256 || bytes.length !== item.bytes)
    throw new NotSendable(`移送材料“${name}”与签发时的哈希不符,不予发送`);
  return { name, mediaType, bytes: bytes.length, sha256, content: Buffer.from(bytes).toString('base64') };
};

/** The letter with the bytes of its items, without our own ids. Items are read one after the other, because a package may be large. */
const transferBody = async (read: ReadItem, letter: TransferLetter | WithdrawalLetter): Promise<object> => {
  if (letter.about === 'withdrawal') return letter;
  const items: object[] = [];
  for (const item of letter.items) items.push(await contentOf(read, item));
  return { ...letter, items };
};

/** The body of any message. It contains no personal data: a certificate number is public, and the pseudonym is not sent. */
export const bodyOf = async (db: Database, message: StoredMessage, read: ReadItem): Promise<object> => {
  const { kind, institution, orderId, numbers, notice } = message;
  if (kind === 'notice') return notice as object;
  if (kind === 'transfer') return transferBody(read, notice as TransferLetter | WithdrawalLetter);
  if (kind === 'inquiry') return {};
  if (kind === 'upload') return uploadBody(db, message);
  return { institution, orderId, documentNo: await documentOf(db, orderId), numbers };
};
