// The bytes of a case's attachments against the hash that is filed of each: read from the object store, before the transaction that
// decides on them. Those that still lie in the table are hashed there (filed-store.ts), with the documents.
import { createHash } from 'node:crypto';
import { dayOf, Refusal } from '@hengji/domain-kit';
import { attachmentRows, type AttachmentRow } from '@hengji/procedure';
import type { Contents } from '../../../application/proof/ports';
import type { Order } from '../../../domain/order';
import type { CaseAttachments } from './case-attachments';
import type { Database } from '../database';
import { MOST_HASHED } from '../filed-store';

const isWrong = ({ reason }: Refusal): boolean => reason === 'attachment.altered' || reason === 'attachment.lost';

/** In an order that the day shuffles, so that of a large file each day another part is read. */
const shuffled = (rows: readonly AttachmentRow[], now: Date): AttachmentRow[] => {
  const place = ({ id }: AttachmentRow): string =>
    createHash('sha256')
      .update(`${id} ${dayOf(now)}`)
      .digest('hex');
  return [...rows].sort((a, b) => (place(a) < place(b) ? -1 : 1));
};

/** What is wrong with the bytes of one; empty when nothing is. */
const wrongIn = async (attachments: CaseAttachments, row: AttachmentRow): Promise<string> => {
  try {
    for await (const _ of attachments.read(row)) continue;
    return '';
  } catch (refusal) {
    if (refusal instanceof Refusal && isWrong(refusal)) return `attachment ${row.id} 的内容与其 SHA-256 不符`;
    throw refusal;
  }
};

export const contentsCheck = (db: Database, attachments: CaseAttachments): Contents => ({
  read: async ({ caseId }: Pick<Order, 'caseId'>, now: Date) => {
    const altered: string[] = [];
    let left = MOST_HASHED;
    try {
      for (const row of shuffled(await attachmentRows().ofFile(db, caseId), now)) {
        if (left <= 0) break;
        left -= row.bytes;
        const wrong = await wrongIn(attachments, row);
        if (wrong !== '') altered.push(wrong);
      }
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.reason !== 'store.unavailable') throw refusal;
      return { altered, unread: true };
    }
    return { altered, unread: false };
  },
});
