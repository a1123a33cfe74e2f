// What an order does to exam: carried out, repeated, overlapped, lifted, resumed, and refused where it must be.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { query, type TestOrder, type TestRow, unique, until } from '@hengji/testing';
import { Client } from 'pg';
import {
  askedPlan,
  type ExamUnderTest,
  imported,
  messages,
  newInstitution,
  OFFICER,
  openedSession,
  publishedResults,
  sat,
  startExam,
  TODAY,
} from './exam-under-test';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

const CANCEL: TestRow = { $case: 'exam', value: 'CANCEL_RESULTS' };
const HOLD: TestRow = { $case: 'exam', value: 'HOLD_PLANS' };
const CLOSE: TestRow = { $case: 'exam', value: 'CLOSE_PLANS' };

const orderOf = (
  institution: string,
  rows: readonly TestRow[],
  more: Partial<TestOrder> & { narrowed?: Partial<Scope> } = {},
): TestOrder => {
  const { narrowed, ...rest } = more;
  return { orderId: `o-${unique()}`, scope: { ...narrowed, institution }, rows, ...rest };
};
/** The lifting of an order: row 11 undoes row 1. */
const liftingOf = (order: TestOrder): TestOrder => ({
  ...order,
  rows: order.rows.map((row, i) => ({ ...row, row: 11 + i, afterRow: 0, undoesRow: 1 + i })),
});

