// Orders for exam's suites: the requested effects, the scope, and the resulting states of records.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { query, type TestOrder, type TestRow, unique } from '@hengji/testing';

export const CANCEL: TestRow = { $case: 'exam', value: 'CANCEL_RESULTS' };
export const HOLD: TestRow = { $case: 'exam', value: 'HOLD_PLANS' };
export const CLOSE: TestRow = { $case: 'exam', value: 'CLOSE_PLANS' };

type More = Partial<TestOrder> & { readonly narrowed?: Partial<Scope> };

/** An order with its own id; row 1 is the first of `rows`. */
export const orderOf = (institution: string, rows: readonly TestRow[], { narrowed, ...more }: More = {}): TestOrder => ({
  orderId: `o-${unique()}`,
  scope: { ...narrowed, institution },
  rows,
  ...more,
});

/** The lifting of an order: row 11 reverses row 1. */
export const liftingOf = (order: TestOrder): TestOrder => ({
  ...order,
  rows: order.rows.map((row, i) => ({ ...row, row: 11 + i, afterRow: 0, undoesRow: 1 + i })),
});

/** The number of an institution's records in each state. */
export const statesOf = async (database: string, table: 'result' | 'plan', institution: string): Promise<Record<string, number>> => {
  const rows = await query<{ state: string; n: number }>(
    database,
    `SELECT state, count(*)::int AS n FROM ${table} WHERE institution = $1 GROUP BY state`,
    [institution],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};
