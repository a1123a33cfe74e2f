// The whole life of an order against real PostgreSQL and Kafka: what it asks, what it believes, and how fast.
import { createHash, randomUUID } from 'node:crypto';
import { until } from '@hengji/testing';
import { SERVICES } from '../src/domain/cascade';
import { city, done, DRAFTER, must, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const reason = (slug: string) => expect.objectContaining({ reason: slug });

describe('an order', () => {
  it('goes its whole way, and is lifted again', async () => {
    const institution = anInstitution();
    const draft = await world.draft(institution, [
      'STOP_EVALUATION',
      'CANCEL_RESULTS',
      'VOID_CERTIFICATES',
      'WITHDRAW_UPLOADS',
      'RECOVER_SUBSIDIES',
    ]);
    expect(draft).toMatchObject({ state: 'DRAFT', authority: '2101', documentNo: '', residual: -1n, allowedActions: ['preview'] });

    const { order: preview } = await world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    expect(must(preview)).toMatchObject({ state: 'PREVIEWED', allowedActions: ['preview', 'sign'] });
    expect(rowOf(must(preview), 'VOID_CERTIFICATES')).toMatchObject({
      preview: { count: 10n, fen: 100n, sample: ['a'] },
      ask: { signedCount: 10n },
    });

    const { order: signed } = await world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId: draft.orderId });
    expect(must(signed)).toMatchObject({ state: 'EXECUTING', epoch: 1n, signedBy: 'signer' });
    expect(must(signed).documentNo).toMatch(/^沈人社鉴处〔\d{4}〕\d+号$/);
    expect(must(signed).fences.every(({ placedAt }) => placedAt !== undefined)).toBe(true);
    for (const service of SERVICES) {
      expect(world.neighbours[service].fences.filter(({ orderId }) => orderId === draft.orderId)).toMatchObject([
        { epoch: 1n, standing: true, scope: { institution } },
      ]);
    }

    const completed = await until(
      () => world.carryOut(must(signed)),
      ({ state }) => state === 'COMPLETED',
    );
    expect(completed).toMatchObject({ residual: 0n, allowedActions: ['lift', 'liftPart', 'suspend', 'sweep'] });
    expect(
      completed.rows.every(({ receipt, residual, residualAt }) => receipt !== undefined && residual === 0n && residualAt !== undefined),
    ).toBe(true);

    const { order: lifting } = await world
      .client()
      .liftOrder({ requestId: randomUUID(), actor: SIGNER, orderId: draft.orderId, reason: '行政复议撤销' });
    expect(must(lifting)).toMatchObject({ state: 'LIFTING', liftedBy: 'signer' });
    expect(must(lifting).liftDocumentNo).toMatch(/^沈人社鉴解〔\d{4}〕\d+号$/);
    const lifted = await until(
      () => world.carryOut(must(lifting)),
      ({ state }) => state === 'LIFTED',
    );
    expect(lifted).toMatchObject({ residual: 0n, allowedActions: ['sweep'] });

    const events = await until(
      () => world.published(draft.orderId),
      (bodies) => bodies.filter(({ $case }) => $case === 'orderCompleted').length === 2,
    );
    const cases = events.map(({ $case }) => $case);
    expect(cases.filter((name) => name !== 'rowReleased')).toEqual(['orderIssued', 'orderCompleted', 'orderLifted', 'orderCompleted']);
    expect(cases.filter((name) => name === 'rowReleased')).toHaveLength(9);
    expect(events[0]).toMatchObject({
      value: { epoch: 1n, rows: expect.any(Array), measures: expect.arrayContaining(['STOP_EVALUATION']) },
    });
    expect(events.at(-1)).toMatchObject({ value: { lifted: true } });
  });

  it('releases a row with the root of the receipt that it waited for', async () => {
    const order = await world.sign(anInstitution());
    const voiding = rowOf(order, 'VOID_CERTIFICATES');
    await world.report(order.scope?.institution ?? '', done(order, voiding));
    const events = await until(
      () => world.published(order.orderId),
      (bodies) => bodies.length >= 2,
    );
    expect(events[1]).toMatchObject({
      $case: 'rowReleased',
      value: {
        row: rowOf(order, 'PUBLISH_NOTICE').ask?.row,
        afterRoot: createHash('sha256').update(`root of ${voiding.ask?.row}`).digest(),
      },
    });
  });

  it('has its place among the orders of the institution', async () => {
    const institution = anInstitution();
    const first = await world.sign(institution);
    const second = await world.sign(institution, ['STOP_EVALUATION']);
    const other = await world.sign(anInstitution());
    expect([first.epoch, second.epoch, other.epoch]).toEqual([1n, 2n, 1n]);
    const { fences } = await world.client('exam').listFences({ service: 'exam' });
    expect(fences.filter(({ scope }) => scope?.institution === institution).map(({ epoch, standing }) => [epoch, standing])).toEqual([
      [1n, false],
      [2n, true],
    ]);
    for (const order of [first, second])
      await until(
        () => world.carryOut(order),
        ({ state }) => state === 'COMPLETED',
      );
    const { fences: left } = await world.client('exam').listFences({ service: 'exam' });
    expect(left.filter(({ scope }) => scope?.institution === institution).map(({ orderId }) => orderId)).toEqual([second.orderId]);
  });
});

describe('signing', () => {
  it('is refused when what was previewed has moved, until it is previewed again', async () => {
    const { orderId } = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    world.neighbours.certificate.counts.set('VOID_CERTIFICATES', 11);
    const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
    await expect(sign()).rejects.toThrow(expect.objectContaining({ kind: 'conflict', reason: 'order.preview_changed' }));
    expect(await world.get(orderId)).toMatchObject({ state: 'PREVIEWED', documentNo: '', fences: [] });
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    expect((await sign()).order?.state).toBe('EXECUTING');
    world.neighbours.certificate.counts.clear();
  });

  it('twice at once succeeds once', async () => {
    const { orderId } = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
    const outcomes = await Promise.allSettled([sign(), sign()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'order.illegal_move' } });
  });

  it('answers the same to the same request, and refuses another under its id', async () => {
    const { orderId } = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    const request = { requestId: randomUUID(), actor: SIGNER, orderId };
    const first = await world.client().signOrder(request);
    const second = await world.client().signOrder(request);
    expect(second.order?.documentNo).toBe(first.order?.documentNo);
    expect(second.order?.signedAt).toEqual(first.order?.signedAt);
    await expect(world.client().signOrder({ ...request, actor: city('third') })).rejects.toThrow(reason('request.reused'));
    await expect(world.client().signOrder({ ...request, requestId: '' })).rejects.toThrow(reason('request.id_missing'));
  });
});
