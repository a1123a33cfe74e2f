// The queue of uploads that wait. Holds are read in the transaction that makes the message, with the guard row shared:
// a fence is placed either before (and keeps its uploads back) or after (and finds them under way).
import { rowsOf } from '@hengji/messaging';
import { activeHolds, checkGuard } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Database, Tx } from './database';
import { heldSql } from './held-back';

/** Institutions for which something waits, held back or not. Skips along the index: cheap with a million waiting. */
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

/** Takes up to `limit` numbers out of the queue, in order, leaving what a hold covers and what another batcher has. */
export const takeWaiting = async (tx: Tx, institution: string, limit: number): Promise<string[]> => {
  // No records to check: it is called for the guard row that it shares.
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