const statesOf = async (table: 'result' | 'plan', institution: string): Promise<Record<string, number>> => {
  const rows = await query<{ state: string; n: number }>(
    exam.database,
    `SELECT state, count(*)::int AS n FROM ${table} WHERE institution = $1 GROUP BY state`,
    [institution],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};

const residualOf = async (order: TestOrder, row: number, undo = false): Promise<bigint | undefined> => {
  const [asked] = order.rows;
  const { rows } = await exam.orders.countResidual({
    orderId: order.orderId,
    scope: order.scope,
    rows: [{ row, effect: asked as NonNullable<typeof asked>, undo, undoesRow: undo ? 1 : 0 }],
  });
  return rows[0]?.count;
};

describe('cancelling results', () => {
  it('cancels exactly the scope, answers with a receipt, and restores exactly what was', async () => {
    const institution = newInstitution();
    const { planId, sessionId } = await publishedResults(exam, institution, 3);
    await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(2, 10) });
    const order = orderOf(institution, [CANCEL], { narrowed: { plans: [planId] } });
    const preview = await exam.orders.preview({ scope: order.scope, rows: [{ row: 1, effect: CANCEL }] });
    expect(preview.rows).toMatchObject([{ row: 1, count: 5n, people: 5n, fen: 0n }]);
    expect(await residualOf(order, 1)).toBe(5n);

    await exam.enforcement.issue(order);
    const { receipt } = await exam.enforcement.receipt(order.orderId, 1);
    expect(receipt).toMatchObject({ matched: 5n, changed: 5n, already: 0n });
    expect(await statesOf('result', institution)).toEqual({ CANCELLED: 5 });
    expect(await residualOf(order, 1)).toBe(0n);
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ results: 5n, cancelled: 5n });

    const lifting = liftingOf(order);
    await exam.enforcement.lift(lifting);
    expect((await exam.enforcement.receipt(order.orderId, 11)).receipt).toMatchObject({ matched: 5n, changed: 5n });
    expect(await statesOf('result', institution)).toEqual({ PUBLISHED: 3, RECORDED: 2 });
    expect(await residualOf(lifting, 11, true)).toBe(0n);

    const events = (await exam.probe.events(TOPICS.exam)).flatMap(({ meta, body }) =>
      meta?.orderId === order.orderId && body ? [body] : [],
    );
    expect(events.map(({ $case }) => $case)).toEqual(['resultsCancelled', 'resultsRestored']);
  });

  it('counts a cancelled one as already so, and never twice when everything is sent again', async () => {
    const institution = newInstitution();
    await publishedResults(exam, institution, 4);
    const first = orderOf(institution, [CANCEL], { epoch: 1n });
    const second = orderOf(institution, [CANCEL], { epoch: 2n });
    await exam.enforcement.issue(first);
    await exam.enforcement.receipt(first.orderId, 1);
    await exam.enforcement.issue(second);
    expect((await exam.enforcement.receipt(second.orderId, 1)).receipt).toMatchObject({ matched: 4n, changed: 0n, already: 4n });

    await exam.enforcement.lift(liftingOf(first));
    await exam.enforcement.receipt(first.orderId, 11);
    expect(await statesOf('result', institution)).toEqual({ CANCELLED: 4 });
    await exam.enforcement.lift(liftingOf(second));
    await exam.enforcement.receipt(second.orderId, 11);
    expect(await statesOf('result', institution)).toEqual({ PUBLISHED: 4 });

    const before = (await exam.enforcement.reports()).length;
    await exam.enforcement.repeat();
    const marker = orderOf(newInstitution(), [HOLD]);
    await exam.enforcement.issue(marker);
    await exam.enforcement.receipt(marker.orderId, 1);
    expect(await statesOf('result', institution)).toEqual({ PUBLISHED: 4 });
    expect((await exam.enforcement.reports()).length).toBe(before + 1);
  });

  it('finds the results of the certificates that an order names', async () => {
    const institution = newInstitution();
    const { results, sessionId, planId } = await publishedResults(exam, institution, 3);
    const certificates = results.map(({ person }, i) => ({
      number: `${institution}26400000${i + 1}`,
      occupation: '6-31-01-03',
      issuedOn: TODAY,
      maskedName: '张*',
      planId,
      sessionId,
      level: '4',
      person,
      examDate: TODAY,
    }));
    const meta = { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: 1n, orderId: '' };
    const issued = { meta, body: { $case: 'certificatesIssued' as const, value: { certificates } } };
    await exam.probe.publish(TOPICS.certificate, issued, issued);
    const narrowed = { certificates: [certificates[1]?.number ?? ''] };
    await until(
      async () => (await exam.orders.preview({ scope: { institution, ...narrowed }, rows: [{ row: 1, effect: CANCEL }] })).rows[0]?.count,
      (count) => count === 1n,
    );
    const order = orderOf(institution, [CANCEL], { narrowed });
    await exam.enforcement.issue(order);
    expect((await exam.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 1n, changed: 1n });
    const { results: confirmed } = await exam.certificate.confirmResults({ resultIds: results.map(({ resultId }) => resultId) });
    const heldByResult = new Map(confirmed.map(({ result, heldBy }) => [result?.resultId, [result?.state, heldBy]]));
    expect(heldByResult.get(results[1]?.resultId)).toEqual(['CANCELLED', [order.orderId]]);
    expect(heldByResult.get(results[0]?.resultId)).toEqual(['PUBLISHED', []]);
  });

  it('is refused, and changes nothing, when there are more records than were signed', async () => {
    const institution = newInstitution();
    await publishedResults(exam, institution, 3);
    const order = orderOf(institution, [{ ...CANCEL, signedCount: 2n }]);
    await exam.enforcement.issue(order);
    expect(await exam.enforcement.refusal(order.orderId, 1)).toMatchObject({ reason: 'order.more_than_signed', service: 'exam' });
    expect(await statesOf('result', institution)).toEqual({ PUBLISHED: 3 });
  });

  it('goes on where it was stopped', async () => {
    const own = await startExam();
    const institution = newInstitution();
    const { planId, sessionId } = await openedSession(own, institution);
    for (let from = 0; from < 3000; from += 1000) {
      await own.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1000, from) });
    }
    const count = async (): Promise<number> =>
      (await query<{ n: number }>(own.database, `SELECT count(*)::int AS n FROM result WHERE state = 'CANCELLED'`))[0]?.n ?? 0;
    // Someone holds a record of the last chunk, so the task stands in the middle.
    const client = new Client({ connectionString: own.database });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM result ORDER BY result_id DESC LIMIT 1 FOR UPDATE');
    const order = orderOf(institution, [{ ...CANCEL, signedCount: 3000n }], { narrowed: { plans: [planId] } });
    await own.enforcement.issue(order);
    await until(count, (n) => n === 2000, { withinMs: 20_000 });
    const stopping = own.stop();
    await client.query('ROLLBACK');
    await client.end();
    await stopping;
    await own.restart();
    const { receipt } = await own.enforcement.receipt(order.orderId, 1);
    expect(receipt).toMatchObject({ matched: 3000n, changed: 3000n, already: 0n });
    expect(await count()).toBe(3000);
    const sizes = (await own.probe.events(TOPICS.exam)).flatMap(({ body }) =>
      body?.$case === 'resultsCancelled' ? [body.value.resultIds.length] : [],
    );
    expect(sizes).toEqual([1000, 1000, 1000]);
  });

  it('is not begun any more when the order was lifted while its row waited', async () => {
    const institution = newInstitution();
    await publishedResults(exam, institution, 2);
    const order = orderOf(institution, [{ ...CANCEL, afterRow: 7 }]);
    await exam.enforcement.issue(order);
    await exam.enforcement.lift(liftingOf(order));
    expect(await exam.enforcement.refusal(order.orderId, 11)).toMatchObject({ reason: 'order.row_unfinished' });
    await exam.enforcement.release(institution, order.orderId, 1);
    const marker = orderOf(institution, [HOLD]);
    await exam.enforcement.issue(marker);
    await exam.enforcement.receipt(marker.orderId, 1);
    expect(await statesOf('result', institution)).toEqual({ PUBLISHED: 2 });
  });
});

