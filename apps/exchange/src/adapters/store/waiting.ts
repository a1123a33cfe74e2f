// The queue of waiting uploads. Holds are read in the transaction that makes the message, with a shared lock on the guard row. So a fence
// is placed either before this transaction (and holds its uploads) or after it (and finds the uploads in flight).
import { rowsOf } from '@hengji/messaging';
import { activeHolds, checkGuard } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Database, Tx } from './database';
import { heldSql } from './held-back';

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

/** Takes up to `limit` numbers from the queue, in order, without numbers that a hold covers or that another batcher has locked. */
export const takeWaiting = async (tx: Tx, institution: string, limit: number): Promise<string[]> => {
  // There are no records to check: the call takes the shared lock on the guard row.
  await checkGuard(tx, institution, []);
  const holds = await activeHolds(tx, institution);
  const rows = await rowsOf<{ number: string }>(
    tx,
    sql`WITH taken AS (
       SELECT w.institution, w.number FROM waiting_upload w JOIN upload u USING (number)
       WHERE w.institution = ${institution} AND NOT (${heldSql(holds)}) ORDER BY w.number LIMIT ${limit} FOR UPDATE OF w SKIP LOCKED
     )
     DELETE FROM waiting_upload w USING taken t WHERE w.institution = t.institution AND w.number = t.number RETURNING w.number`,
  );
  return rows.map(({ number }) => number).sort();
};
