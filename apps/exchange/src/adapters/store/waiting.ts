// The queue of waiting uploads. What approval says about the filing is asked before the transaction and stored with what waits. Holds are read in the transaction that makes the message, with a shared lock on the guard row. So a fence
// is placed either before this transaction (and holds its uploads) or after it (and finds the uploads in flight).
import { execute, rowsOf } from '@hengji/messaging';
import { activeHolds, checkGuard, holdsLetGo } from '@hengji/participation';
import sql, { type Sql } from 'sql-template-tag';
import type { Exam, ExamAnswer, FilingStanding } from '../../domain/filing';
import type { Database, Tx } from './database';
import { heldSql } from './held-back';
import { textArray } from './text-array';

/** Institutions with waiting uploads, on hold or not. The query skips along the index, so it is cheap with a million waiting uploads. */
export const waitingInstitutions = async (db: Database): Promise<string[]> => {
  const rows = await rowsOf<{ institution: string }>(
    db,
    sql`WITH RECURSIVE step AS (
       (SELECT institution FROM waiting_upload ORDER BY institution LIMIT 1)
       UNION ALL
       SELECT (SELECT w.institution FROM waiting_upload w WHERE w.institution > step.institution ORDER BY w.institution LIMIT 1)
       FROM step WHERE step.institution IS NOT NULL
     )
     SELECT institution FROM step WHERE institution IS NOT NULL`,
  );
  return rows.map(({ institution }) => institution);
};

/** The exams of all waiting uploads of the institution. */
export const waitingExams = (db: Database, institution: string): Promise<Exam[]> =>
  rowsOf<Exam>(
    db,
    sql`SELECT DISTINCT u.occupation, u.level, u.exam_date AS "examDate" FROM waiting_upload w JOIN upload u USING (number)
     WHERE w.institution = ${institution} ORDER BY 3, 1, 2`,
  );

const examsSql = (exams: readonly Exam[]): Sql => {
  const column = (name: keyof Exam): Sql => sql`${textArray(exams.map((exam) => exam[name]))}::text[]`;
  return sql`unnest(${column('occupation')}, ${column('level')}, ${column('examDate')})`;
};

/** Stores with each waiting upload why the filing does not cover it; empty where it does. */
export const noteObstacles = async (db: Database, institution: string, answers: readonly ExamAnswer[]): Promise<void> => {
  const obstacles = sql`${textArray(answers.map(({ obstacle }) => obstacle))}::text[]`;
  await execute(
    db,
    sql`UPDATE waiting_upload w SET obstacle = a.obstacle
     FROM upload u JOIN (SELECT * FROM ROWS FROM (${examsSql(answers)}, unnest(${obstacles})) AS t(occupation, level, exam_date, obstacle)) a
       USING (occupation, level, exam_date)
     WHERE w.institution = ${institution} AND u.number = w.number AND w.obstacle <> a.obstacle`,
  );
};

interface ObstacleCount {
  readonly obstacle: string;
  readonly uploads: bigint;
}

/** How many uploads wait because the filing does not cover them, by reason; an empty institution counts all. */
export const countObstacles = (db: Database, institution: string): Promise<ObstacleCount[]> =>
  rowsOf<ObstacleCount>(
    db,
    sql`SELECT obstacle, count(*) AS uploads FROM waiting_upload
     WHERE obstacle <> '' AND (${institution} = '' OR institution = ${institution}) GROUP BY obstacle ORDER BY obstacle`,
  );

/**
 * Takes up to `limit` numbers from the queue, in order, of exams that the filing covers, without numbers that a hold covers or that another
 * batcher has locked. A hold that was released since approval was asked counts as well: its order may have removed the filing.
 */
export const takeWaiting = async (tx: Tx, institution: string, { answers, askedAt }: FilingStanding, limit: number): Promise<string[]> => {
  const covered = answers.filter(({ obstacle }) => obstacle === '');
  if (covered.length === 0) return [];
  // There are no records to check: the call takes the shared lock on the guard row.
  await checkGuard(tx, institution, []);
  const holds = [...(await activeHolds(tx, institution)), ...(await holdsLetGo(tx, institution, askedAt))];
  const rows = await rowsOf<{ number: string }>(
    tx,
    sql`WITH taken AS (
       SELECT w.institution, w.number FROM waiting_upload w JOIN upload u USING (number)
       WHERE w.institution = ${institution} AND NOT (${heldSql(holds)})
         AND (u.occupation, u.level, u.exam_date) IN (SELECT * FROM ${examsSql(covered)}) ORDER BY w.number LIMIT ${limit} FOR UPDATE OF w SKIP LOCKED
     )
     DELETE FROM waiting_upload w USING taken t WHERE w.institution = t.institution AND w.number = t.number RETURNING w.number`,
  );
  return rows.map(({ number }) => number).sort();
};
