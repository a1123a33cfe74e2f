// Answers of the services that come twice, late, wrong or not at all, and what users see.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { query, until } from '@hengji/testing';
import { done, DRAFTER, must, refused, rowOf, signedAs, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const reason = (slug: string) => expect.objectContaining({ reason: slug });

describe('reports', () => {
  it('that come twice, out of order and late count once', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const [cancelling, voiding] = [rowOf(order, 'CANCEL_RESULTS'), rowOf(order, 'VOID_CERTIFICATES')];
    const progress = { $case: 'rowProgressed', from: 'exam', value: { orderId: order.orderId, row: 1, matched: 4n, changed: 4n } } as const;
    const [first] = await world.report(institution, done(order, voiding));
    if (!first) throw new Error('nothing was reported');
    await world.probe.publish(TOPICS.reports, first, first);
    // The same receipt as a new event, then progress of a row that is done, then its refusal.
    await world.report(
      institution,
      done(order, voiding),
      done(order, cancelling),
      progress,
      refused(order, voiding),
      done(order, cancelling),
    );
    const completed = await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    await world.report(institution, done(order, voiding), progress);
    const after = await world.sign(institution);
    await world.report(institution, done(after, rowOf(after, 'CANCEL_RESULTS')));
    // The later order's report comes after the late reports of the earlier order: once the later one is processed, so are
    // they.
    await until(
      () => world.get(after.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'DONE',
    );
    expect(await world.get(order.orderId)).toEqual(completed);
    const events = await world.published(order.orderId);
    expect(events.map(({ $case }) => $case)).toEqual(['orderIssued', 'rowReleased', 'orderCompleted']);
  });

  it('of an unknown order, row or service, or with another receipt, are kept aside and block nothing', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const voiding = rowOf(order, 'VOID_CERTIFICATES');
    const other = done(order, voiding, { root: Buffer.from('another') });
    const cancelling = rowOf(order, 'CANCEL_RESULTS');
    const forged = done(order, cancelling);
    if (forged.value.receipt) forged.value.receipt.matched += 1n;
    const wrongEpoch = done(order, cancelling);
    wrongEpoch.value.epoch = 5n;
    const wrong = (change: object) => {
      const report = done(order, cancelling);
      return { ...report, value: { ...report.value, ...change } } as typeof report;
    };
    await world.report(institution, done(order, voiding));
    const events = await world.report(
      institution,
      other,
      wrong({ orderId: 'no-such-order' }),
      wrong({ row: 99 }),
      wrong({ service: 'subsidy' }),
      signedAs(wrongEpoch, cancelling),
      forged,
      wrong({ row: 4, service: 'exchange', receipt: undefined }),
    );
    expect(events).toHaveLength(7);
    const strays = await until(
      () => query<{ reason: string }>(world.url, `SELECT reason FROM stray_report ORDER BY received_at, reason`),
      (rows) => rows.length >= 6,
    );
    expect(strays.map((stray) => stray.reason).sort()).toEqual([
      'order.unknown',
      'receipt.forged',
      'report.receipt_differs',
      'report.wrong_epoch',
      'report.wrong_service',
      'row.unknown',
    ]);
    // The last report has no receipt and cannot be decoded, so it is parked with its key.
    const parked = await until(
      () => query<{ key: string }>(world.url, `SELECT key FROM messaging.parked`),
      (rows) => rows.length > 0,
    );
    expect(parked).toEqual([{ key: institution }]);
  });
});

describe("a report that was not sealed by its row's service", () => {
  it('and comes from another service is kept aside and changes no row, whatever it holds', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const row = rowOf(order, 'CANCEL_RESULTS');
    const progress = { orderId: order.orderId, row: row.ask?.row ?? 0, matched: 7n, changed: 7n };
    await world.report(
      institution,
      { ...refused(order, row), from: 'subsidy' },
      { $case: 'rowProgressed', from: 'certificate', value: progress },
      // A genuine receipt, sent by the wrong service.
      { ...done(order, row), from: 'exchange' },
    );
    const reasons = () =>
      query<{ service: string; reason: string }>(
        world.url,
        'SELECT service, reason FROM stray_report WHERE order_id = $1 ORDER BY service',
        [order.orderId],
      );
    const kept = await until(reasons, (rows) => rows.length === 3);
    expect(kept).toEqual(['certificate', 'exchange', 'subsidy'].map((service) => ({ service, reason: 'report.wrong_service' })));
    expect(rowOf(await world.get(order.orderId), 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', refusalReason: '', disputeReason: '' });
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
  });

  it('is quarantined when it has no seal, and blocks no genuine one', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const row = rowOf(order, 'CANCEL_RESULTS');
    const meta = { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: 1n, orderId: order.orderId };
    const value = TOPICS.reports.codec.encode({ meta, body: refused(order, row) }).finish();
    await world.probe.produce(TOPICS.reports.name, { key: institution, value, headers: { ce_source: 'hengji/exam' } });
    const completed = await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    expect(rowOf(completed, 'CANCEL_RESULTS').refusalReason).toBe('');
    const parked = await query<object>(world.url, 'SELECT state, reason FROM messaging.parked WHERE key = $1', [institution]);
    expect(parked).toEqual([{ state: 'quarantined', reason: 'seal.missing' }]);
  });
});

