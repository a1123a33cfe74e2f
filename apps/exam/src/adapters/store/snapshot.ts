// The present plans, sessions and results of an institution as events, for consumers whose topic no longer holds all events.
import { TOPICS, type Body } from '@hengji/contracts';
import type { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import { snapshotOf, type SnapshotEvent } from '@hengji/messaging';
import type { Tx } from './database';
import { planOf, sessionOf } from './plan-store';
import { resultOf } from './result-store';

const ROWS_AT_ONCE = 500;

type Page = { readonly after: string; readonly take: number };

/** Pages of rows in the order of their ids, as one event each. */
async function* pages<Row extends { readonly createdAt: Date }>(
  read: (page: Page) => Promise<Row[]>,
  of: { readonly id: (row: Row) => string; readonly told: (rows: readonly Row[]) => Body<ExamEvent> },
): AsyncGenerator<SnapshotEvent<ExamEvent>[]> {
  let after = '';
  for (;;) {
    const rows = await read({ after, take: ROWS_AT_ONCE });
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return;
    yield [{ body: of.told(rows), occurredAt: first.createdAt }];
    after = of.id(last);
  }
}

export const examSnapshot = snapshotOf<ExamEvent, Tx>(TOPICS.exam, async function* (tx, institution) {
  yield* pages(({ after, take }) => tx.plan.findMany({ where: { institution, planId: { gt: after } }, orderBy: { planId: 'asc' }, take }), {
    id: ({ planId }) => planId,
    told: (rows) => ({
      $case: 'plansImported',
      value: { plans: rows.map((row) => ({ ...planOf(row), heldBy: [], warnings: [] })), sessions: [] },
    }),
  });
  yield* pages(
    ({ after, take }) => tx.session.findMany({ where: { institution, sessionId: { gt: after } }, orderBy: { sessionId: 'asc' }, take }),
    {
      id: ({ sessionId }) => sessionId,
      told: (rows) => ({ $case: 'plansImported', value: { plans: [], sessions: rows.map(sessionOf) } }),
    },
  );
  yield* pages(
    ({ after, take }) => tx.result.findMany({ where: { institution, resultId: { gt: after } }, orderBy: { resultId: 'asc' }, take }),
    {
      id: ({ resultId }) => resultId,
      told: (rows) => ({ $case: 'resultsImported', value: { count: rows.length, results: rows.map(resultOf) } }),
    },
  );
});
