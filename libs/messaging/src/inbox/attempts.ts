// What the consumer was about to handle is noted before it does, outside the transaction of the effects. A process that dies takes the
// transaction with it, but not the note: so the next one knows at which record it happened, and does not die there for ever.
import type { SqlTx } from '../sql';

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

const paramsOf = ({ topic, partition, offset }: Position): [string, number, string] => [topic, partition, String(offset)];

/**
 * Notes that the batch with this first record begins, and what the record is. One statement for each batch; notes of earlier batches
 * go away with it.
 */
export const beginBatch = async (db: SqlTx, first: Position, digest: Buffer): Promise<Begun> => {
  const rows = await db.$queryRawUnsafe<{ begun: number }[]>(
    `WITH done AS (
       DELETE FROM messaging.attempt WHERE topic = $1 AND partition = $2::integer AND "offset" < $3::bigint
     ), noted AS (
       INSERT INTO messaging.position (topic, partition, "offset", digest) VALUES ($1, $2::integer, $3::bigint, $4)
       ON CONFLICT (topic, partition) DO UPDATE SET "offset" = EXCLUDED."offset", digest = EXCLUDED.digest
     )
     INSERT INTO messaging.attempt AS a (topic, partition, "offset", begun) VALUES ($1, $2::integer, $3::bigint, 1)
     ON CONFLICT (topic, partition, "offset") DO UPDATE SET begun = a.begun + 1, noted_at = now() RETURNING begun`,
    ...paramsOf(first),
    digest,
  );
  return { carefully: (rows[0]?.begun ?? 0) > TIMES };
};

/** A batch in which processes died twice at least, and since how many milliseconds. */
export interface Deadly extends Position {
  readonly ageMs: number;
}

/** Batches that were begun more often than a death may happen by chance. Whether they were finished since the offsets of the group say. */
export const deadlyBatches = async (db: SqlTx): Promise<Deadly[]> => {
  const rows = await db.$queryRawUnsafe<{ topic: string; partition: number; offset: string; age: number }[]>(
    `SELECT topic, partition, "offset"::text AS offset, (extract(epoch FROM now() - since) * 1000)::float8 AS age
     FROM messaging.attempt WHERE begun > $1::integer`,
    TIMES,
  );
  return rows.map(({ offset, age, ...at }) => ({ ...at, offset: BigInt(offset), ageMs: age }));
};

/** The batch was left alive (the reader stops, or lost the partition): that was no death. */
export const leaveBatch = (db: SqlTx, first: Position): Promise<number> =>
  db.$executeRawUnsafe(
    `UPDATE messaging.attempt SET begun = greatest(begun - 1, 0) WHERE topic = $1 AND partition = $2::integer AND "offset" = $3::bigint`,
    ...paramsOf(first),
  );

/**
 * Notes that the record is read and handled alone. Returns whether the process died twelve times while it read the record, or a hundred
 * times while it handled it: then it must not be touched.
 */
export const beginAlone = async (db: SqlTx, at: Position): Promise<boolean> => {
  const rows = await db.$queryRawUnsafe<{ reading: number; alone: number }[]>(
    `INSERT INTO messaging.attempt AS a (topic, partition, "offset", reading, alone) VALUES ($1, $2::integer, $3::bigint, 1, 1)
     ON CONFLICT (topic, partition, "offset") DO UPDATE SET reading = a.reading + 1, alone = a.alone + 1, noted_at = now()
     RETURNING reading, alone`,
    ...paramsOf(at),
  );
  return (rows[0]?.reading ?? 0) > TIMES_READ || (rows[0]?.alone ?? 0) > TIMES_HANDLED;
};

/** The record has been read: what happens from here on is its handler's. */
export const hasRead = (db: SqlTx, at: Position): Promise<number> =>
  db.$executeRawUnsafe(
    `UPDATE messaging.attempt SET reading = 0 WHERE topic = $1 AND partition = $2::integer AND "offset" = $3::bigint`,
    ...paramsOf(at),
  );

/** The record was settled or left alive. */
export const endAlone = (db: SqlTx, at: Position): Promise<number> =>
  db.$executeRawUnsafe(
    `UPDATE messaging.attempt SET alone = greatest(alone - 1, 0) WHERE topic = $1 AND partition = $2::integer AND "offset" = $3::bigint`,
    ...paramsOf(at),
  );
