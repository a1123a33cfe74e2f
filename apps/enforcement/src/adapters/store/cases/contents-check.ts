// The bytes of a case's attachments against the hash that is filed of each, before the transaction that decides on them. Those that still lie
// in the table are hashed there (filed-store.ts), with the documents.
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
