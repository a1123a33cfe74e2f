// The whole life of an order against real PostgreSQL and Kafka: its requests, the answers that it accepts, and its speed.
import { createHash, randomUUID } from 'node:crypto';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { query, until } from '@hengji/testing';
import { openDatabase } from '../src/adapters/store/database';
import { orderStore } from '../src/adapters/store/order-store';
import { SERVICES } from '../src/domain/cascade';
import { phaseOf } from '../src/domain/reading/phase';
import { city, done, DRAFTER, must, rowOf, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const unused = (): never => {
  throw new Error('nothing is written here');
};
const reason = (slug: string) => expect.objectContaining({ reason: slug });

describe('an order', () => {
  it('is carried out completely, and then lifted', async () => {
    const institution = anInstitution();
    const draft = await world.draft(institution, [
      'STOP_EVALUATION',
      'CANCEL_RESULTS',
      'VOID_CERTIFICATES',
      'WITHDRAW_UPLOADS',
      'RECOVER_SUBSIDIES',
    ]);
    expect(draft).toMatchObject({
      state: 'DRAFT',
      authority: '2101',
      documentNo: '',
      residual: -1n,
      allowedActions: ['preview', 'edit', 'discard'],
    });

    const { order: preview } = await world.client().previewOrder({ actor: DRAFTER, orderId: draft.orderId });
    expect(must(preview)).toMatchObject({ state: 'PREVIEWED', allowedActions: ['preview', 'sign', 'edit', 'discard'] });
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

  it('has its position among the orders of the institution', async () => {
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
  it('is refused when the previewed records have changed, until the order is previewed again', async () => {
    const { orderId } = await world.draft(anInstitution(), ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES']);
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    // One subsidy less: still within what the notice said.
    world.neighbours.subsidy.counts.set('OPEN_RECOVERIES', 9);
    const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
    await expect(sign()).rejects.toThrow(expect.objectContaining({ kind: 'conflict', reason: 'order.preview_changed' }));
    expect(await world.get(orderId)).toMatchObject({ state: 'PREVIEWED', documentNo: '', fences: [] });
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    expect((await sign()).order?.state).toBe('EXECUTING');
    world.neighbours.subsidy.counts.clear();
  });

  it('twice at once succeeds once', async () => {
    const { orderId } = await world.draft(anInstitution());
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    const sign = () => world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId });
    const outcomes = await Promise.allSettled([sign(), sign()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'order.illegal_move' } });
  });

  it('gives the same request the same answer, and refuses another content under its id', async () => {
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

describe('the fields that a reader of an order gets', () => {
  it('name the people as their acts do, and the document number where another list has only its id', async () => {
    const order = await world.draft(anInstitution());
    const { orderId } = order;
    await world.client().previewOrder({ actor: { ...DRAFTER, name: '起草人某' }, orderId });
    const { order: signed } = await world.client().signOrder({ requestId: randomUUID(), actor: { ...SIGNER, name: '签发人某' }, orderId });
    expect(signed).toMatchObject({ draftedByName: '起草人某', signedByName: '签发人某' });
    const { orders } = await world.client().listOrderNumbers({ actor: SIGNER, orderIds: [orderId, 'no-such-order', order.caseId] });
    expect(orders).toEqual([{ orderId, documentNo: signed?.documentNo }]);
    expect(signed?.rows.map(({ title }) => title)).toEqual(expect.arrayContaining(['取消评价结果', '证书作废', '通报公安']));
  });

  it('show in the list by phase the same state as the order itself', async () => {
    const order = await world.sign(anInstitution());
    const { orderId } = order;
    // The driver would continue the orders that are written here.
    await world.stop();
    const db = openDatabase(world.url);
    const orders = orderStore(db, { eachEvent: [], seal: unused, tasks: { keep: unused }, now: () => new Date() });
    const inPhase = async (phase: string): Promise<boolean> => {
      const asked = ListQuery.fromPartial({ filters: [{ field: 'phase', op: 'IS', values: [phase] }], limit: 1_000 });
      return (await orders.list({ visible: {}, query: asked })).orders.some(({ id }) => id === orderId);
    };
    const still = { completed_at: null, reopened_at: null, suspended_at: null, sweep_next_at: null };
    const at = '2026-11-01T00:00:00Z';
    const later = '2099-11-02T00:00:00Z';
    const set = (columns: Record<string, string | null>) => {
      const all = Object.entries({ ...still, ...columns });
      const text = all.map(([name], i) => `${name} = $${i + 2}`).join(', ');
      return query(world.url, `UPDATE orders SET ${text} WHERE id = $1`, [orderId, ...all.map(([, value]) => value)]);
    };
    const phases: [string, Record<string, string | null>][] = [
      ['FENCING', { state: 'SIGNED' }],
      ['EXECUTING', { state: 'EXECUTING' }],
      ['COUNTING', { state: 'EXECUTING', sweep_next_at: later }],
      ['SUSPENDED', { state: 'EXECUTING', suspended_at: at }],
      ['REOPENED', { state: 'EXECUTING', reopened_at: at, sweep_next_at: later }],
      ['EXECUTING', { state: 'EXECUTING', completed_at: later, reopened_at: at }],
      ['COMPLETED', { state: 'COMPLETED', completed_at: at }],
      ['LIFTED', { state: 'LIFTED' }],
      ['DRAFTED', { state: 'DRAFT' }],
      ['AWAITING_SIGNATURE', { state: 'PREVIEWED' }],
    ];
    for (const [phase, columns] of phases) {
      await set(columns);
      expect([phase, phaseOf(await orders.get(orderId)), await inPhase(phase)]).toEqual([phase, phase, true]);
    }
    await db.$disconnect();
    await world.start();
  });
});
