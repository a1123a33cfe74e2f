// What the consumer was about to handle is noted before it does, outside the transaction of the effects. A process that dies takes the
// transaction with it, but not the note: so the next one knows at which record it happened, and does not die there for ever.
import sql, { type Sql } from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from '../sql';

/** So often a batch may be begun without being left or finished; then its records go one by one. */
const TIMES = 2;
/**
 * Whoever dies may have been killed for another reason, many times over, and a record that is parked stops its institution's orders: so
 * one that was never read to its end is given many tries, and one that was read far more. Reading is bounded in bytes and elements.
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
  /** Twice before, the process died in this batch: handle its records alone. */
  readonly carefully: boolean;
}

/** The place as three values of a row. */
const valuesOf = ({ topic, partition, offset }: Position): Sql => sql`${topic}, ${partition}::integer, ${String(offset)}::bigint`;

/** Condition: the note is of this place. */
const isAt = (at: Position): Sql => sql`(topic, partition, "offset") = (${valuesOf(at)})`;

/**
 * Notes that the batch with this first record begins, and what the record is. One statement for each batch; notes of earlier batches
 * go away with it.
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

/** A batch in which processes died twice at least, and since how many milliseconds. */
export interface Deadly extends Position {
  readonly ageMs: number;
}

/** Batches that were begun more often than a death may happen by chance. Whether they were finished since the offsets of the group say. */
export const deadlyBatches = async (db: SqlTx): Promise<Deadly[]> => {
  const rows = await rowsOf<{ topic: string; partition: number; offset: string; age: number }>(
    db,
    sql`SELECT topic, partition, "offset"::text AS offset, (extract(epoch FROM now() - since) * 1000)::float8 AS age
     FROM messaging.attempt WHERE begun > ${TIMES}::integer`,
  );
  return rows.map(({ offset, age, ...at }) => ({ ...at, offset: BigInt(offset), ageMs: age }));
};

/** The batch was left alive (the reader stops, or lost the partition): that was no death. */
export const leaveBatch = (db: SqlTx, first: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET begun = greatest(begun - 1, 0) WHERE ${isAt(first)}`);

/**
 * Notes that the record is read and handled alone. Returns whether the process died twelve times while it read the record, or a hundred
 * times while it handled it: then it must not be touched.
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

/** The record has been read: what happens from here on is its handler's. */
export const hasRead = (db: SqlTx, at: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET reading = 0 WHERE ${isAt(at)}`);

/** The record was settled or left alive. */
export const endAlone = (db: SqlTx, at: Position): Promise<number> =>
  execute(db, sql`UPDATE messaging.attempt SET alone = greatest(alone - 1, 0) WHERE ${isAt(at)}`);
