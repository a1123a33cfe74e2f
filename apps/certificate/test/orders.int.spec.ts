// The effects of an order on certificates: voided with time and document, reinstated exactly, held, resumed.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { databaseClient, query, type TestOrder, type TestRow, unique, until } from '@hengji/testing';
import {
  type CertificateUnderTest,
  loaded,
  newInstitution,
  OFFICER,
  passedResults,
  pseudonymOf,
  startCertificate,
} from './certificate-under-test';

let certificate: CertificateUnderTest;
beforeAll(async () => {
  certificate = await startCertificate();
});

const VOID: TestRow = { $case: 'certificate', value: 'VOID_CERTIFICATES' };
const HOLD: TestRow = { $case: 'certificate', value: 'HOLD_ISSUING' };

const orderOf = (
  institution: string,
  rows: readonly TestRow[],
  more: Partial<TestOrder> & { narrowed?: Partial<Scope> } = {},
): TestOrder => {
  const { narrowed, ...rest } = more;
  return { orderId: `o-${unique()}`, scope: { ...narrowed, institution }, rows, ...rest };
};
const liftingOf = (order: TestOrder): TestOrder => ({
  ...order,
  rows: order.rows.map((row, i) => ({ ...row, row: 11 + i, afterRow: 0, undoesRow: 1 + i })),
});
const get = async (number: string) => (await certificate.gateway.getCertificate({ number })).certificate;
const issue = (resultIds: string[]) => certificate.gateway.issueCertificates({ requestId: unique(), actor: OFFICER, resultIds });

describe('voiding certificates', () => {
  it('shows void, since and by which document; lifting reinstates and leaves neither', async () => {
    const institution = newInstitution();
    const numbers = await loaded(certificate, institution, 4);
    const order = orderOf(institution, [VOID], { narrowed: { certificates: numbers.slice(0, 2) } });
    const preview = await certificate.orders.preview({ scope: order.scope, rows: [{ row: 1, effect: VOID }] });
    expect(preview.rows).toMatchObject([{ count: 2n, people: 2n, sample: numbers.slice(0, 2) }]);
    await certificate.enforcement.issue(order);
    expect((await certificate.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 2n, changed: 2n, already: 0n });
    const voided = await get(numbers[0] as string);
    expect(voided).toMatchObject({
      state: 'VOIDED',
      voidedBy: order.orderId,
      voidDocumentNo: `辽人社鉴处〔2026〕${order.orderId}号`,
      voidedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) as string,
    });
    expect(await get(numbers[2] as string)).toMatchObject({ state: 'ISSUED', voidedAt: '', voidedBy: '', voidDocumentNo: '' });
    expect(await certificate.gateway.countCertificates({ institution })).toMatchObject({ total: 4n, voided: 2n });
    expect((await certificate.gateway.listCertificates({ institution, state: 'VOIDED' })).certificates).toHaveLength(2);

    await certificate.enforcement.lift(liftingOf(order));
    await certificate.enforcement.receipt(order.orderId, 11);
    expect(await get(numbers[0] as string)).toMatchObject({ state: 'ISSUED', voidedAt: '', voidedBy: '', voidDocumentNo: '' });
    const bodies = (await certificate.probe.events(TOPICS.certificate)).flatMap(({ meta, body }) =>
      meta?.orderId === order.orderId && body ? [body] : [],
    );
    expect(bodies).toMatchObject([
      { $case: 'certificatesVoided', value: { orderId: order.orderId, numbers: numbers.slice(0, 2) } },
      { $case: 'certificatesReinstated', value: { orderId: order.orderId, numbers: numbers.slice(0, 2) } },
    ]);
    const voiding = bodies[0]?.$case === 'certificatesVoided' ? bodies[0].value : undefined;
    expect(voiding?.voidedAt?.toISOString()).toBe(voided?.voidedAt);
  });

  it('finds certificates by every part of a scope', async () => {
    const institution = newInstitution();
    await loaded(certificate, institution, 3);
    const scopes: [Partial<Scope>, bigint][] = [
      [{}, 3n],
      [{ plans: [`${institution}-p`] }, 3n],
      [{ plans: ['p-other'] }, 0n],
      [{ sessions: [`${institution}-s`] }, 3n],
      [{ occupationLevels: [{ occupation: '6-31-01-03', level: '4' }] }, 3n],
      [{ occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] }, 0n],
      [{ persons: [pseudonymOf(1)] }, 1n],
      [{ certificates: [`${institution}254000003`] }, 1n],
      [{ from: '2025-03-01', until: '2025-03-01' }, 3n],
      [{ from: '2025-03-02' }, 0n],
      [{ until: '2025-02-28' }, 0n],
    ];
    for (const [narrowed, count] of scopes) {
      const { rows } = await certificate.orders.preview({ scope: { institution, ...narrowed }, rows: [{ row: 1, effect: VOID }] });
      expect([narrowed, rows[0]?.count]).toEqual([narrowed, count]);
    }
  });

  it('lasts while another order also voids, and then names that order; a repeat changes nothing', async () => {
    const institution = newInstitution();
    const [number = ''] = await loaded(certificate, institution, 1);
    const [first, second] = [orderOf(institution, [VOID], { epoch: 1n }), orderOf(institution, [VOID], { epoch: 2n })];
    for (const order of [first, second]) {
      await certificate.enforcement.issue(order);
      await certificate.enforcement.receipt(order.orderId, 1);
    }
    expect((await certificate.enforcement.receipt(second.orderId, 1)).receipt).toMatchObject({ changed: 0n, already: 1n });
    expect(await get(number)).toMatchObject({ voidedBy: first.orderId });
    await certificate.enforcement.lift(liftingOf(first));
    await certificate.enforcement.receipt(first.orderId, 11);
    expect(await get(number)).toMatchObject({ state: 'VOIDED', voidedBy: second.orderId });

    const before = (await certificate.enforcement.reports()).length;
    await certificate.enforcement.repeat();
    const marker = orderOf(newInstitution(), [HOLD]);
    await certificate.enforcement.issue(marker);
    await certificate.enforcement.receipt(marker.orderId, 1);
    expect(await get(number)).toMatchObject({ state: 'VOIDED', voidedBy: second.orderId });
    expect((await certificate.enforcement.reports()).length).toBe(before + 1);
    const { rows } = await certificate.orders.countResidual({
      orderId: second.orderId,
      scope: second.scope,
      rows: [{ row: 1, effect: VOID }],
    });
    expect(rows).toMatchObject([{ count: 0n }]);
  });

  it('continues at the same place after a stop, a thousand per event', async () => {
    const own = await startCertificate();
    const institution = newInstitution();
    await loaded(own, institution, 6000);
    const count = async (): Promise<number> =>
      (await query<{ n: number }>(own.database, `SELECT count(*)::int AS n FROM certificate WHERE state = 'VOIDED'`))[0]?.n ?? 0;
    // The test locks a record of the last chunk, so the task waits in the middle.
    const client = await databaseClient(own.database);
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM certificate ORDER BY number DESC LIMIT 1 FOR UPDATE');
    const order = orderOf(institution, [{ ...VOID, signedCount: 6000n }]);
    await own.enforcement.issue(order);
    await until(count, (n) => n === 5000, { withinMs: 20_000 });
    const stopping = own.stop();
    await client.query('ROLLBACK');
    await client.end();
    await stopping;
    await own.restart();
    expect((await own.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 6000n, changed: 6000n, already: 0n });
    const sizes = (await own.probe.events(TOPICS.certificate)).flatMap(({ body }) =>
      body?.$case === 'certificatesVoided' ? [body.value.numbers.length] : [],
    );
    expect(sizes).toEqual(Array.from({ length: 6 }, () => 1000));
  });

  it('is refused, and changes nothing, when there are more records than were signed', async () => {
    const institution = newInstitution();
    await loaded(certificate, institution, 3);
    const order = orderOf(institution, [{ ...VOID, signedCount: 2n }]);
    await certificate.enforcement.issue(order);
    expect(await certificate.enforcement.refusal(order.orderId, 1)).toMatchObject({ reason: 'order.more_than_signed' });
    expect(await certificate.gateway.countCertificates({ institution })).toMatchObject({ voided: 0n });
  });
});

