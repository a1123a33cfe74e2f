// Counts for progress and reports, as plain counts over the tables. An institution's numbers begin with its code, so
// they are one range of each table's primary key.
import type { Tx } from './database';

export interface Counts {
  readonly total: bigint;
  readonly voided: bigint;
  readonly uploaded: bigint;
  readonly withdrawn: bigint;
}

const COUNT = (where: string): string => `
  SELECT certificates.total, certificates.voided, uploads.uploaded, uploads.withdrawn
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE state = 'VOIDED') AS voided FROM certificate ${where}) AS certificates,
       (SELECT count(*) FILTER (WHERE state = 'UPLOADED') AS uploaded,
               count(*) FILTER (WHERE state = 'WITHDRAWN') AS withdrawn FROM upload ${where}) AS uploads`;

const OF_ALL = COUNT('');
// ':' follows the digits in ASCII.
const OF_INSTITUTION = COUNT(`WHERE number > $1 AND number < $1 || ':'`);

/** Counts of an institution, or of all when it is empty. */
export const countCertificates = async (db: Tx, institution: string): Promise<Counts> => {
  const rows = institution === '' ? db.$queryRawUnsafe<Counts[]>(OF_ALL) : db.$queryRawUnsafe<Counts[]>(OF_INSTITUTION, institution);
  const [counts] = await rows;
  if (counts === undefined) throw new Error('count without a row');
  return counts;
};
