// Counts for progress and reports, as plain counts over the tables.
import { rowsOf } from '@hengji/messaging';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Tx } from './database';

export interface Counts {
  readonly total: bigint;
  readonly voided: bigint;
  readonly uploaded: bigint;
  readonly withdrawn: bigint;
}

const countSql = (certificates: Sql, uploads: Sql): Sql => sql`
  SELECT c.total, c.voided, u.uploaded, u.withdrawn
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE state = 'VOIDED') AS voided FROM certificate ${certificates}) AS c,
       (SELECT count(*) FILTER (WHERE state = 'UPLOADED') AS uploaded,
               count(*) FILTER (WHERE state = 'WITHDRAWN') AS withdrawn FROM upload ${uploads}) AS u`;

const OF_ALL = countSql(empty, empty);
// An institution's numbers begin with its code, and ':' follows the digits in ASCII: one range of the key.
const ofInstitution = (institution: string): Sql =>
  countSql(sql`WHERE institution = ${institution}`, sql`WHERE number > ${institution} AND number < ${`${institution}:`}`);

/** Counts of an institution, or of all institutions when it is empty. */
export const countCertificates = async (db: Tx, institution: string): Promise<Counts> => {
  const [counts] = await rowsOf<Counts>(db, institution === '' ? OF_ALL : ofInstitution(institution));
  if (counts === undefined) throw new Error('count without a row');
  return counts;
};
