// Drafts are edited in versions and discarded; a draft that a step of the case has named is replaced by a new one.
import { randomUUID } from 'node:crypto';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { DeepPartial, EditDraftRequest, Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { query, until } from '@hengji/testing';
import { city, DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const EDITOR = city('editor');

interface Drafted {
  readonly theCase: Case;
  readonly order: Order;
}
const drafted = async (change: { interim?: boolean } = {}): Promise<Drafted> => {
  const theCase = await world.cases.founded(anInstitution());
  const { caseId, institution } = theCase;
  const interim = change.interim === true ? { interim: true, urgency: '仍在组织考试', endCondition: '作出决定时' } : {};
  const { order } = await world.client().draftOrder({
    ...{ requestId: randomUUID(), actor: DRAFTER, caseId, scope: { institution }, title: '第一份' },
    measures: change.interim === true ? ['STOP_EVALUATION'] : ['CANCEL_RESULTS', 'VOID_CERTIFICATES'],
    ...{ grounds: ['FORGED_PAPERS'], reason: '伪造试卷', ...interim },
  });
  return { theCase, order: must(order) };
};
const edit = async (order: Order, change: DeepPartial<EditDraftRequest>): Promise<Order> => {
  const { orderId, scope, measures, grounds, reason, title, revision } = order;
  const content = { scope, measures, grounds, reason, title, revision };
  const request = { requestId: randomUUID(), actor: EDITOR, orderId, ...content, ...change } as DeepPartial<EditDraftRequest>;
  return must((await world.client().editDraft(request)).order);
};
const discard = (orderId: string, reason = '重复起草', revision = 0) =>
  world.client().discardDraft({ requestId: randomUUID(), actor: DRAFTER, orderId, reason, revision });
const preview = async ({ orderId }: Order): Promise<Order> => must((await world.client().previewOrder({ actor: DRAFTER, orderId })).order);
const versionsOf = async ({ orderId }: Order) => (await world.client().listDraftVersions({ actor: DRAFTER, orderId })).versions;
const phasesOf = async (institution: string): Promise<string[]> => {
  const asked = ListQuery.fromPartial({ filters: [{ field: 'institution', op: 'IS', values: [institution] }] });
  return (await world.client().listOrders({ actor: DRAFTER, query: asked })).orders.map(({ phase }) => phase);
};

describe('editing', () => {
  it('makes a new version, which is previewed again, and keeps who changed what', async () => {
    const before = await preview((await drafted()).order);
    expect(before).toMatchObject({ state: 'PREVIEWED', revision: 1, title: '第一份', editNote: '' });
    const after = await edit(before, { measures: ['CANCEL_RESULTS'], reason: '伪造试卷三份', title: '第二份' });
    expect(after).toMatchObject({ orderId: before.orderId, state: 'DRAFT', revision: 2, measures: ['CANCEL_RESULTS'], title: '第二份' });
    expect(after.rows.map(({ preview: seen }) => seen)).toEqual(after.rows.map(() => undefined));
    expect(after.rows.length).toBeLessThan(before.rows.length);
    expect((await preview(after)).rows).toHaveLength(after.rows.length);
    expect((await versionsOf(after)).map(({ revision, editedBy, changes }) => [revision, editedBy, changes])).toEqual([
      [2, 'editor', ['名称：第一份 → 第二份', '措施：取消评价结果、宣布证书作废 → 取消评价结果', '事实与理由：伪造试卷 → 伪造试卷三份']],
      [1, 'drafter', []],
    ]);
  });

  it('refuses the second of two editors, and the signature of a version that was not read', async () => {
    const { order } = await drafted({ interim: true });
    const stop = { interim: true, urgency: '仍在组织考试', endCondition: '作出决定时' };
    const after = await edit(order, { ...stop, reason: '甲的修改' });
    const refusal = { kind: 'conflict', reason: 'order.draft_changed', message: expect.stringContaining('第2版') };
    await expect(edit(order, { ...stop, reason: '乙的修改' })).rejects.toMatchObject(refusal);
    await expect(discard(order.orderId, '重复', 1)).rejects.toMatchObject(refusal);
    expect((await world.get(order.orderId)).reason).toBe('甲的修改');
    await preview(after);
    const sign = (revision: number) =>
      world.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId: order.orderId, revision });
    await expect(sign(1)).rejects.toMatchObject(refusal);
    expect(must((await sign(2)).order).state).not.toBe('PREVIEWED');
    await expect(edit(after, { ...stop, reason: '签发后' })).rejects.toMatchObject({ reason: 'order.illegal_move' });
  });

  it('neither the drafter nor an editor signs', async () => {
    const { order } = await drafted({ interim: true });
    const after = await edit(order, { interim: true, urgency: '仍在组织考试', endCondition: '作出决定时', reason: '改' });
    await preview(after);
    for (const actor of [DRAFTER, EDITOR])
      await expect(world.client().signOrder({ requestId: randomUUID(), actor, orderId: after.orderId })).rejects.toMatchObject({
        reason: 'order.same_person',
      });
  });

  it('after the notice makes a new draft, and the case notifies anew', async () => {
    const { theCase, order } = await drafted();
    await world.cases.take(theCase, 'SERVE_NOTICE', { orderId: order.orderId });
    const words = '本案的“制作告知书”、“送达告知书”已针对这份草稿作出';
    expect((await world.get(order.orderId)).editNote).toContain(words);
    const refusal = { reason: 'order.draft_named', message: expect.stringContaining(words) };
    await expect(edit(order, { reason: '新的事实' })).rejects.toMatchObject(refusal);
    const after = await edit(order, { reason: '新的事实', repeatSteps: true });
    expect(after).toMatchObject({ revision: 1, replacesDraft: order.orderId, reason: '新的事实', draftedBy: 'editor' });
    expect(await world.get(order.orderId)).toMatchObject({ state: 'DISCARDED', replacedByDraft: after.orderId, reason: '伪造试卷' });
    const heard = await world.cases.take(theCase, 'WAIVE_REPLY');
    const propose = () => world.cases.take(heard, 'PROPOSE', { orderId: after.orderId });
    await expect(propose()).rejects.toMatchObject({ reason: 'case.not_notified' });
    await world.cases.take(heard, 'SERVE_NOTICE', { orderId: after.orderId });
    await world.cases.take(heard, 'WAIVE_REPLY');
    expect((await propose()).state).toBe('PROPOSED');
  });

  it.each<[string, DeepPartial<EditDraftRequest>, string]>([
    ['nothing', {}, 'order.unchanged'],
    ['the institution', { scope: { institution: 'S000021010077' } }, 'order.other_case'],
    ['to no measure', { measures: [] }, 'order.no_measure'],
    ['to a title of 61 characters', { title: '名'.repeat(61) }, 'order.title_too_long'],
    ['by an officer of another city', { actor: city('x', '2102'), reason: '改' }, 'order.out_of_territory'],
  ])('refuses to change %s', async (_, change, reason) => {
    const { order } = await drafted();
    await expect(edit(order, change)).rejects.toMatchObject({ reason });
    expect((await world.get(order.orderId)).revision).toBe(1);
  });
});

