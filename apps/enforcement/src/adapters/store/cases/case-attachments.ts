// The attachments of cases: their rows, their bytes wherever they lie, and what keeps both in order.
import type { Log, Part } from '@hengji/host';
import {
  attachmentRows,
  attachments,
  attachmentSweep,
  contentStore,
  isStoreSet,
  openStore,
  type AttachmentRow,
  type AttachmentRows,
  type Attachments,
  type AttachmentsConfig,
} from '@hengji/procedure';
import { EVIDENCE_KINDS, type EvidenceKind } from '../../../domain/documents/attachment';
import type { Database } from '../database';
import { ATTACHMENTS, findOldContent, movesOldAttachments } from './old-attachments';

interface Options {
  readonly config: AttachmentsConfig;
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
}

export interface CaseAttachments extends Attachments<EvidenceKind> {
  readonly rows: AttachmentRows;
  readonly parts: readonly Part[];
}

export const caseAttachments = ({ config, db, log, now }: Options): CaseAttachments => {
  const onTrouble = (failure: unknown, what: string): void => log.error({ err: failure, what }, 'trouble with the store of attachments');
  const store = contentStore({ store: openStore(config, onTrouble), service: 'enforcement', onTrouble });
  const rows = attachmentRows(ATTACHMENTS);
  const { add, read } = attachments({ content: store, rows, kinds: EVIDENCE_KINDS, db, now });
  return {
    rows,
    add,
    read: async function* (row: AttachmentRow) {
      const old = await findOldContent(db, row.id);
      if (old) yield old;
      else yield* read(row);
    },
    parts: isStoreSet(config) ? [attachmentSweep({ content: store, rows, db, now, log }), movesOldAttachments({ db, store, log })] : [],
  };
};
