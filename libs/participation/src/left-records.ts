// Records that a lifting left unchanged because somebody had changed them after the order moved them. They are stored with the state that
// the lifting would have restored until an officer decides. The chunk's transaction writes them; ListLeft reads them.
import { Refusal } from '@hengji/domain-kit';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { OrderContext } from './types';

export interface LeftRecord {
  readonly recordId: string;
  readonly wouldBe: string;
  readonly is: string;
}

/** Stores the records; a repeated call changes nothing. */
export const keepLeft = async (tx: SqlTx, { orderId, row }: OrderContext, records: readonly LeftRecord[]): Promise<void> => {
  if (records.length === 0) return;
  await execute(
    tx,
    sql`INSERT INTO messaging.left_record (order_id, "row", record_id, would_be, found)
     SELECT ${orderId}, ${row}::int, r."recordId", r."wouldBe", r."is"
     FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r ("recordId" text, "wouldBe" text, "is" text)
     ON CONFLICT DO NOTHING`,
  );
};

const MOST = 1_000;

/** In id order after `after`. Refuses `page.limit_invalid`. */
export const listLeft = async (tx: SqlTx, asked: { orderId: string; row: number; after: string; limit: number }): Promise<LeftRecord[]> => {
  if (asked.limit < 1 || asked.limit > MOST)
    throw new Refusal('invalid', 'page.limit_invalid', `每页应为1至${MOST}条`, { field: 'limit', rule: 'enforcement.v1.ListLeftRequest' });
  return rowsOf<LeftRecord>(
    tx,
    sql`SELECT record_id AS "recordId", would_be AS "wouldBe", found AS "is" FROM messaging.left_record
     WHERE order_id = ${asked.orderId} AND "row" = ${asked.row}::int AND record_id > ${asked.after} ORDER BY record_id LIMIT ${asked.limit}::int`,
  );
};