describe('discarding', () => {
  it('keeps a trace with its reason, and ends all use', async () => {
    const { theCase, order } = await drafted();
    await expect(discard(order.orderId, ' ')).rejects.toMatchObject({ reason: 'order.no_reason' });
    await discard(order.orderId, '重复起草');
    const seen = await world.get(order.orderId);
    expect(seen).toMatchObject({ state: 'DISCARDED', phase: 'DISCARDED', discardedBy: 'drafter', discardReason: '重复起草' });
    expect(seen.allowedActions).toEqual([]);
    expect(await phasesOf(theCase.institution)).toEqual(['DISCARDED']);
    for (const use of [() => preview(order), () => edit(order, { reason: '改' }), () => discard(order.orderId)])
      await expect(use()).rejects.toMatchObject({ reason: 'order.illegal_move' });
    await expect(world.cases.take(theCase, 'SERVE_NOTICE', { orderId: order.orderId })).rejects.toMatchObject({
      reason: 'case.draft_unknown',
    });
  });

  it('is not possible once decided, until the decision is corrected; then the draft is replaced', async () => {
    const { theCase, order } = await drafted();
    const published = await world.cases.publish(theCase, order.orderId);
    for (const use of [() => edit(order, { reason: '改', repeatSteps: true }), () => discard(order.orderId)])
      await expect(use()).rejects.toMatchObject({ reason: 'order.draft_decided' });
    const { obstacles } = await world.get(order.orderId);
    expect(obstacles.filter(({ reason }) => reason === 'order.draft_decided').map(({ action }) => action)).toEqual(['edit', 'discard']);
    await world.cases.take(published, 'CORRECT');
    const after = await edit(order, { reason: '改', repeatSteps: true });
    expect(after.replacesDraft).toBe(order.orderId);
  });

  it('happens by itself when the case ends, and takes the task to sign away', async () => {
    const { theCase, order } = await drafted({ interim: true });
    const openTasks = async (): Promise<string[]> =>
      (
        await query<{ step: string }>(world.url, `SELECT step FROM procedure.task WHERE file_id = $1 AND done_at IS NULL`, [order.orderId])
      ).map(({ step }) => step);
    await preview(order);
    expect(await openTasks()).toEqual(['SIGN_INTERIM']);
    await world.cases.take(theCase, 'SERVE_NOTICE');
    const heard = await world.cases.take(theCase, 'WAIVE_REPLY');
    await world.cases.take(heard, 'DISMISS');
    const seen = await world.get(order.orderId);
    expect(seen).toMatchObject({ state: 'DISCARDED', discardedBy: '', discardReason: '案件不予处理，草稿随案废弃' });
    expect(await openTasks()).toEqual([]);
  });

  it('cannot be passed by at the database: neither a signature nor a changed content', async () => {
    const { order } = await drafted();
    await discard(order.orderId);
    const change = (what: string) => query(world.url, `UPDATE orders SET ${what} WHERE id = $1`, [order.orderId]);
    await expect(change(`state = 'SIGNED'`)).rejects.toThrow('orders_discarded_unsigned');
    await expect(change(`reason = 'x'`)).rejects.toThrow('never changed');
    const other = (await drafted()).order;
    await expect(query(world.url, `UPDATE orders SET case_id = 'x' WHERE id = $1`, [other.orderId])).rejects.toThrow('never changed');
    await expect(query(world.url, `UPDATE draft_version SET edited_by = 'x'`)).rejects.toThrow('never changed');
  });
});

it('says what of a completed order stays, ends or is extended, only to officers and only for an order that can be replaced', async () => {
  const old = await world.sign(anInstitution(), ['CANCEL_RESULTS', 'VOID_CERTIFICATES']);
  const { orderId, scope } = old;
  const compare = (change: object = {}) =>
    world.client().previewSuperseding({ actor: DRAFTER, orderId, scope, measures: ['CANCEL_RESULTS', 'RECTIFY'], ...change });
  await expect(compare()).rejects.toMatchObject({ reason: 'order.supersedes_invalid' });
  await world.carryOut(old);
  await until(
    () => world.get(orderId),
    ({ state }) => state === 'COMPLETED',
  );
  const { parts } = await compare();
  expect(parts.map(({ measure, fate }) => `${measure} ${fate}`)).toEqual([
    'CANCEL_RESULTS STAYS',
    'VOID_CERTIFICATES ENDS',
    'RECTIFY EXTENDED',
  ]);
  await expect(compare({ scope: { institution: 'S000021010078' } })).rejects.toMatchObject({ reason: 'order.supersedes_invalid' });
  await expect(compare({ actor: city('x', '2102') })).rejects.toMatchObject({ reason: 'order.out_of_territory' });
});
