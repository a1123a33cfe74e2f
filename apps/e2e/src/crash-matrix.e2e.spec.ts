// The crash matrix: step × service × {before commit, after commit before publish, after publish before ack}. The steps are
// not listed here, where one would be forgotten: a first order is watched at the doors to the databases, and every kind of
// writing transaction that a service made for it is a step. Then each is struck at each point, one order for each point of
// the i-th step of all services at once. Killed, restarted, completed, and every effect exactly once.
import type { Officer } from '../../../tools/province/src/officer';
import { query, until } from '@hengji/testing';
import { FAULT_POINTS, postgresProxy, type PostgresProxy, publishes, type Shape, type Target } from './faults/postgres-proxy';
import { type Records, recordsOf, recordsOnce } from './records-of';
import { expectedOf, expectWorkedOnce } from './worked-once';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const SERVICES = ['enforcement', 'approval', 'exam', 'certificate', 'subsidy', 'exchange'] as const;
type Service = (typeof SERVICES)[number];
const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

const suite = 'crash_matrix';
const postgresUrl = new URL(process.env['TEST_POSTGRES_URL'] ?? '');

/**
 * Points that may stay undone, by name: steps that an order takes only by chance (a late answer, a second look), so that no
 * second order need take them. Everything that is not on this list has to be struck.
 */
const BY_CHANCE: readonly string[] = [];

interface Drafted {
  readonly order: OrderJson;
  readonly institution: string;
  readonly sessionId: string;
  readonly before: Records;
}

/** Whether the relay's mark is of these events; asked by a connection that does not go through the door. */
const marksIn =
  (url: string) =>
  async (rowIds: readonly string[], eventIds: readonly string[]): Promise<boolean> => {
    const sql = `SELECT 1 FROM messaging.outbox WHERE id = ANY($1::bigint[]) AND event_id = ANY($2::uuid[]) LIMIT 1`;
    return (await query(url, sql, [rowIds, eventIds])).length > 0;
  };

