// The consumer records what it is about to handle, outside the transaction of the effects. When the process dies, the transaction is rolled
// back but the note stays. The next process then knows which record it was, and does not die at the same record for ever.
import sql, { type Sql } from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from '../sql';

/** A batch may be begun this often without being left or finished; then its records are handled one by one. */
const TIMES = 2;
/**
 * A process may be killed for other reasons, several times, and a parked record stops the orders of its institution. So a record that was
 * never read to its end gets many tries, and a record that was read gets far more. Reading is limited in bytes and elements.
 */
const TIMES_READ = 12;
const TIMES_HANDLED = 100;

export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** How a batch was begun. */
export interface Begun {
  /** The process died in this batch twice before: handle its records alone. */
  readonly carefully: boolean;
}

/** The position as three values of a row. */
const valuesOf = ({ topic, partition, offset }: Position): Sql => sql`${topic}, ${partition}::integer, ${String(offset)}::bigint`;

/** Condition: the note is about this position. */
const isAt = (at: Position): Sql => sql`(topic, partition, "offset") = (${valuesOf(at)})`;

/**
 * Records that the batch with this first record begins, and the digest of the record. One statement for each batch; it also deletes the
 * notes of earlier batches.
 */
export const beginBatch = async (db: SqlTx, first: Position, digest: Buffer): Promise<Begun> => {
  const { topic, partition, offset } = first;
  const rows = await rowsOf<{ begun: number }>(
    db,
    sql`WITH done AS (
       DELETE FROM messaging.attempt WHERE topic = ${topic} AND partition = ${partition}::integer AND "offset" < ${String(offset)}::bigint
     ), noted AS (
       INSERT INTO messaging.position (topic, partition, "offset", digest) VALUES (${valuesOf(first)}, ${digest})
       ON CONFLICT (topic, partition) DO UPDATE SET "offset" = EXCLUDED."offset", digest = EXCLUDED.digest
     )
     INSERT INTO messaging.attempt AS a (topic, partition, "offset", begun) VALUES (${valuesOf(first)}, 1)
     ON CONFLICT (topic, partition, "offset") DO UPDATE SET begun = a.begun + 1, noted_at = now() RETURNING begun`,
  );
  return { carefully: (rows[0]?.begun ?? 0) > TIMES };
};

/** A batch in which processes died at least twice, and for how many milliseconds. */
export interface Deadly extends Position {
  readonly ageMs: number;
}

/** Batches that were begun more often than chance deaths explain. The offsets of the group show whether they were finished since. */
export const deadlyBatches = async (db: SqlTx): Promise<Deadly[]> => {
  const rows = await rowsOf<{ topic: string; partition: number; offset: string; age: number }>(
    db,
    sql`SELECT topic, partition, "offset"::text AS offset, (extract(epoch FROM now() - since) * 1000)::float8 AS age
     FROM messaging.attempt WHERE begun > ${TIMES}::integer`,
  );
  return rows.map(({ offset, age, ...at }) => ({ ...at, offset: BigInt(offset), ageMs: age }));
};

/** The process left the batch normally (the reader stops, or lost the partition): this does not count as a death. */
export const leaveBatch = (db: SqlTx, first: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET begun = greatest(begun - 1, 0) WHERE ${isAt(first)}`);

/**
 * Records that the record is read and handled alone. Returns whether the process died twelve times while it read the record, or a hundred
 * times while it handled the record: then the record must not be processed again.
 */
export const beginAlone = async (db: SqlTx, at: Position): Promise<boolean> => {
  const rows = await rowsOf<{ reading: number; alone: number }>(
    db,
    sql`INSERT INTO messaging.attempt AS a (topic, partition, "offset", reading, alone) VALUES (${valuesOf(at)}, 1, 1)
     ON CONFLICT (topic, partition, "offset") DO UPDATE SET reading = a.reading + 1, alone = a.alone + 1, noted_at = now()
     RETURNING reading, alone`,
  );
  return (rows[0]?.reading ?? 0) > TIMES_READ || (rows[0]?.alone ?? 0) > TIMES_HANDLED;
};

/** The record has been read: from here on a death counts for the handler. */
export const hasRead = (db: SqlTx, at: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET reading = 0 WHERE ${isAt(at)}`);

/** The record was settled, or the process left it normally. */
export const endAlone = (db: SqlTx, at: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET alone = greatest(alone - 1, 0) WHERE ${isAt(at)}`);