describe('holding plans', () => {
  it('stops every change in the scope while it stands, and nothing outside', async () => {
    const institution = newInstitution();
    const { planId, sessionId } = await openedSession(exam, institution);
    const order = orderOf(institution, [HOLD], { measures: ['STOP_EVALUATION'] });
    await exam.enforcement.issue(order);
    expect((await exam.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 1n });
    await exam.enforcement.complete(institution, order.orderId);

    const held = { kind: 'illegalMove', reason: 'order.held', detail: { rule: 'N3.5c' } };
    const session = { planId, date: TODAY, area: '210102', venue: '第2考场' };
    const attempts = [
      () => exam.gateway.createPlan({ requestId: unique(), actor: OFFICER, plan: askedPlan(institution) }),
      () => exam.gateway.openSession({ requestId: unique(), actor: OFFICER, session }),
      () => exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1) }),
      () => exam.gateway.publishResults({ requestId: unique(), actor: OFFICER, sessionId }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(held);
    expect((await exam.gateway.listPlans({ institution })).plans).toMatchObject([{ heldBy: [order.orderId], state: 'PUBLISHED' }]);
    await openedSession(exam, newInstitution());

    const lifting = liftingOf(order);
    await exam.enforcement.lift(lifting);
    await exam.enforcement.receipt(order.orderId, 11);
    await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1) });
    expect((await exam.gateway.listPlans({ institution })).plans).toMatchObject([{ heldBy: [] }]);
  });

  it('holds what it names and leaves the rest', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    const order = orderOf(institution, [HOLD], {
      measures: ['STOP_EVALUATION'],
      narrowed: { occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] },
    });
    await exam.enforcement.issue(order);
    await exam.enforcement.receipt(order.orderId, 1);
    await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1) });
    const level3 = { ...askedPlan(institution), level: '3' };
    await expect(exam.gateway.createPlan({ requestId: unique(), actor: OFFICER, plan: level3 })).rejects.toMatchObject({
      reason: 'order.held',
    });
  });

  it('stands while one of two orders stands', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    const orders = [1n, 2n].map((epoch) => orderOf(institution, [HOLD], { epoch, measures: ['STOP_EVALUATION'] }));
    for (const order of orders) {
      await exam.enforcement.issue(order);
      await exam.enforcement.receipt(order.orderId, 1);
    }
    const record = () => exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1) });
    const [first, second] = orders as [TestOrder, TestOrder];
    await exam.enforcement.lift(liftingOf(first));
    await exam.enforcement.receipt(first.orderId, 11);
    await expect(record()).rejects.toMatchObject({ reason: 'order.held' });
    await exam.enforcement.lift(liftingOf(second));
    await exam.enforcement.receipt(second.orderId, 11);
    await record();
  });
});

describe('closing plans', () => {
  it('stops open plans, leaves finished ones, and opens exactly those again', async () => {
    const institution = newInstitution();
    const plans = (['DRAFT', 'PUBLISHED', 'PUBLISHED', 'DONE'] as const).map((state, i) => ({
      ...askedPlan(institution),
      planId: `${institution}-${i}`,
      state,
    }));
    expect(await imported(exam.loader.importPlans(messages({ plans })))).toEqual([{ imported: 4, already: 0 }]);
    const before = { DRAFT: 1, PUBLISHED: 2, DONE: 1 };
    expect(await statesOf('plan', institution)).toEqual(before);
    const order = orderOf(institution, [CLOSE], { measures: ['REMOVE_FROM_DIRECTORY'] });
    await exam.enforcement.issue(order);
    expect((await exam.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 3n, changed: 3n });
    expect(await statesOf('plan', institution)).toEqual({ STOPPED_BY_AUTHORITY: 3, DONE: 1 });
    await exam.enforcement.complete(institution, order.orderId);
    const session = { planId: `${institution}-1`, date: TODAY, area: '210102', venue: '第1考场' };
    await until(
      () => exam.gateway.openSession({ requestId: unique(), actor: OFFICER, session }).catch((refusal: unknown) => refusal),
      (refusal) => (refusal as { reason?: string }).reason === 'plan.not_published',
    );
    await exam.enforcement.lift(liftingOf(order));
    await exam.enforcement.receipt(order.orderId, 11);
    expect(await statesOf('plan', institution)).toEqual(before);
  });
});

