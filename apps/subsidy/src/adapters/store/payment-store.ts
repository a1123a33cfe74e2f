// Reads for lists and counts of payments and recoveries, and the insert of payments, by set because an import message has a thousand.
import { rowsOf } from '@hengji/messaging';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { PaymentStore } from '../../application/ports';
import type { FundSource, Payment } from '../../domain/payment';
import type { CertificateNumber } from '@hengji/province';
import type { Payment as PaymentRow, Recovery, RecoveryDemand } from '../../generated/client';
import type { Tx } from './database';

/** Columns of a given payment, and their names in the JSON. */
const GIVEN = {
  payment_id: 'paymentId',
  certificate_number: 'certificateNumber',
  institution: 'institution',
  plan_id: 'planId',
  session_id: 'sessionId',
  occupation: 'occupation',
  level: 'level',
  person: 'person',
  fen: 'fen',
  fund_source: 'fundSource',
  paid_on: 'paidOn',
  exam_date: 'examDate',
} as const satisfies Record<string, keyof Payment>;

/** The columns of alias t, and the values of alias p in the same order. */
const COLUMNS = join(
  Object.keys(GIVEN).map((column) => raw(column)),
  ', ',
);
const STORED = join(
  Object.keys(GIVEN).map((column) => raw(`t.${column}`)),
  ', ',
);
const VALUES = join(
  Object.values(GIVEN).map((name) => raw(`p."${name}"`)),
  ', ',
);

// fen is sent as text, because JSON numbers lose precision that bigint keeps.
const rowsSql = (payments: string): Sql => sql`json_to_recordset(${payments}::json) AS p(
  position int, "paymentId" text, "certificateNumber" text, institution text, "planId" text, "sessionId" text, occupation text,
  level text, person text, fen bigint, "fundSource" text, "paidOn" text, "examDate" text)`;

// In order of id: two overlapping messages lock rows in the same order, so they cannot deadlock.
const addSql = (payments: string): Sql => sql`
  INSERT INTO payment (${COLUMNS}, authority, area) SELECT ${VALUES}, place.authority, place.area
  FROM ${rowsSql(payments)} LEFT JOIN institution_place place ON place.code = p.institution ORDER BY "paymentId", position
  ON CONFLICT DO NOTHING RETURNING payment_id AS id`;

const differingSql = (payments: string): Sql => sql`
  SELECT p.position FROM ${rowsSql(payments)} WHERE NOT EXISTS (
    SELECT 1 FROM payment t WHERE t.payment_id = p."paymentId" AND (${STORED}) = (${VALUES}))
  ORDER BY p.position`;

const jsonOf = (payments: readonly Payment[]): string =>
  JSON.stringify(payments.map((payment, position) => ({ ...payment, position, fen: payment.fen.toString() })));

export const paymentStore = (): PaymentStore<Tx> => ({
  add: async (tx, payments) => {
    if (payments.length === 0) return new Set();
    const added = await rowsOf<{ id: string }>(tx, addSql(jsonOf(payments)));
    return new Set(added.map(({ id }) => id));
  },
  differing: async (tx, payments) => {
    const rows = await rowsOf<{ position: number }>(tx, differingSql(jsonOf(payments)));
    return rows.map(({ position }) => position);
  },
});

const paymentOf = (row: PaymentRow): Payment => ({
  ...row,
  certificateNumber: row.certificateNumber as CertificateNumber,
  fundSource: row.fundSource as FundSource,
});

/** The existing payments of the ids. */
export const findPayments = async (db: Tx, paymentIds: readonly string[]): Promise<Payment[]> =>
  (await db.payment.findMany({ where: { paymentId: { in: [...paymentIds] } } })).map(paymentOf);

/** An institution's payments after that id, in order of id. */
export const paymentsAfter = async (db: Tx, institution: string, after: string, limit: number): Promise<Payment[]> =>
  (await db.payment.findMany({ where: { institution, paymentId: { gt: after } }, orderBy: { paymentId: 'asc' }, take: limit })).map(
    paymentOf,
  );

/** The existing recoveries of the ids. */
export const findRecoveries = (db: Tx, recoveryIds: readonly string[]): Promise<Recovery[]> =>
  db.recovery.findMany({ where: { recoveryId: { in: [...recoveryIds] } } });

/** One recovery with its payment and the orders that demand or demanded the payment, in the order of their epochs. */
export const findRecovery = async (
  db: Tx,
  recoveryId: string,
): Promise<{ recovery: Recovery; payment: Payment; demands: RecoveryDemand[] } | undefined> => {
  const recovery = await db.recovery.findUnique({ where: { recoveryId }, include: { payment: true } });
  if (!recovery) return undefined;
  const demands = await db.recoveryDemand.findMany({
    where: { paymentId: recovery.paymentId },
    orderBy: [{ epoch: 'asc' }, { orderId: 'asc' }],
  });
  return { recovery, payment: paymentOf(recovery.payment), demands };
};

export interface Counts {
  readonly payments: bigint;
  readonly paidFen: bigint;
  /** Recoveries in force. */
  readonly recoveries: bigint;
  readonly recoveriesFen: bigint;
}

/** Counts of an institution, or of all institutions when it is empty. */
export const countPayments = async (db: Tx, institution: string): Promise<Counts> => {
  const own = institution === '' ? sql`true` : sql`institution = ${institution}`;
  const [row] = await rowsOf<Record<keyof Counts, string>>(
    db,
    sql`SELECT p.count::text AS payments, p.fen::text AS "paidFen", r.count::text AS recoveries, r.fen::text AS "recoveriesFen"
     FROM (SELECT count(*), coalesce(sum(fen), 0)::bigint AS fen FROM payment WHERE ${own}) p,
          (SELECT count(*), coalesce(sum(fen), 0)::bigint AS fen FROM recovery WHERE state = 'DRAFT' AND ${own}) r`,
  );
  if (row === undefined) throw new Error('count without a row');
  return {
    payments: BigInt(row.payments),
    paidFen: BigInt(row.paidFen),
    recoveries: BigInt(row.recoveries),
    recoveriesFen: BigInt(row.recoveriesFen),
  };
};
