// What must hold when a process stops: a service at its fence, enforcement between any two steps, the whole broker.
import { randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { query, until } from '@hengji/testing';
import { SERVICES } from '../src/domain/cascade';
import { done, DRAFTER, must, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const FENCE_PATIENCE_MS = 1_500;

let world: World;
beforeAll(async () => {
  world = await startWorld({ FENCE_PATIENCE_MS: String(FENCE_PATIENCE_MS) });
});

const missing = (fences: readonly { service: string; placedAt?: Date | undefined }[]): string[] =>
  fences.flatMap(({ service, placedAt }) => (placedAt ? [] : [service]));
const names = async (orderId: string): Promise<string[]> => (await world.published(orderId)).map(({ $case }) => $case);

describe('a service that is down when its fence is due', () => {
  it('is shown as missing; the order is issued when the patience limit ends; the fence is placed when the service is back', async () => {
    const draft = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    // The service still counts for the signature, and stops when the fence is requested.
    const { exam } = world.neighbours;
    exam.beforeFence = () => Promise.reject(new Refusal('unavailable', 'service.unavailable', '正在停止'));
    const signed = must((await world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId: draft.orderId })).order);
    expect(missing(signed.fences)).toEqual(['exam']);
    await exam.stop();
    exam.beforeFence = async () => undefined;

    const issued = await until(
      () => world.get(draft.orderId),
      ({ state }) => state === 'EXECUTING',
    );
    expect(missing(issued.fences)).toEqual(['exam']);
    expect((issued.issuedAt?.getTime() ?? 0) - (issued.signedAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(FENCE_PATIENCE_MS);

    const { fences } = await world.client('exam').listFences({ service: 'exam' });
    expect(fences.map(({ orderId }) => orderId)).toContain(draft.orderId);
    // Every row may report: without the fence the order is not complete.
    const reported = await world.carryOut(issued);
    expect(reported.state).toBe('EXECUTING');

    await exam.start();
    const completed = await until(
      () => world.get(draft.orderId),
      ({ state }) => state === 'COMPLETED',
    );
    expect(missing(completed.fences)).toEqual([]);
    expect(await names(draft.orderId)).toEqual(['orderIssued', 'rowReleased', 'orderCompleted']);
  });

  it('makes the preview fail, and the error names the service', async () => {
    const draft = await world.draft(anInstitution());
    await world.neighbours.certificate.stop();
    const preview = world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    await expect(preview).rejects.toThrow(
      expect.objectContaining({ kind: 'unavailable', reason: 'order.preview_unavailable', detail: { field: 'certificate' } }),
    );
    await world.neighbours.certificate.start();
    expect((await world.get(draft.orderId)).state).toBe('DRAFT');
  });

  it('does not delay the answer to the signature when it hangs', async () => {
    const world = await startWorld({ ANSWER_PATIENCE_MS: '300', FENCE_PATIENCE_MS: '60000' });
    const { subsidy } = world.neighbours;
    const draft = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    let letGo = (): void => undefined;
    subsidy.beforeFence = () => new Promise((resolve) => (letGo = resolve));
    const signed = must((await world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId: draft.orderId })).order);
    expect(missing(signed.fences)).toContain('subsidy');
    expect(signed.state).toBe('SIGNED');
    subsidy.beforeFence = async () => undefined;
    letGo();
    await until(
      () => world.get(draft.orderId),
      ({ fencedAt }) => fencedAt !== undefined,
    );
  });
});

describe('enforcement that is restarted', () => {
  it('between any two steps continues where it was, and does nothing twice', async () => {
    const institution = anInstitution();
    const { orderId } = await world.draft(institution);
    await world.restart();
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    await world.restart();

    // The process stops after the signature has committed, while every fence request is in flight.
    const hang = async (): Promise<void> => new Promise(() => undefined);
    for (const service of SERVICES) world.neighbours[service].beforeFence = hang;
    const signing = world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
    const outcome = signing.then(
      () => 'answered',
      () => 'cut off',
    );
    await until(
      () => query<{ state: string }>(world.url, `SELECT state FROM orders WHERE id = $1`, [orderId]),
      ([row]) => row?.state === 'SIGNED',
    );
    await world.stop();
    expect(['answered', 'cut off']).toContain(await outcome);
    for (const service of SERVICES) world.neighbours[service].beforeFence = async () => undefined;
    await world.start();
    const order = await until(
      () => world.get(orderId),
      ({ state, fencedAt }) => state === 'EXECUTING' && fencedAt !== undefined,
    );

    // Reports arrive while the process is down.
    await world.stop();
    await world.report(institution, done(order, rowOf(order, 'VOID_CERTIFICATES')), done(order, rowOf(order, 'CANCEL_RESULTS')));
    await world.start();
    await until(
      () => world.get(orderId),
      (seen) => rowOf(seen, 'PUBLISH_NOTICE').state === 'ASKED',
    );
    await world.restart();

    // The process stops while the residual is counted.
    world.neighbours.certificate.beforeResidual = hang;
    await world.carryOut(order);
    await until(
      () => query<{ due: boolean }>(world.url, `SELECT sweep_next_at IS NOT NULL AS due FROM orders WHERE id = $1`, [orderId]),
      ([row]) => row?.due === true,
    );
    await world.stop();
    world.neighbours.certificate.beforeResidual = async () => undefined;
    await world.start();
    await until(
      () => world.get(orderId),
      ({ state }) => state === 'COMPLETED',
    );
    await world.restart();

    await world.client().liftOrder({ requestId: randomUUID(), actor: SIGNER, orderId, reason: '复议撤销' });
    await world.restart();
    await until(
      async () => world.carryOut(await world.get(orderId)),
      ({ state }) => state === 'LIFTED',
    );
    const events = await until(
      () => names(orderId),
      (cases) => cases.filter((name) => name === 'orderCompleted').length === 2,
    );
    expect(events.filter((name) => name !== 'rowReleased')).toEqual(['orderIssued', 'orderCompleted', 'orderLifted', 'orderCompleted']);
  });
});

describe('with PostgreSQL cutting every connection', () => {
  it('an order with a watcher continues as soon as connections are accepted again', async () => {
    const order = await world.sign(anInstitution());
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await query(world.url, cut);
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
      { withinMs: 30_000 },
    );
    // The LISTEN connection must be back too: it is the only notification of another process's change.
    await until(
      () =>
        query(world.url, `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'enforcement-changes'`),
      (rows) => rows.length === 1,
    );
  });
});

describe('without Kafka', () => {
  it('orders are still drafted, previewed, signed and fenced, and their events wait in the outbox', async () => {
    const alone = await startWorld({ KAFKA_BROKERS: '127.0.0.1:1' });
    const order = await alone.sign(anInstitution());
    expect(order).toMatchObject({ state: 'EXECUTING' });
    expect(missing(order.fences)).toEqual([]);
    const waiting = await query<{ type: string }>(alone.url, `SELECT type FROM messaging.outbox WHERE published_at IS NULL`);
    // The case was also led, and its decision published, while the broker was down.
    const ofCase = ['caseAdvanced', 'decisionPublished'];
    expect(waiting.map(({ type }) => type).filter((type) => !ofCase.includes(type))).toEqual(['orderIssued']);
  });
});
