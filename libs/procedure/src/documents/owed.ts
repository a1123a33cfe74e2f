// Documents that an event outside a step requires, for example a signature. The clock creates them afterwards, so that printing blocks no
// request. A document that cannot be created is postponed by a minute, with the reason in procedure.owed_document.
import { execute, rowsOf, storable, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { takeTurn } from '../turn';
import type { Terms } from '../tables/terms';
import type { Documents } from './documents';

/** `which`: see procedure.document; `by`: the person whose act requires the document. */
export interface Owed<Kind extends string = string> {
  readonly fileId: string;
  readonly about: string;
  readonly kind: Kind;
  readonly which: string;
  readonly by: string;
}

/** Records that a document is required from now on; a repeated record creates it once. */
export type Owe<Tx, Kind extends string = string> = (tx: Tx, owed: Owed<Kind>, at: Date) => Promise<void>;

const AT_ONCE = 20;
const PUT_OFF_MS = 60_000;
/** A due time further ahead was set by a clock that ran ahead: the document is due. */
const FURTHEST_MS = PUT_OFF_MS + 60_000;

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const isOne = ({ fileId, about, kind, which }: Owed) =>
  sql`file_id = ${fileId} AND about = ${about} AND kind = ${kind} AND which = ${which}`;

export const owe =
  <Kind extends string>(fileKind: string): Owe<SqlTx, Kind> =>
  async (tx, { fileId, about, kind, which, by }, at) => {
    await execute(
      tx,
      sql`INSERT INTO procedure.owed_document (file_kind, file_id, about, kind, which, by, next_try_at)
          VALUES (${fileKind}, ${fileId}, ${about}, ${kind}, ${which}, ${by}, ${at}) ON CONFLICT DO NOTHING`,
    );
  };

const findDue = <Kind extends string>(db: SqlTx, fileKind: string, now: Date): Promise<Owed<Kind>[]> =>
  rowsOf(
    db,
    sql`SELECT file_id AS "fileId", about, kind, which, by FROM procedure.owed_document
        WHERE file_kind = ${fileKind} AND (next_try_at <= ${now} OR next_try_at > ${after(now, FURTHEST_MS)})
        ORDER BY next_try_at LIMIT ${AT_ONCE}::integer`,
  );

/** Locks the entry and removes it from the list; false if another process did. */
const take = async (tx: SqlTx, owed: Owed): Promise<boolean> =>
  (await rowsOf(tx, sql`DELETE FROM procedure.owed_document WHERE ${isOne(owed)} RETURNING 1 AS taken`)).length === 1;

interface Deps<Tx extends SqlTx, T extends Terms> {
  readonly fileKind: string;
  readonly db: SqlTx;
  readonly transactions: { run<R>(work: (tx: Tx) => Promise<R>): Promise<R> };
  readonly documents: Pick<Documents<Tx, T>, 'make'>;
  /** The file as of this transaction. */
  readonly findFile: (tx: Tx, fileId: string) => Promise<T['file']>;
  readonly now: () => Date;
  readonly onTrouble: (failure: unknown, what: string) => void;
}

/**
 * Creates the documents that are required and due, each in its own transaction under the turn lock of its institution. A check of
 * `limitClock`.
 */
export const makeOwed =
  <Tx extends SqlTx, T extends Terms>({ fileKind, db, transactions, documents, findFile, now, onTrouble }: Deps<Tx, T>) =>
  async (): Promise<void> => {
    for (const one of await findDue<T['document']>(db, fileKind, now())) {
      try {
        await transactions.run(async (tx) => {
          await takeTurn(tx, (await findFile(tx, one.fileId)).institution);
          if (!(await take(tx, one))) return;
          await documents.make(tx, { ...one, file: await findFile(tx, one.fileId), text: '', now: now() });
        });
      } catch (failure) {
        onTrouble(failure, `document ${one.kind} of file ${one.fileId}`);
        const trouble = storable(failure instanceof Error ? failure.message : String(failure));
        await execute(
          db,
          sql`UPDATE procedure.owed_document SET tries = tries + 1, next_try_at = ${after(now(), PUT_OFF_MS)}, trouble = ${trouble}
              WHERE ${isOne(one)}`,
        );
      }
    }
  };
