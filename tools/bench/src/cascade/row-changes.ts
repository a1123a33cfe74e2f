// The floor of the cascade: the row changes that an order makes in the tables of each service, written in SQL that assumes
// no failure. There is one statement per table for a whole institution: no chunks, no receipts, no events, no resuming. No
// other order may claim the same record. $1 is the institution.
import type { ServiceWithTables } from './services';

export interface RowChanges {
  /** Tables that the statements change or read. */
  readonly tables: readonly string[];
  /** The order of the statements matters: history is read from the state before the change. */
  readonly statements: readonly string[];
}

const ORDER = `'00000000-0000-7000-8000-000000000000'`;

interface Claimed {
  readonly effect: string;
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly columns?: string;
}

const claims = ({ effect, id, to, from, columns = 'NULL::jsonb' }: Claimed): string =>
  `SELECT '${effect}', ${id}, ${ORDER}, state, state, '${to}', ${columns}, now() FROM ${from}`;

const CLAIM = 'INSERT INTO floor.claim (effect, record_id, order_id, found, before, after, columns, placed_at)';

const VOID = `jsonb_build_object('voided_at', now(), 'voided_by', ${ORDER}, 'void_document_no', '1')`;

const MOVABLE_RESULTS = `institution = $1 AND state IN ('RECORDED', 'PUBLISHED')`;
const MOVABLE_PLANS = `institution = $1 AND state IN ('DRAFT', 'PUBLISHED')`;
const MOVABLE_CERTIFICATES = `institution = $1 AND state = 'ISSUED'`;

export const ROW_CHANGES: Readonly<Record<ServiceWithTables, RowChanges>> = {
  approval: {
    tables: ['public.institution', 'public.notice', 'messaging.claim'],
    statements: [
      `${CLAIM} ${claims({ effect: 'REMOVE_FILING', id: 'code', to: 'REMOVED', from: 'floor.institution WHERE code = $1' })}`,
      `UPDATE floor.institution SET state = 'REMOVED', removed_at = now() WHERE code = $1`,
      `INSERT INTO floor.notice (notice_id, order_id, document_no, institution, institution_name, title, published_at)
       SELECT 'N', ${ORDER}, '1', code, name, name, now() FROM floor.institution WHERE code = $1`,
    ],
  },
  exam: {
    tables: ['public.result', 'public.plan', 'messaging.claim'],
    statements: [
      `${CLAIM} ${claims({ effect: 'CANCEL_RESULTS', id: 'result_id', to: 'CANCELLED', from: `floor.result WHERE ${MOVABLE_RESULTS}` })}
       UNION ALL ${claims({ effect: 'CLOSE_PLANS', id: 'plan_id', to: 'STOPPED_BY_AUTHORITY', from: `floor.plan WHERE ${MOVABLE_PLANS}` })}`,
      `UPDATE floor.result SET state = 'CANCELLED' WHERE ${MOVABLE_RESULTS}`,
      `UPDATE floor.plan SET state = 'STOPPED_BY_AUTHORITY' WHERE ${MOVABLE_PLANS}`,
    ],
  },
  certificate: {
    tables: ['public.certificate', 'public.upload', 'messaging.claim'],
    statements: [
      `${CLAIM} ${claims({ effect: 'VOID_CERTIFICATES', id: 'number', to: 'VOIDED', from: `floor.certificate WHERE ${MOVABLE_CERTIFICATES}`, columns: VOID })}`,
      `UPDATE floor.certificate SET state = 'VOIDED', voided_at = now(), voided_by = ${ORDER}, void_document_no = '1'
       WHERE ${MOVABLE_CERTIFICATES}`,
      `UPDATE floor.upload SET state = 'WITHDRAWN' WHERE state = 'UPLOADED' AND left(number, 13) = $1`,
    ],
  },
  subsidy: {
    tables: ['public.payment', 'public.recovery', 'public.recovery_demand'],
    statements: [
      `INSERT INTO floor.recovery_demand (order_id, payment_id, epoch) SELECT ${ORDER}, payment_id, 1 FROM floor.payment WHERE institution = $1`,
      `INSERT INTO floor.recovery (recovery_id, order_id, payment_id, institution, debtor, fen, state, opened_at)
       SELECT ${ORDER} || '-' || payment_id, ${ORDER}, payment_id, institution, institution, fen, 'DRAFT', now() FROM floor.payment WHERE institution = $1`,
    ],
  },
  exchange: {
    tables: ['public.upload', 'public.upload_claim'],
    statements: [
      `INSERT INTO floor.upload_claim (number, order_id, before) SELECT number, ${ORDER}, upload_state FROM floor.upload WHERE institution = $1`,
      `UPDATE floor.upload SET upload_state = 'WITHDRAWN', claims = claims + 1, message_id = ${ORDER} WHERE institution = $1`,
    ],
  },
};
