// Results. Written by set (a thousand rows are one statement), read through Prisma.
import { execute, rowsOf } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { ResultStore, SealedResult } from '../../application/ports';
import type { Result } from '../../domain/result';
import type { Result as ResultRow } from '../../generated/client';
import type { Tx } from './database';

export const resultOf = (row: Omit<ResultRow, 'sealedCandidate' | 'createdAt'>): SealedResult['result'] => ({
  resultId: row.resultId,
  sessionId: row.sessionId,
  planId: row.planId,
  institution: row.institution,
  occupation: row.occupation,
  level: row.level,
  person: row.person,
  examDate: row.examDate,
  theoryTenths: row.theoryTenths,
  skillTenths: row.skillTenths,
  ...(row.reviewTenths !== null && { reviewTenths: row.reviewTenths }),
  passed: row.passed,
  state: row.state as Result['state'],
  publishedOn: row.publishedOn ?? '',
  certificateNumber: row.certificateNumber,
});

const insertSql = (flat: string): Sql => sql`
  INSERT INTO result (result_id, session_id, plan_id, institution, occupation, level, person, exam_date,
                      theory_tenths, skill_tenths, review_tenths, passed, state, sealed_candidate, authority, area)
  SELECT "resultId", "sessionId", "planId", institution, occupation, level, person, "examDate",
         "theoryTenths", "skillTenths", "reviewTenths", passed, state, "sealedCandidate", p.authority, p.area
  FROM json_to_recordset(${flat}::json) AS r("resultId" text, "sessionId" text, "planId" text, institution text, occupation text,
    level text, person text, "examDate" text, "theoryTenths" int, "skillTenths" int, "reviewTenths" int, passed boolean,
    state text, "sealedCandidate" text)
  LEFT JOIN institution_place p ON p.code = r.institution
  ON CONFLICT DO NOTHING RETURNING result_id AS id`;

const lockRecordedSql = (sessionId: string): Sql =>
  sql`SELECT result_id FROM result WHERE session_id = ${sessionId} AND state = 'RECORDED' ORDER BY result_id FOR UPDATE`;

// Certificates are matched by person and session, because the event of certificate carries no result id.
const noteCertificatesSql = (narrowed: string): Sql => sql`
  UPDATE result SET certificate_number = c.number
  FROM json_to_recordset(${narrowed}::json) AS c(number text, "sessionId" text, person text)
  WHERE result.session_id = c."sessionId" AND result.person = c.person AND result.certificate_number IS DISTINCT FROM c.number`;

export const resultStore = (): ResultStore<Tx> => ({
  add: async (tx, rows) => {
    if (rows.length === 0) return new Set();
    const flat = rows.map(({ result, sealedCandidate }) => ({ ...result, sealedCandidate }));
    const added = await rowsOf<{ id: string }>(tx, insertSql(JSON.stringify(flat)));
    return new Set(added.map((row) => row.id));
  },
  find: async (tx, resultIds) => {
    const rows = await tx.result.findMany({ where: { resultId: { in: [...resultIds] } }, orderBy: { resultId: 'asc' } });
    return rows.map((row) => ({ result: resultOf(row), sealedCandidate: row.sealedCandidate }));
  },
  lockRecorded: async (tx, sessionId) => {
    await rowsOf(tx, lockRecordedSql(sessionId));
    const rows = await tx.result.findMany({ where: { sessionId, state: 'RECORDED' }, orderBy: { resultId: 'asc' } });
    return rows.map(resultOf);
  },
  publish: async (tx, resultIds, { state, publishedOn }) => {
    await execute(
      tx,
      sql`UPDATE result SET state = ${state}, published_on = ${publishedOn}
        WHERE result_id = ANY(ARRAY(SELECT json_array_elements_text(${JSON.stringify(resultIds)}::json)))`,
    );
  },
});

/** Stores which certificate was issued on which result; unknown results are left out. A repeat changes nothing. */
export const noteCertificates = async (
  tx: Tx,
  certificates: readonly { readonly number: string; readonly sessionId: string; readonly person: string }[],
): Promise<void> => {
  const narrowed = certificates.map(({ number, sessionId, person }) => ({ number, sessionId, person }));
  await execute(tx, noteCertificatesSql(JSON.stringify(narrowed)));
};

/** The existing results of the ids. */
export const findResults = async (db: Tx, resultIds: readonly string[]): Promise<Result[]> =>
  (await db.result.findMany({ where: { resultId: { in: [...resultIds] } } })).map(resultOf);

/** Deletes all certificate numbers; the caller stores them again. */
export const forgetCertificates = (tx: Tx): Promise<number> =>
  execute(tx, sql`UPDATE result SET certificate_number = NULL WHERE certificate_number IS NOT NULL`);

/** One result, if it exists. */
export const findResult = async (db: Tx, resultId: string): Promise<Result | undefined> => {
  const row = await db.result.findUnique({ where: { resultId } });
  return row === null ? undefined : resultOf(row);
};
