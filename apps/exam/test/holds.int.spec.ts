// The effects of an order on plans: held, closed, opened again; fences against writers; refused orders and events.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { query, type TestOrder, unique, until } from '@hengji/testing';
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
import { CANCEL, CLOSE, HOLD, liftingOf, orderOf, statesOf } from './orders';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

describe('holding plans', () => {
  it('stops every change in the scope while the order is in force, and nothing outside', async () => {
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

  it('holds what the order names and leaves the rest', async () => {
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

  it('is in force while one of two orders is in force', async () => {
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
    expect(await statesOf(exam.database, 'plan', institution)).toEqual(before);
    const order = orderOf(institution, [CLOSE], { measures: ['REMOVE_FROM_DIRECTORY'] });
    await exam.enforcement.issue(order);
    expect((await exam.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 3n, changed: 3n });
    expect(await statesOf(exam.database, 'plan', institution)).toEqual({ STOPPED_BY_AUTHORITY: 3, DONE: 1 });
    await exam.enforcement.complete(institution, order.orderId);
    const session = { planId: `${institution}-1`, date: TODAY, area: '210102', venue: '第1考场' };
    await until(
      () => exam.gateway.openSession({ requestId: unique(), actor: OFFICER, session }).catch((refusal: unknown) => refusal),
      (refusal) => (refusal as { reason?: string }).reason === 'plan.not_published',
    );
    await exam.enforcement.lift(liftingOf(order));
    await exam.enforcement.receipt(order.orderId, 11);
    expect(await statesOf(exam.database, 'plan', institution)).toEqual(before);
  });
});

describe('the fence', () => {
  it('wins against concurrent writers: the order finds what was committed before, nothing comes after', async () => {
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

  it('is placed at the start, before any request is accepted', async () => {
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

  it('that cannot be handled are parked with their key; other keys continue; a replay completes them', async () => {
    const institution = newInstitution();
    const { results, sessionId, planId } = await publishedResults(exam, institution, 1);
    const meta = (sequence: bigint) => ({ eventId: randomUUID(), occurredAt: new Date(), institution, sequence, orderId: '' });
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
      resultId: results[0]?.resultId ?? '',
    };
    await query(exam.database, 'ALTER TABLE result RENAME TO result_away');
    await exam.probe.publish(TOPICS.certificate, {
      meta: meta(1n),
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
      meta: meta(2n),
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
