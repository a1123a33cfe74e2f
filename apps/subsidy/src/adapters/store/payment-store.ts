// Payments and recoveries as they are listed and counted, and payments as they are added: by set, since an import message
// has a thousand.
import type { PaymentStore } from '../../application/ports';
import type { FundSource, Payment } from '../../domain/payment';
import type { CertificateNumber } from '@hengji/province';
import type { Payment as PaymentRow, Recovery } from '../../generated/client';
import type { Tx } from './database';

const COLUMNS = `payment_id, certificate_number, institution, plan_id, session_id, occupation, level, person, fen, fund_source, paid_on, exam_date`;
const GIVEN = `"paymentId", "certificateNumber", institution, "planId", "sessionId", occupation, level, person, fen, "fundSource", "paidOn", "examDate"`;

// fen travels as text: JSON numbers lose what bigint keeps.
const ROWS = `json_to_recordset($1::json) AS p(
  position int, "paymentId" text, "certificateNumber" text, institution text, "planId" text, "sessionId" text, occupation text,
  level text, person text, fen bigint, "fundSource" text, "paidOn" text, "examDate" text)`;

// In order of id: two messages that overlap meet in the same order and do not wait for each other in a ring.
const ADD = `
  INSERT INTO payment (${COLUMNS}, authority, area) SELECT ${GIVEN}, place.authority, place.area
  FROM ${ROWS} LEFT JOIN institution_place place ON place.code = p.institution ORDER BY "paymentId", position
  ON CONFLICT DO NOTHING RETURNING payment_id AS id`;

const DIFFERING = `
  SELECT p.position FROM ${ROWS} WHERE NOT EXISTS (
    SELECT 1 FROM payment t WHERE t.payment_id = p."paymentId"
      AND (${COLUMNS.replaceAll(/\b(\w+)\b/g, 't.$1')}) = (${GIVEN.replaceAll(/("\w+"|\b\w+\b)/g, 'p.$1')}))
  ORDER BY p.position`;

const jsonOf = (payments: readonly Payment[]): string =>
  JSON.stringify(payments.map((payment, position) => ({ ...payment, position, fen: payment.fen.toString() })));

export const paymentStore = (): PaymentStore<Tx> => ({
  add: async (tx, payments) => {
    if (payments.length === 0) return new Set();
    const added = await tx.$queryRawUnsafe<{ id: string }[]>(ADD, jsonOf(payments));
    return new Set(added.map(({ id }) => id));
  },
  differing: async (tx, payments) => {
    const rows = await tx.$queryRawUnsafe<{ position: number }[]>(DIFFERING, jsonOf(payments));
    return rows.map(({ position }) => position);
  },
});

const paymentOf = (row: PaymentRow): Payment => ({
  ...row,
  certificateNumber: row.certificateNumber as CertificateNumber,
  fundSource: row.fundSource as FundSource,
});

/** Those of the ids that exist. */
export const findPayments = async (db: Tx, paymentIds: readonly string[]): Promise<Payment[]> =>
  (await db.payment.findMany({ where: { paymentId: { in: [...paymentIds] } } })).map(paymentOf);

/** An institution's payments behind that id, in their order. */
export const paymentsAfter = async (db: Tx, institution: string, after: string, limit: number): Promise<Payment[]> =>
  (await db.payment.findMany({ where: { institution, paymentId: { gt: after } }, orderBy: { paymentId: 'asc' }, take: limit })).map(
    paymentOf,
  );

/** Those of the ids that exist. */
export const findRecoveries = (db: Tx, recoveryIds: readonly string[]): Promise<Recovery[]> =>
  db.recovery.findMany({ where: { recoveryId: { in: [...recoveryIds] } } });

export interface Counts {
  readonly payments: bigint;
  readonly paidFen: bigint;
  /** Recoveries that stand. */
  readonly recoveries: bigint;
  readonly recoveriesFen: bigint;
}

/** Counts of an institution, or of all when it is empty. */
export const countPayments = async (db: Tx, institution: string): Promise<Counts> => {
  const [row] = await db.$queryRawUnsafe<Record<keyof Counts, string>[]>(
    `SELECT p.count::text AS payments, p.fen::text AS "paidFen", r.count::text AS recoveries, r.fen::text AS "recoveriesFen"
     FROM (SELECT count(*), coalesce(sum(fen), 0)::bigint AS fen FROM payment WHERE $1 = '' OR institution = $1) p,
          (SELECT count(*), coalesce(sum(fen), 0)::bigint AS fen FROM recovery WHERE state = 'DRAFT' AND ($1 = '' OR institution = $1)) r`,
    institution,
  );
  if (row === undefined) throw new Error('count without a row');
  return {
    payments: BigInt(row.payments),
    paidFen: BigInt(row.paidFen),
    recoveries: BigInt(row.recoveries),
    recoveriesFen: BigInt(row.recoveriesFen),
  };
};