describe('holding issuing', () => {
  it('refuses new certificates in its scope until every order is lifted', async () => {
    const institution = newInstitution();
    await loaded(certificate, institution, 2);
    const ids = passedResults(certificate, institution, 3);
    const orders = [1n, 2n].map((epoch) => orderOf(institution, [HOLD], { epoch, measures: ['STOP_EVALUATION'] }));
    for (const order of orders) {
      await certificate.enforcement.issue(order);
      expect((await certificate.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: 2n });
      await certificate.enforcement.complete(institution, order.orderId);
    }
    for (const order of orders) {
      await expect(issue(ids)).rejects.toMatchObject({ kind: 'illegalMove', reason: 'order.held' });
      await certificate.enforcement.lift(liftingOf(order));
      await certificate.enforcement.receipt(order.orderId, 11);
    }
    expect((await issue(ids)).certificates).toHaveLength(3);
    const cases = (await certificate.probe.events(TOPICS.certificate)).flatMap(({ meta, body }) =>
      meta?.institution === institution && meta.orderId !== '' ? [body?.$case] : [],
    );
    expect(cases).toEqual(['issuingHeld', 'issuingHeld', 'issuingReleased', 'issuingReleased']);
  });

  it('does not affect what is outside the scope', async () => {
    const institution = newInstitution();
    const order = orderOf(institution, [HOLD], { narrowed: { plans: ['p-other'] }, measures: ['STOP_EVALUATION'] });
    await certificate.enforcement.issue(order);
    await certificate.enforcement.receipt(order.orderId, 1);
    expect((await issue(passedResults(certificate, institution, 1))).certificates).toHaveLength(1);
  });
});

