// Counts for progress and reports, as plain counts over the tables.
import type { Tx } from './database';

export interface Counts {
  readonly total: bigint;
  readonly voided: bigint;
  readonly uploaded: bigint;
  readonly withdrawn: bigint;
}

const COUNT = (certificates: string, uploads: string): string => `
  SELECT c.total, c.voided, u.uploaded, u.withdrawn
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE state = 'VOIDED') AS voided FROM certificate ${certificates}) AS c,
       (SELECT count(*) FILTER (WHERE state = 'UPLOADED') AS uploaded,
               count(*) FILTER (WHERE state = 'WITHDRAWN') AS withdrawn FROM upload ${uploads}) AS u`;

const OF_ALL = COUNT('', '');
// An institution's numbers begin with its code, and ':' follows the digits in ASCII: one range of the key.
const OF_INSTITUTION = COUNT('WHERE institution = $1', `WHERE number > $1 AND number < $1 || ':'`);

/** Counts of an institution, or of all when it is empty. */
export const countCertificates = async (db: Tx, institution: string): Promise<Counts> => {
  const rows = institution === '' ? db.$queryRawUnsafe<Counts[]>(OF_ALL) : db.$queryRawUnsafe<Counts[]>(OF_INSTITUTION, institution);
  const [counts] = await rows;
  if (counts === undefined) throw new Error('count without a row');
  return counts;
};