describe('the fence', () => {
  it('beats writers that run at the same time: what got in is found by the order, nothing comes after', async () => {
    const institution = newInstitution();
    const { sessionId } = await openedSession(exam, institution);
    const order = orderOf(institution, [CANCEL]);
    let fenced = false;
    const late: string[] = [];
    const writer = async (n: number): Promise<void> => {
      for (let i = 0; i < 40; i += 1) {
        const begunAfterFence = fenced;
        try {
          await exam.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(5, n * 1000 + i * 5) });
          if (begunAfterFence) late.push(`${n}/${i}`);
        } catch (refusal) {
          expect(refusal).toMatchObject({ reason: 'order.held' });
          return;
        }
      }
    };
    const writers = [0, 1, 2, 3].map(writer);
    await until(
      () => exam.gateway.countRecords({ institution }),
      ({ results }) => results > 0n,
    );
    await exam.orders.fence({ orderId: order.orderId, epoch: 1n, scope: order.scope, standing: false });
    fenced = true;
    const { results } = await exam.gateway.countRecords({ institution });
    await Promise.all(writers);
    expect(late).toEqual([]);
    expect((await exam.gateway.countRecords({ institution })).results).toBe(results);
    await exam.enforcement.issue(order);
    expect((await exam.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: results, changed: results });
  });

  it('is taken at the start, before anything is accepted', async () => {
    const institution = newInstitution();
    const own = await startExam();
    const { sessionId } = await openedSession(own, institution);
    await own.stop();
    own.enforcement.fences.push({ orderId: 'o-missed', epoch: 3n, scope: Scope.fromPartial({ institution }), standing: true });
    const again = await own.restart();
    await expect(again.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1) })).rejects.toMatchObject({
      reason: 'order.held',
    });
  });
});

describe('bad orders', () => {
  it('are refused with field and rule', async () => {
    const row = { row: 1, effect: CANCEL };
    await expect(exam.orders.preview({ scope: { institution: 'nonsense' }, rows: [row] })).rejects.toMatchObject({
      reason: 'order.scope_invalid',
      detail: { field: 'scope.institution' },
    });
    await expect(
      exam.orders.preview({
        scope: { institution: newInstitution() },
        rows: [{ row: 1, effect: { $case: 'certificate', value: 'VOID_CERTIFICATES' } }],
      }),
    ).rejects.toMatchObject({ reason: 'order.row_invalid' });
  });

  it('that cannot be handled are parked with their key; others go on; a replay catches up', async () => {
    const institution = newInstitution();
    const { results, sessionId, planId } = await publishedResults(exam, institution, 1);
    const meta = () => ({ eventId: randomUUID(), occurredAt: new Date(), institution, sequence: 1n, orderId: '' });
    const certificate = {
      number: `${institution}264000001`,
      occupation: '6-31-01-03',
      issuedOn: TODAY,
      maskedName: '张*',
      planId,
      sessionId,
      level: '4',
      person: results[0]?.person ?? '',
      examDate: TODAY,
    };
    await query(exam.database, 'ALTER TABLE result RENAME TO result_away');
    await exam.probe.publish(TOPICS.certificate, {
      meta: meta(),
      body: { $case: 'certificatesIssued', value: { certificates: [certificate] } },
    });
    const listed = () => exam.parking.listParked({});
    try {
      await until(listed, ({ messages }) => messages.some(({ key, state }) => key === institution && state === 'poison'), {
        withinMs: 30_000,
      });
    } finally {
      await query(exam.database, 'ALTER TABLE result_away RENAME TO result');
    }
    await exam.probe.publish(TOPICS.certificate, {
      meta: meta(),
      body: { $case: 'certificatesImported', value: { certificates: [certificate] } },
    });
    await until(listed, ({ messages }) => messages.some(({ key, state }) => key === institution && state === 'behind'));
    expect(await exam.parking.replayParked({ topic: TOPICS.certificate.name, key: institution })).toMatchObject({
      handled: 2,
      stillParked: 0,
    });
    const [row] = await query<{ certificate_number: string }>(
      exam.database,
      'SELECT certificate_number FROM result WHERE institution = $1',
      [institution],
    );
    expect(row?.certificate_number).toBe(certificate.number);
  });
});
