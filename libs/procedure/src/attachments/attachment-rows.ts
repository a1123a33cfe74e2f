// The rows of attachments in schema `procedure`: inserted and never changed.
import { Refusal } from '@hengji/domain-kit';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';

export interface AttachmentRow {
  readonly id: string;
  readonly fileId: string;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: Uint8Array;
  readonly addedBy: string;
  /** The institution that added it; empty when an officer added it. */
  readonly institution: string;
  readonly addedAt: Date;
}

export const unknownAttachment = (id: string): Refusal =>
  new Refusal('notFound', 'attachment.unknown', '没有这个附件', { field: 'attachment_ids', rule: id });

const COLUMNS = sql`id, file_id AS "fileId", kind, name, media_type AS "mediaType", bytes, sha256, added_by AS "addedBy", institution,
  added_at AS "addedAt"`;

export interface AttachmentRows {
  insert(tx: SqlTx, row: AttachmentRow): Promise<void>;
  /** Refuses `attachment.unknown`. */
  get(tx: SqlTx, id: string): Promise<AttachmentRow>;
  /** In the order in which they were added. */
  ofFile(tx: SqlTx, fileId: string): Promise<AttachmentRow[]>;
  /** Refuses `attachment.unknown` unless each belongs to this file and, if an institution is given, to that institution. */
  check(tx: SqlTx, fileId: string, ids: readonly string[], institution?: string): Promise<void>;
  /** Number of bytes that the person has added since. */
  bytesSince(tx: SqlTx, addedBy: string, since: Date): Promise<number>;
  /** The hashes (hex) among these that an attachment has. */
  named(tx: SqlTx, hashes: readonly string[]): Promise<ReadonlySet<string>>;
}

/** `from`: the relation to read from, with the columns of the table. */
export const attachmentRows = (from = sql`procedure.attachment`): AttachmentRows => {
  const ofFile = (tx: SqlTx, fileId: string): Promise<AttachmentRow[]> =>
    rowsOf(tx, sql`SELECT ${COLUMNS} FROM ${from} WHERE file_id = ${fileId} ORDER BY added_at, sequence`);
  return {
    insert: async (tx, row) => {
      const { id, fileId, kind, name, mediaType, bytes, sha256, addedBy, institution, addedAt } = row;
      await execute(
        tx,
        sql`INSERT INTO procedure.attachment (id, file_id, kind, name, media_type, bytes, sha256, added_by, institution, added_at)
         VALUES (${id}, ${fileId}, ${kind}, ${name}, ${mediaType}, ${bytes}, ${Buffer.from(sha256)}, ${addedBy}, ${institution}, ${addedAt})
         ON CONFLICT (id) DO NOTHING`,
      );
    },
    get: async (tx, id) => {
      const [row] = await rowsOf<AttachmentRow>(tx, sql`SELECT ${COLUMNS} FROM ${from} WHERE id = ${id}`);
      if (!row) throw unknownAttachment(id);
      return row;
    },
    ofFile,
    check: async (tx, fileId, ids, institution = '') => {
      if (ids.length === 0) return;
      const own = (await ofFile(tx, fileId)).filter((row) => institution === '' || row.institution === institution);
      const missing = ids.find((id) => !own.some((row) => row.id === id));
      if (missing !== undefined) throw unknownAttachment(missing);
    },
    bytesSince: async (tx, addedBy, since) => {
      const [row] = await rowsOf<{ bytes: number }>(
        tx,
        sql`SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM procedure.attachment WHERE added_by = ${addedBy} AND added_at > ${since}`,
      );
      return row?.bytes ?? 0;
    },
    named: async (tx, hashes) => {
      const rows = await rowsOf<{ hash: string }>(
        tx,
        sql`SELECT DISTINCT encode(sha256, 'hex') AS hash FROM procedure.attachment
         WHERE sha256 IN (SELECT decode(hash, 'hex') FROM unnest(${[...hashes]}::text[]) AS hash)`,
      );
      return new Set(rows.map(({ hash }) => hash));
    },
  };
};
