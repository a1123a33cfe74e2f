// Compares the bytes of a file's attachments with their stored hashes. It reads from the object store, outside any transaction.
import { createHash } from 'node:crypto';
import { dayOf, Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '@hengji/messaging';
import { attachmentRows, type AttachmentRow } from './attachment-rows';
import type { Content } from './store/object-store';

/** Number of bytes hashed in one check; for a larger file each day another part. */
export const MOST_HASHED = 256 * 1024 * 1024;

const isWrong = ({ reason }: Refusal): boolean => reason === 'attachment.altered' || reason === 'attachment.lost';

/** In an order that depends on the day, so that each day another part of a large file is read. */
const shuffled = (rows: readonly AttachmentRow[], now: Date): AttachmentRow[] => {
  const place = ({ id }: AttachmentRow): string =>
    createHash('sha256')
      .update(`${id} ${dayOf(now)}`)
      .digest('hex');
  return [...rows].sort((a, b) => (place(a) < place(b) ? -1 : 1));
};

const isAltered = async (content: Content): Promise<boolean> => {
  try {
    for await (const _ of content) continue;
    return false;
  } catch (refusal) {
    if (refusal instanceof Refusal && isWrong(refusal)) return true;
    throw refusal;
  }
};

/**
 * Ids of attachments whose bytes are lost or have another hash. `unread`: the store did not answer, so some attachments were not checked.
 */
export const alteredContents =
  (db: SqlTx, read: (row: AttachmentRow) => Content) =>
  async (fileId: string, now: Date): Promise<{ readonly ids: readonly string[]; readonly unread: boolean }> => {
    const ids: string[] = [];
    let left = MOST_HASHED;
    try {
      for (const row of shuffled(await attachmentRows().ofFile(db, fileId), now)) {
        if (left <= 0) break;
        left -= row.bytes;
        if (await isAltered(read(row))) ids.push(row.id);
      }
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.reason !== 'store.unavailable') throw refusal;
      return { ids, unread: true };
    }
    return { ids, unread: false };
  };