describe('failures', () => {
  it('a refused row is shown until it is retried', async () => {
    const institution = anInstitution();
    const order = await world.sign(institution);
    const row = rowOf(order, 'CANCEL_RESULTS');
    await world.report(institution, refused(order, row));
    const red = await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').state === 'REFUSED',
    );
    expect(red).toMatchObject({ state: 'EXECUTING', allowedActions: ['retry', 'confirmDrift', 'suspend'] });
    expect(rowOf(red, 'CANCEL_RESULTS')).toMatchObject({ refusalReason: 'order.more_than_signed', refusalDetail: '超过签发数量' });
    const request = { requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, row: row.ask?.row ?? 0 };
    const { order: again } = await world.client().retryRow(request);
    expect(rowOf(must(again), 'CANCEL_RESULTS')).toMatchObject({ state: 'ASKED', refusalReason: '' });
    await world.client().retryRow(request);
    await expect(world.client().retryRow({ ...request, requestId: randomUUID() })).rejects.toThrow(reason('row.not_refused'));
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    const released = (await world.published(order.orderId)).filter(
      ({ $case, value }) => $case === 'rowReleased' && 'row' in value && value.row === request.row,
    );
    expect(released).toHaveLength(1);
  });

  it('any residual keeps the order open, is named, and is counted again', async () => {
    const order = await world.sign(anInstitution());
    world.neighbours.certificate.residuals.set('VOID_CERTIFICATES', 2);
    await world.carryOut(order);
    const open = await until(
      () => world.get(order.orderId),
      ({ residual }) => residual === 2n,
    );
    expect(open).toMatchObject({ state: 'EXECUTING' });
    expect(rowOf(open, 'VOID_CERTIFICATES')).toMatchObject({ residual: 2n, residualSample: ['left-VOID_CERTIFICATES'] });
    world.neighbours.certificate.residuals.clear();
    expect(
      await until(
        () => world.get(order.orderId),
        ({ state }) => state === 'COMPLETED',
      ),
    ).toMatchObject({ residual: 0n });
  });

  it('a service that does not count is not taken as zero', async () => {
    const order = await world.sign(anInstitution());
    await world.neighbours.certificate.stop();
    await world.carryOut(order);
    await until(
      () => query<{ tries: number }>(world.url, `SELECT sweep_tries AS tries FROM orders WHERE id = $1`, [order.orderId]),
      ([row]) => (row?.tries ?? 0) >= 1,
    );
    expect(await world.get(order.orderId)).toMatchObject({ state: 'EXECUTING', residual: -1n });
    await world.neighbours.certificate.start();
    await until(
      () => world.get(order.orderId),
      ({ state }) => state === 'COMPLETED',
    );
  });

  it('an overdue row is announced once, and shown', async () => {
    const order = await world.sign(anInstitution());
    world.clock.aheadMs = 31 * 60_000;
    const late = await until(
      () => world.get(order.orderId),
      (seen) => rowOf(seen, 'CANCEL_RESULTS').overdue,
    );
    expect(rowOf(late, 'NOTIFY_POLICE').overdue).toBe(false);
    const overdue = () => world.published(order.orderId).then((bodies) => bodies.filter(({ $case }) => $case === 'rowOverdue'));
    await until(overdue, (bodies) => bodies.length === 2);
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    world.clock.aheadMs = 0;
    expect(await overdue()).toHaveLength(2);
    expect(rowOf(await world.get(order.orderId), 'CANCEL_RESULTS')).toMatchObject({ state: 'DONE', overdue: true });
  });
});

describe('a service that does not answer', () => {
  it('gets the request again until it answers; a second answer has no second effect', async () => {
    const alone = await startWorld({ REMIND_AFTER_MS: '600000' });
    const order = await alone.sign(anInstitution(), ['RECTIFY']);
    const told = async () => (await alone.published(order.orderId)).map(({ $case }) => $case);
    const times = (name: string) => async () => (await told()).filter((one) => one === name).length;
    const minutes = async (many: number, issued: number): Promise<void> => {
      alone.clock.aheadMs = many * 60_000;
      await until(times('orderIssued'), (count) => count >= issued);
    };
    await minutes(11, 2);
    await minutes(22, 3);
    await minutes(45, 4);
    expect(await times('rowReleased')()).toBeGreaterThanOrEqual(3);
    await until(
      () => alone.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    const opened = await query<{ opened: number }>(alone.url, `SELECT count(*)::int AS opened FROM rectification`);
    expect(opened).toEqual([{ opened: 1 }]);
  });
});

describe('watching', () => {
  it('shows the order at once and after each change, until the watcher disconnects', async () => {
    const order = await world.sign(anInstitution());
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { order: now } of world.client().watchOrder({ actor: DRAFTER, orderId: order.orderId }, { signal: stop.signal })) {
        seen.push(`${now?.state} ${now?.rows.filter(({ state }) => state === 'DONE').length}`);
      }
    })().catch((failure: unknown) => failure);
    await until(
      () => seen,
      (states) => states.includes('EXECUTING 0'),
    );
    await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    await until(
      () => seen,
      (states) => states.includes('COMPLETED 5'),
    );
    stop.abort();
    await watching;
    expect(seen[0]).toBe('EXECUTING 0');
  });
});
