// Certificates. Written by set (a thousand rows are one statement), read through Prisma with their upload state.
import { rowsOf } from '@hengji/messaging';
import type { CertificateNumber } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';
import type { CertificateStore } from '../../application/ports';
import type { Certificate, CertificateState, StandingCertificate, UploadState, Voiding } from '../../domain/certificate';
import type { Certificate as CertificateRow } from '../../generated/client';
import type { Tx } from './database';

export const certificateOf = (row: CertificateRow): Certificate => ({
  number: row.number as CertificateNumber,
  resultId: row.resultId,
  institution: row.institution,
  planId: row.planId,
  sessionId: row.sessionId,
  occupation: row.occupation,
  level: row.level,
  person: row.person,
  examDate: row.examDate,
  issuedOn: row.issuedOn,
  maskedName: row.maskedName,
});

export const voidingOf = ({ voidedAt, voidedBy, voidDocumentNo }: CertificateRow): Voiding | undefined =>
  voidedAt === null || voidedBy === null || voidDocumentNo === null ? undefined : { voidedAt, voidedBy, voidDocumentNo };

const insertSql = (flat: string): Sql => sql`
  INSERT INTO certificate (number, result_id, institution, plan_id, session_id, occupation, level, person, exam_date,
                           issued_on, state, masked_name, sealed_holder, authority, area)
  SELECT number, "resultId", institution, "planId", "sessionId", occupation, level, person, "examDate",
         "issuedOn", 'ISSUED', "maskedName", "sealedHolder", p.authority, p.area
  FROM json_to_recordset(${flat}::json) AS c(number text, "resultId" text, institution text, "planId" text, "sessionId" text,
    occupation text, level text, person text, "examDate" text, "issuedOn" text, "maskedName" text, "sealedHolder" text)
  LEFT JOIN institution_place p ON p.code = c.institution
  ON CONFLICT DO NOTHING RETURNING number`;

export const certificateStore = (): CertificateStore<Tx> => ({
  add: async (tx, rows) => {
    if (rows.length === 0) return new Set();
    const flat = rows.map(({ certificate, sealedHolder }) => ({ ...certificate, sealedHolder }));
    const added = await rowsOf<{ number: string }>(tx, insertSql(JSON.stringify(flat)));
    return new Set(added.map(({ number }) => number));
  },
  find: async (tx, numbers) => {
    const rows = await tx.certificate.findMany({ where: { number: { in: [...numbers] } } });
    return rows.map((row) => ({ certificate: certificateOf(row), sealedHolder: row.sealedHolder }));
  },
  findIssued: async (tx, resultIds) => {
    const rows = await tx.certificate.findMany({ where: { resultId: { in: [...resultIds] } }, select: { resultId: true } });
    return new Set(rows.map(({ resultId }) => resultId));
  },
});

const standing = async (db: Tx, rows: readonly CertificateRow[]): Promise<StandingCertificate[]> => {
  const uploads = await db.upload.findMany({ where: { number: { in: rows.map(({ number }) => number) } } });
  const states = new Map(uploads.map(({ number, state }) => [number, state as UploadState]));
  return rows.map((row) => ({
    ...certificateOf(row),
    state: row.state as CertificateState,
    uploadState: states.get(row.number) ?? 'NONE',
    voiding: voidingOf(row),
  }));
};

/** The existing certificates of the numbers, in number order, in their present state. */
export const findStanding = async (db: Tx, numbers: readonly string[]): Promise<StandingCertificate[]> =>
  standing(db, await db.certificate.findMany({ where: { number: { in: [...numbers] } }, orderBy: { number: 'asc' } }));

/** The existing numbers with their institution and state, in number order: one statement for any number of them. */
export const findNumbers = (
  db: Tx,
  numbers: readonly string[],
): Promise<{ readonly number: string; readonly institution: string; readonly state: CertificateState }[]> =>
  rowsOf(
    db,
    sql`
    SELECT number, institution, state FROM certificate
    WHERE number = ANY(ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb))) ORDER BY number`,
  );
