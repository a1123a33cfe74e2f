// Compares the bytes of a case's attachments with their filed hashes, before the transaction that decides on the result.
// Attachments still in the table are hashed there with the documents (filed-store.ts).
import { alteredContents } from '@hengji/procedure';
import type { Contents } from '../../../application/proof/ports';
import type { Database } from '../database';
import type { CaseAttachments } from './case-attachments';

export const contentsCheck = (db: Database, { read }: Pick<CaseAttachments, 'read'>): Contents => {
  const look = alteredContents(db, read);
  return {
    read: async ({ caseId }, now) => {
      const { ids, unread } = await look(caseId, now);
      return { altered: ids.map((id) => `attachment ${id} 的内容与其 SHA-256 不符`), unread };
    },
  };
};