describe('an order survives the power failing at every point of every step', () => {
  const proxies = {} as Record<Service, PostgresProxy>;
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  /** Sessions that no order was about yet, of an institution with enough of them. */
  const sessions: { institution: string; sessionId: string }[] = [];
  let steps = {} as Record<Service, Shape[]>;
  /** Where each process died, in the order in which they did. */
  const deaths: string[] = [];

  const forget = (): void => SERVICES.forEach((service) => proxies[service].forget());

  /** An order on one session, drafted and previewed. */
  const nextOrder = async (): Promise<Drafted> => {
    const { institution, sessionId } = sessions.shift() ?? { institution: '', sessionId: '' };
    if (sessionId === '') throw new Error('the sample province has no session left for another order');
    const before = await recordsOf(drafter, institution);
    const order = await draft(drafter, { institution, measures: MEASURES, narrowed: { sessions: [sessionId] } });
    return { order, institution, sessionId, before };
  };

  const expectOnce = async (done: OrderJson, { institution, sessionId, before }: Drafted): Promise<void> => {
    // What the ministry acknowledged reaches certificate by Kafka, and certificate may just be starting.
    const isWithdrawn = (one: { sessionId: string; uploadState: string }): boolean =>
      one.sessionId !== sessionId || one.uploadState !== 'UPLOADED';
    const after = await recordsOnce(drafter, institution, (records) => records.certificates.every(isWithdrawn));
    const results = after.results.filter((one) => one.sessionId === sessionId);
    const certificates = after.certificates.filter((one) => one.sessionId === sessionId);
    const numbers = new Set(certificates.map((one) => one.number));
    const payments = after.payments.filter((one) => numbers.has(one.certificateNumber));
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
    expect(certificates.filter((one) => one.state !== 'VOIDED' || one.uploadState === 'UPLOADED')).toEqual([]);
    const recovered = after.recoveries.filter((one) => one.orderId === done.orderId).map((one) => one.paymentId);
    expect(recovered.sort()).toEqual(payments.map((one) => one.paymentId).sort());
    const isOf = (one: { sessionId: string }): boolean => one.sessionId === sessionId;
    const withdrawn = before.certificates.filter((one) => isOf(one) && one.uploadState === 'UPLOADED').map(({ number }) => number);
    await expectWorkedOnce(running, drafter, { order: done, expected: expectedOf(before, isOf), withdrawn });
  };

  beforeAll(async () => {
    const target = { host: postgresUrl.hostname, port: Number(postgresUrl.port) };
    for (const service of SERVICES) proxies[service] = await postgresProxy(target);
    running = await startRunning(suite, {
      throughDoor: Object.fromEntries(SERVICES.map((service) => [service, proxies[service].port])),
    });
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    for (const { code } of items) {
      const { certificates } = await recordsOf(drafter, code);
      sessions.push(...[...new Set(certificates.map((one) => one.sessionId))].map((sessionId) => ({ institution: code, sessionId })));
    }
  }, 240_000);
  afterAll(async () => {
    await running?.stop();
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  });

  it('watches an order once, and learns the steps', async () => {
    const drafted = await nextOrder();
    forget();
    await sign(signer, drafted.order);
    await expectOnce(await orderReaches(signer, drafted.order.orderId, 'COMPLETED'), drafted);
    steps = Object.fromEntries(SERVICES.map((service) => [service, [...proxies[service].shapes.keys()].sort()])) as Record<
      Service,
      Shape[]
    >;
    for (const service of SERVICES) expect(steps[service].length).toBeGreaterThanOrEqual(3);
  }, 120_000);

  /** Carries an order out while each service dies at whatever it still has to die at; returns how often they did. */
  const strike = async (left: Record<Service, Target[]>): Promise<number> => {
    const drafted = await nextOrder();
    const { order } = drafted;
    const restarts: Promise<void>[] = [];
    const restart = async (service: Service): Promise<void> => {
      await running.platform.kill(service);
      proxies[service].thaw();
      await running.platform.untilReady(service);
    };
    for (const service of SERVICES) {
      const struck = (target: Target): void => {
        deaths.push(`${service}: ${target.shape}: ${target.point}`);
        restarts.push(restart(service));
      };
      proxies[service].strikeAt(left[service], { struck, marks: marksIn(running.platform.databaseUrl(service)) });
    }
    // The signature's own answer may be what is lost; then the officer looks, and signs again if it did not count.
    const look = (): Promise<OrderJson | undefined> => signer.get<OrderJson>(`/orders/${order.orderId}`).catch(() => undefined);
    await until(
      () =>
        sign(signer, order).then(
          () => 'signed',
          async (failure: unknown) => ((await look())?.signedAt ? 'signed' : String(failure)),
        ),
      (answer) => answer === 'signed',
      { withinMs: 60_000 },
    );
    const done = await until(look, (seen) => seen?.state === 'COMPLETED', { withinMs: 180_000 });
    if (done === undefined) throw new Error('the order went away');
    expect(done.residual).toBe(0);
    SERVICES.forEach((service) => proxies[service].disarm());
    await Promise.all(restarts);
    await expectOnce(done, drafted);
    return restarts.length;
  };

  it('is struck at each point of each step, killed, started again, and completes', async () => {
    const left = Object.fromEntries(
      SERVICES.map((service) => [
        service,
        steps[service].flatMap((shape) =>
          FAULT_POINTS.filter((point) => point !== FAULT_POINTS[2] || publishes(shape)).map((point) => ({ shape, point })),
        ),
      ]),
    ) as Record<Service, Target[]>;
    const remaining = (): Target[] => SERVICES.flatMap((service) => left[service]);
    // A step that only some orders have (a late answer, a second look) may not come again: two orders without a strike end it.
    for (let idle = 0; idle < 2 && remaining().length > 0;) idle = (await strike(left)) === 0 ? idle + 1 : 0;
    const named = SERVICES.flatMap((service) => left[service].map(({ shape, point }) => `${service}: ${shape}: ${point}`));
    // Named, not counted: whatever was not struck at is in the failure, or on the list above with its reason.
    expect(named.filter((name) => !BY_CHANCE.includes(name))).toEqual([]);
    for (const service of SERVICES)
      for (const point of FAULT_POINTS) expect(deaths.some((death) => death.startsWith(service) && death.endsWith(point))).toBe(true);
  }, 900_000);

  it('leaves nothing parked and no gap', async () => {
    for (const service of SERVICES) {
      const [left] = await query<{ parked: string; gaps: string; waiting: string }>(
        running.platform.databaseUrl(service),
        `SELECT (SELECT count(*) FROM messaging.parked) AS parked, (SELECT count(*) FROM messaging.gap) AS gaps,
                (SELECT count(*) FROM messaging.outbox WHERE published_at IS NULL) AS waiting`,
      );
      expect({ service, ...left }).toEqual({ service, parked: '0', gaps: '0', waiting: '0' });
    }
  });
});