describe('the fence', () => {
  it('wins against concurrent requests: the order finds what was committed before, nothing comes after', async () => {
    const institution = newInstitution();
    const ids = passedResults(certificate, institution, 400);
    const order = orderOf(institution, [VOID]);
    let fenced = false;
    const late: number[] = [];
    const issuer = async (n: number): Promise<void> => {
      for (let at = n * 100; at < n * 100 + 100; at += 2) {
        const begunAfterFence = fenced;
        try {
          await issue(ids.slice(at, at + 2));
          if (begunAfterFence) late.push(at);
        } catch (refusal) {
          expect(refusal).toMatchObject({ reason: 'order.held' });
          return;
        }
      }
    };
    const issuers = [0, 1, 2, 3].map(issuer);
    await until(
      () => certificate.gateway.countCertificates({ institution }),
      ({ total }) => total > 0n,
    );
    await certificate.orders.fence({ orderId: order.orderId, epoch: 1n, scope: order.scope, standing: false });
    fenced = true;
    const { total } = await certificate.gateway.countCertificates({ institution });
    await Promise.all(issuers);
    expect(late).toEqual([]);
    expect((await certificate.gateway.countCertificates({ institution })).total).toBe(total);
    await certificate.enforcement.issue(order);
    expect((await certificate.enforcement.receipt(order.orderId, 1)).receipt).toMatchObject({ matched: total, changed: total });
  });
});

describe('the upload state', () => {
  let sequence = 0n;
  const told = (institution: string, body: NonNullable<ExchangeEvent['body']>): ExchangeEvent => ({
    meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: (sequence += 1n), orderId: '' },
    body,
  });
  const becomes = (number: string, state: string) =>
    until(
      () => get(number),
      (one) => one?.uploadState === state,
    );

  it('follows the events of exchange, each sent twice, and no other events', async () => {
    const institution = newInstitution();
    const numbers = await loaded(certificate, institution, 2);
    const [number = ''] = numbers;
    const tell = async (body: NonNullable<ExchangeEvent['body']>): Promise<void> => {
      const event = told(institution, body);
      await certificate.probe.publish(TOPICS.exchange, event, event);
    };
    await tell({ $case: 'uploadsAccepted', value: { numbers } });
    await becomes(number, 'UPLOADED');
    await tell({ $case: 'uploadsRejected', value: { numbers, codes: ['E1', 'E1'] } });
    await tell({ $case: 'uploadsWithdrawn', value: { orderId: 'o-1', numbers: [number] } });
    await becomes(number, 'WITHDRAWN');
    expect(await certificate.gateway.countCertificates({ institution })).toEqual({ total: 2n, voided: 0n, uploaded: 1n, withdrawn: 1n });
    await tell({ $case: 'uploadsRestored', value: { orderId: 'o-1', numbers: [number] } });
    await becomes(number, 'UPLOADED');
  });

  it('is known also when exchange publishes it before the certificate is loaded', async () => {
    const institution = newInstitution();
    const number = `${institution}254000001`;
    await certificate.probe.publish(TOPICS.exchange, told(institution, { $case: 'uploadsAccepted', value: { numbers: [number] } }));
    await until(
      () => certificate.gateway.countCertificates({ institution }),
      ({ uploaded }) => uploaded === 1n,
    );
    await loaded(certificate, institution, 1);
    expect(await get(number)).toMatchObject({ uploadState: 'UPLOADED', state: 'ISSUED' });
  });

  it('is parked with its key while it cannot be written; other keys continue; a replay completes it', async () => {
    const [stuck, free] = [newInstitution(), newInstitution()];
    const [[number = ''], [other = '']] = [await loaded(certificate, stuck, 1), await loaded(certificate, free, 1)];
    await query(certificate.database, `ALTER TABLE upload ADD CONSTRAINT away CHECK (number <> '${number}')`);
    const listed = () => certificate.parking.listParked({});
    await certificate.probe.publish(
      TOPICS.exchange,
      told(stuck, { $case: 'uploadsAccepted', value: { numbers: [number] } }),
      told(stuck, { $case: 'uploadsWithdrawn', value: { orderId: 'o-1', numbers: [number] } }),
      told(free, { $case: 'uploadsAccepted', value: { numbers: [other] } }),
    );
    await becomes(other, 'UPLOADED');
    const parked = await until(listed, ({ messages }) => messages.filter(({ key }) => key === stuck).length === 2, { withinMs: 30_000 });
    expect(parked.messages.filter(({ key }) => key === stuck).map(({ state }) => state)).toEqual(['poison', 'behind']);
    const replay = { topic: TOPICS.exchange.name, key: stuck };
    expect(await certificate.parking.replayParked(replay)).toMatchObject({ handled: 0, stillParked: 2 });
    await query(certificate.database, 'ALTER TABLE upload DROP CONSTRAINT away');
    expect(await certificate.parking.replayParked(replay)).toMatchObject({ handled: 2, stillParked: 0 });
    expect(await get(number)).toMatchObject({ uploadState: 'WITHDRAWN' });
  });
});
