// A consumer's copy of subsidy's payments and recoveries: from the events alone, in their order.
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import type { Payment } from '@hengji/contracts/subsidy/v1/subsidy';
import { dumpOf, query } from '@hengji/testing';

interface Standing {
  readonly paymentId: string;
  readonly orderId: string;
  readonly debtor: string;
  readonly fen: bigint;
}

interface SubsidyCopy {
  readonly payments: Map<string, Payment>;
  /** The recovery in force of a payment. */
  readonly recoveries: Map<string, Standing>;
}

const of = (recoveries: ReadonlyMap<string, Standing>, paymentId: string): Standing => {
  const found = recoveries.get(paymentId);
  if (!found) throw new Error(`an event moves the recovery of ${paymentId}, which no event has told`);
  return found;
};

const hear = ({ payments, recoveries }: SubsidyCopy, { body }: SubsidyEvent): void => {
  switch (body?.$case) {
    case 'paymentsMade':
    case 'paymentsImported':
      for (const payment of body.value.payments) payments.set(payment.paymentId, payment);
      return;
    case 'recoveriesOpened': {
      const { orderId, debtor, amounts } = body.value;
      body.value.paymentIds.forEach((paymentId, i) => recoveries.set(paymentId, { paymentId, orderId, debtor, fen: amounts[i] ?? 0n }));
      return;
    }
    case 'recoveriesRevoked':
      body.value.paymentIds.forEach((paymentId, i) => {
        if (of(recoveries, paymentId).fen !== body.value.amounts[i]) throw new Error(`another amount of ${paymentId} than was opened`);
        recoveries.delete(paymentId);
      });
      return;
    case 'recoveriesTakenOver':
      for (const paymentId of body.value.paymentIds)
        recoveries.set(paymentId, { ...of(recoveries, paymentId), orderId: body.value.orderId });
      return;
    default:
    // A hold changes no record.
  }
};

/** The state after the events, ordered, as text. */
export const copyOf = (events: readonly SubsidyEvent[]): string => {
  const copy: SubsidyCopy = { payments: new Map(), recoveries: new Map() };
  for (const event of events) hear(copy, event);
  return dumpOf({ ...copy });
};

const PAYMENTS = `SELECT payment_id AS "paymentId", certificate_number AS "certificateNumber", institution, plan_id AS "planId",
    session_id AS "sessionId", occupation, level, person, fen::text, fund_source AS "fundSource", paid_on AS "paidOn", exam_date AS "examDate"
  FROM payment WHERE institution = $1 ORDER BY payment_id COLLATE "C"`;
const RECOVERIES = `SELECT payment_id AS "paymentId", order_id AS "orderId", debtor, fen::text
  FROM recovery WHERE institution = $1 AND state = 'DRAFT' ORDER BY payment_id COLLATE "C"`;

/** The same state from subsidy's own tables. */
export const tablesOf = async (database: string, institution: string): Promise<string> => {
  const [payments = [], recoveries = []] = await Promise.all([PAYMENTS, RECOVERIES].map((sql) => query(database, sql, [institution])));
  return dumpOf({ payments, recoveries });
};
