// The effects of an order on results: cancelled, repeated, overlapped, lifted, resumed, and refused where required.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { databaseClient, query, type TestOrder, unique, until } from '@hengji/testing';
import { type ExamUnderTest, newInstitution, OFFICER, openedSession, publishedResults, sat, startExam, TODAY } from './exam-under-test';
import { CANCEL, HOLD, liftingOf, orderOf, statesOf } from './orders';

let exam: ExamUnderTest;
beforeAll(async () => {
  exam = await startExam();
});

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
  it('cancels exactly the scope, returns a receipt, and restores exactly the earlier states', async () => {
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
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ CANCELLED: 5 });
    expect(await residualOf(order, 1)).toBe(0n);
    expect(await exam.gateway.countRecords({ institution })).toMatchObject({ results: 5n, cancelled: 5n });

    const lifting = liftingOf(order);
    await exam.enforcement.lift(lifting);
    expect((await exam.enforcement.receipt(order.orderId, 11)).receipt).toMatchObject({ matched: 5n, changed: 5n });
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ PUBLISHED: 3, RECORDED: 2 });
    expect(await residualOf(lifting, 11, true)).toBe(0n);

    const events = (await exam.probe.events(TOPICS.exam)).flatMap(({ meta, body }) =>
      meta?.orderId === order.orderId && body ? [body] : [],
    );
    expect(events.map(({ $case }) => $case)).toEqual(['resultsCancelled', 'resultsRestored']);
  });

  it('counts an already cancelled result as already so, and never twice when everything is sent again', async () => {
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
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ CANCELLED: 4 });
    await exam.enforcement.lift(liftingOf(second));
    await exam.enforcement.receipt(second.orderId, 11);
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ PUBLISHED: 4 });

    const before = (await exam.enforcement.reports()).length;
    await exam.enforcement.repeat();
    const marker = orderOf(newInstitution(), [HOLD]);
    await exam.enforcement.issue(marker);
    await exam.enforcement.receipt(marker.orderId, 1);
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ PUBLISHED: 4 });
    expect((await exam.enforcement.reports()).length).toBe(before + 1);
  });

  it('finds the results of the certificates that an order names', async () => {
    const institution = newInstitution();
    const { results, sessionId, planId } = await publishedResults(exam, institution, 3);
    const certificates = results.map(({ person, resultId }, i) => ({
      number: `${institution}26400000${i + 1}`,
      occupation: '6-31-01-03',
      issuedOn: TODAY,
      maskedName: '张*',
      planId,
      sessionId,
      level: '4',
      person,
      examDate: TODAY,
      resultId,
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
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ PUBLISHED: 3 });
  });

  it('continues at the same place after a stop', async () => {
    const own = await startExam();
    const institution = newInstitution();
    const { planId, sessionId } = await openedSession(own, institution);
    for (let from = 0; from < 6000; from += 1000) {
      await own.gateway.recordResults({ requestId: unique(), actor: OFFICER, sessionId, results: sat(1000, from) });
    }
    const count = async (): Promise<number> =>
      (await query<{ n: number }>(own.database, `SELECT count(*)::int AS n FROM result WHERE state = 'CANCELLED'`))[0]?.n ?? 0;
    // The test locks a record of the last chunk, so the task waits in the middle.
    const client = await databaseClient(own.database);
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM result ORDER BY result_id DESC LIMIT 1 FOR UPDATE');
    const order = orderOf(institution, [{ ...CANCEL, signedCount: 6000n }], { narrowed: { plans: [planId] } });
    await own.enforcement.issue(order);
    await until(count, (n) => n === 5000, { withinMs: 20_000 });
    const stopping = own.stop();
    await client.query('ROLLBACK');
    await client.end();
    await stopping;
    await own.restart();
    const { receipt } = await own.enforcement.receipt(order.orderId, 1);
    expect(receipt).toMatchObject({ matched: 6000n, changed: 6000n, already: 0n });
    expect(await count()).toBe(6000);
    const sizes = (await own.probe.events(TOPICS.exam)).flatMap(({ body }) =>
      body?.$case === 'resultsCancelled' ? [body.value.resultIds.length] : [],
    );
    expect(sizes).toEqual(Array.from({ length: 6 }, () => 1000));
  });

  it('does not start any more when the order was lifted while its row waited', async () => {
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
    expect(await statesOf(exam.database, 'result', institution)).toEqual({ PUBLISHED: 2 });
  });
});
