// The attachments of cases: those of libs/procedure, and older attachments whose bytes are still in the table `attachment`.
import type { Log } from '@hengji/host';
import {
  attachmentRows,
  isStoreSet,
  serviceAttachments,
  type AttachmentRow,
  type AttachmentsConfig,
  type ByteRange,
  type ServiceAttachments,
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

export type CaseAttachments = Omit<ServiceAttachments<EvidenceKind>, 'store'>;

export const caseAttachments = (o: Options): CaseAttachments => {
  const { config, db, log } = o;
  const { rows, store, add, read, parts } = serviceAttachments({
    ...{ ...o, service: 'enforcement', kinds: EVIDENCE_KINDS, rows: attachmentRows(ATTACHMENTS) },
  });
  return {
    rows,
    add,
    read: async function* (row: AttachmentRow, part?: ByteRange) {
      const old = await findOldContent(db, row.id);
      if (old) yield part ? old.subarray(part.from, part.until) : old;
      else yield* read(row, part);
    },
    parts: isStoreSet(config) ? [...parts, movesOldAttachments({ db, store, log })] : parts,
  };
};
