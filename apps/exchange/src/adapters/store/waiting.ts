// The queue of uploads that wait. Holds are read in the transaction that makes the message, with the guard row shared:
// a fence is placed either before (and keeps its uploads back) or after (and finds them under way).
import { activeHolds, checkGuard } from '@hengji/participation';
import type { Database, Tx } from './database';
import { heldSql } from './held-back';

/** Institutions for which something waits, held back or not. Skips along the index: cheap with a million waiting. */
export const waitingInstitutions = async (db: Database): Promise<string[]> => {
  const rows = await db.$queryRawUnsafe<{ institution: string }[]>(
    `WITH RECURSIVE step AS (
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
  const held = heldSql(await activeHolds(tx, institution), 3);
  const rows = await tx.$queryRawUnsafe<{ number: string }[]>(
    `WITH taken AS (
       SELECT w.institution, w.number FROM waiting_upload w JOIN upload u USING (number)
       WHERE w.institution = $1 AND NOT (${held.sql}) ORDER BY w.number LIMIT $2 FOR UPDATE OF w SKIP LOCKED
     )
     DELETE FROM waiting_upload w USING taken t WHERE w.institution = t.institution AND w.number = t.number RETURNING w.number`,
    institution,
    limit,
    ...held.params,
  );
  return rows.map(({ number }) => number).sort();
};
