// Counts for progress and reports, as plain counts over the tables; those of an institution are a stretch of an index.
import type { Tx } from './database';

export interface Counts {
  readonly plans: bigint;
  readonly sessions: bigint;
  readonly results: bigint;
  readonly cancelled: bigint;
}

const COUNT = (where: string): string => `
  SELECT (SELECT count(*) FROM plan ${where}) AS plans,
         (SELECT count(*) FROM session ${where}) AS sessions,
         results.total AS results, results.cancelled
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled FROM result ${where}) AS results`;

const OF_ALL = COUNT('');
const OF_INSTITUTION = COUNT('WHERE institution = $1');

/** Counts of an institution, or of all when it is empty. */
export const countRecords = async (db: Tx, institution: string): Promise<Counts> => {
  const rows = institution === '' ? db.$queryRawUnsafe<Counts[]>(OF_ALL) : db.$queryRawUnsafe<Counts[]>(OF_INSTITUTION, institution);
  const [counts] = await rows;
  if (counts === undefined) throw new Error('count without a row');
  return counts;
};
