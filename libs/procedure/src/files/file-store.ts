// Files (案卷) with their record as rows of procedure.file and procedure.entry. For procedures whose service stores only its own business
// columns, under the same id. Entries are inserted and never changed.
import { Refusal } from '@hengji/domain-kit';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { bulk } from 'sql-template-tag';
import { takeTurn } from '../turn';
import type { Entry } from '../tables/terms';

/** What the library stores of a file. */
export interface FileRow {
  readonly id: string;
  /** The subject; the institution, if the file is about an institution. */
  readonly subject: string;
  readonly institution: string;
  readonly authority: string;
  readonly state: string;
  readonly entries: readonly Entry[];
}

/** The fields of a file that change with its steps. */
export type FileMoved = Pick<FileRow, 'id' | 'state' | 'entries'>;

export interface FileStore<Tx> {
  /** Writes a new file with its first entries. */
  open(tx: Tx, file: FileRow, now: Date): Promise<void>;
  /** Takes the institution's turn lock, then locks the file until the transaction ends. Refuses `<noun>.unknown`. */
  lock(tx: Tx, id: string): Promise<FileRow>;
  /** Writes the state and the new entries, and counts the step. */
  save(tx: Tx, before: FileMoved, after: FileMoved, now: Date): Promise<void>;
  /** The current file. Refuses `<noun>.unknown`. */
  get(tx: Tx, id: string): Promise<FileRow>;
}

const ENTRY = sql`number, step, by, by_name AS "byName", at, text, document_ids AS "documentIds", attachment_ids AS "attachmentIds"`;

const append = async (tx: SqlTx, fileId: string, added: readonly Entry[]): Promise<void> => {
  if (added.length === 0) return;
  const rows = added.map(({ number, step, by, byName, at, text, documentIds, attachmentIds }) => [
    ...[fileId, number, step, by, byName, at, text],
    ...[[...documentIds], [...attachmentIds]],
  ]);
  await execute(
    tx,
    sql`INSERT INTO procedure.entry (file_id, number, step, by, by_name, at, text, document_ids, attachment_ids) VALUES ${bulk(rows)}`,
  );
};

/** `kind`: the procedure that the files follow. `noun`: the prefix of its reason codes. */
export const fileStore = <Tx extends SqlTx>(kind: string, { noun, called }: { noun: string; called: string }): FileStore<Tx> => {
  const get = async (tx: SqlTx, id: string): Promise<FileRow> => {
    const [file] = await rowsOf<Omit<FileRow, 'entries'>>(
      tx,
      sql`SELECT id, subject, institution, authority, state FROM procedure.file WHERE kind = ${kind} AND id = ${id}`,
    );
    if (!file) throw new Refusal('notFound', `${noun}.unknown`, `没有${called}`, { field: 'id' });
    return { ...file, entries: await rowsOf<Entry>(tx, sql`SELECT ${ENTRY} FROM procedure.entry WHERE file_id = ${id} ORDER BY number`) };
  };
  return {
    open: async (tx, { id, subject, institution, authority, state, entries }, now) => {
      await execute(
        tx,
        sql`INSERT INTO procedure.file (id, kind, subject, institution, authority, state, version, opened_at, moved_at)
            VALUES (${id}, ${kind}, ${subject}, ${institution}, ${authority}, ${state}, 1, ${now}, ${now})`,
      );
      await append(tx, id, entries);
    },
    lock: async (tx, id) => {
      await takeTurn(tx, (await get(tx, id)).institution);
      await execute(tx, sql`SELECT id FROM procedure.file WHERE id = ${id} FOR UPDATE`);
      return get(tx, id);
    },
    save: async (tx, before, { id, state, entries }, now) => {
      await execute(tx, sql`UPDATE procedure.file SET state = ${state}, version = version + 1, moved_at = ${now} WHERE id = ${id}`);
      await append(tx, id, entries.slice(before.entries.length));
    },
    get,
  };
};
