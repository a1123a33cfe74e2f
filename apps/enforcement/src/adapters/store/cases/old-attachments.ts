// Attachments from before the object store existed are stored as bytes in table `attachment`, column `content`. They are read
// there until this service has moved them in the background. An older version of the service may still add some. When none is
// left (hengji_enforcement_attachments_in_table is 0) and no older version runs, the next release drops the table and this
// file.
import { every, metrics, type Log, type Part } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import { asStream, attachmentRows, type ContentStore } from '@hengji/procedure';
import sql from 'sql-template-tag';
import type { Database } from '../database';

/** All attachments, in the table or the object store, with the columns of procedure.attachment. */
export const ATTACHMENTS = sql`(
  SELECT id, sequence, file_id, kind, name, media_type, bytes, sha256, added_by, institution, added_at FROM procedure.attachment
  UNION ALL
  SELECT id, sequence, case_id, 'OTHER', name, media_type, bytes, sha256, added_by, institution, added_at FROM attachment AS old
  WHERE NOT EXISTS (SELECT FROM procedure.attachment AS moved WHERE moved.id = old.id)
) AS attachments`;

const IN_TABLE = sql`FROM attachment AS old WHERE NOT EXISTS (SELECT FROM procedure.attachment AS moved WHERE moved.id = old.id)`;
const MOVE_EVERY_MS = 60_000;

const left = metrics.gauge('hengji_enforcement_attachments_in_table', 'Attachments whose bytes are not in the object store yet', []);

/** The bytes of an attachment that is not moved yet; undefined for any other. */
export const findOldContent = async (db: Database, id: string): Promise<Uint8Array | undefined> => {
  const [row] = await rowsOf<{ content: Uint8Array }>(db, sql`SELECT old.content ${IN_TABLE} AND old.id = ${id}`);
  return row?.content;
};

const moveOne = async (db: Database, store: ContentStore, id: string): Promise<'moved' | 'altered'> => {
  const content = await findOldContent(db, id);
  if (content === undefined) return 'moved';
  const row = await attachmentRows(ATTACHMENTS).get(db, id);
  const { sha256 } = await store.put(asStream(content));
  // Bytes that differ from the signed hash stay in the table, where the sweep of their order finds them.
  if (!Buffer.from(sha256).equals(row.sha256)) return 'altered';
  // A second process that moves the same attachment writes the same row.
  await attachmentRows().insert(db, row);
  return 'moved';
};

/** Moves the attachments one after another, and repeats for those that an older version adds. */
export const movesOldAttachments = ({ db, store, log }: { db: Database; store: ContentStore; log: Log }): Part => {
  const loop = every(MOVE_EVERY_MS, {
    work: async ({ running }) => {
      const found = await rowsOf<{ id: string }>(db, sql`SELECT old.id ${IN_TABLE} ORDER BY old.sequence`);
      let remaining = found.length;
      for (const { id } of found) {
        left.set(remaining);
        if (!running()) return;
        if ((await moveOne(db, store, id)) === 'moved') remaining -= 1;
        else log.error({ attachment: id }, 'an attachment has other bytes than its hash says; it is not moved');
      }
      left.set(remaining);
    },
    failed: (failure) => log.warn({ err: failure }, 'old attachments could not be moved; they are read where they are'),
    stopWithinMs: 5_000,
  });
  return { name: 'old-attachments', start: async () => loop.start(), stop: loop.stop };
};
