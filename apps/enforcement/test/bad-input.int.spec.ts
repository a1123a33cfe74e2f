// Every endpoint refuses wrong input, names field and rule, and writes nothing.
import { randomUUID } from 'node:crypto';
import type { DeepPartial, DraftOrderRequest } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import type { RefusalKind } from '@hengji/domain-kit';
import { query } from '@hengji/testing';
import { city, DRAFTER, province, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
let caseId = '';
beforeAll(async () => {
  world = await startWorld();
  ({ caseId } = await world.cases.founded(INSTITUTION));
});

const INSTITUTION = 'S000021010001';
const GOOD = {
  actor: DRAFTER,
  scope: { institution: INSTITUTION },
  measures: ['CANCEL_RESULTS'],
  grounds: ['FORGED_PAPERS'],
  reason: '伪造试卷',
} satisfies DeepPartial<DraftOrderRequest>;

const draft = (change: DeepPartial<DraftOrderRequest>) =>
  world.client().draftOrder({ requestId: randomUUID(), caseId, ...GOOD, ...change });
const orders = async (): Promise<number> => (await query<{ n: number }>(world.url, `SELECT count(*)::int AS n FROM orders`))[0]?.n ?? -1;

describe('a draft', () => {
  it.each<[string, DeepPartial<DraftOrderRequest>, `${RefusalKind} ${string}`, string]>([
    ['without request id', { requestId: '' }, 'invalid request.id_missing', 'request_id'],
    ['by nobody', { actor: Actor.fromPartial({}) }, 'unauthenticated actor.missing', 'actor'],
    ['by a person without a role', { actor: Actor.fromPartial({ officerId: 'a' }) }, 'invalid request.word_unknown', 'actor.role'],
    ['by an auditor', { actor: Actor.fromPartial({ officerId: 'a', role: 'AUDITOR' }) }, 'forbidden order.role_forbidden', 'actor.role'],
    ['by another city', { actor: city('a', '2102') }, 'forbidden order.out_of_territory', 'actor.authority'],
    ['of a city on the province’s', { scope: { institution: anInstitution('00') } }, 'forbidden order.out_of_territory', 'actor.authority'],
    ['without institution', { scope: { institution: '' } }, 'invalid order.scope_invalid', 'scope.institution'],
    ['on an unknown institution', { scope: { institution: 'S000021019999' } }, 'notFound institution.unknown', 'scope.institution'],
    ['without measure', { measures: [] }, 'invalid order.no_measure', 'measures'],
    ['of a measure that is none', { measures: ['UNSPECIFIED'] }, 'invalid request.word_unknown', 'measures[0]'],
    ['of M3 without M2', { measures: ['VOID_CERTIFICATES'] }, 'invalid order.measure_needs', 'measures[0]'],
    ['without a case', { caseId: '' }, 'invalid case.id_missing', 'case_id'],
    ['in a case that is none', { caseId: 'no-such-case' }, 'notFound case.unknown', 'case_id'],
    ['about another institution than its case', { scope: { institution: 'S000021010002' } }, 'invalid order.other_case', 'case_id'],
    [
      'of M7 on a national body',
      { scope: { institution: 'S123421010001' }, measures: ['REMOVE_FROM_DIRECTORY'] },
      'forbidden order.national_directory',
      'measures[0]',
    ],
    [
      'of an interim stop without urgency',
      { measures: ['STOP_EVALUATION'], interim: true, endCondition: '整改合格' },
      'invalid order.interim_invalid',
      'urgency',
    ],
    [
      'of an interim stop without end',
      { measures: ['STOP_EVALUATION'], interim: true, urgency: '仍在考试' },
      'invalid order.interim_invalid',
      'end_condition',
    ],
    [
      'of an interim measure that is no stop',
      { interim: true, urgency: '仍在考试', endCondition: '整改合格' },
      'invalid order.interim_invalid',
      'measures',
    ],
    ['without ground', { grounds: [] }, 'invalid order.no_ground', 'grounds'],
    ['of a ground that is none', { grounds: ['UNSPECIFIED'] }, 'invalid request.word_unknown', 'grounds[0]'],
    ['without reason', { reason: '' }, 'invalid order.no_reason', 'reason'],
    ['of M6 without a day', { measures: ['RECTIFY'] }, 'invalid order.rectify_by_invalid', 'rectify_by'],
    ['of M6 for yesterday', { measures: ['RECTIFY'], rectifyBy: '2020-01-01' }, 'invalid order.rectify_by_invalid', 'rectify_by'],
    [
      'naming a person by ID number',
      { scope: { institution: INSTITUTION, persons: ['210102199003070018'] } },
      'invalid order.scope_invalid',
      'scope.persons[0]',
    ],
    [
      'of a thousand and one plans',
      { scope: { institution: INSTITUTION, plans: Array.from({ length: 1_001 }, (_, i) => `p${i}`) } },
      'tooMuch order.scope_invalid',
      'scope',
    ],
  ])('%s is refused and not written', async (_, change, refusal, field) => {
    const [kind, reason] = refusal.split(' ');
    const before = await orders();
    await expect(draft(change)).rejects.toThrow(expect.objectContaining({ kind, reason, detail: expect.objectContaining({ field }) }));
    expect(await orders()).toBe(before);
  });

  it('sent twice is one order; its id with another content is refused', async () => {
    const requestId = randomUUID();
    const [first, second] = [await draft({ requestId }), await draft({ requestId })];
    expect(second.order).toEqual(first.order);
    await expect(draft({ requestId, reason: '另一理由' })).rejects.toThrow(
      expect.objectContaining({ kind: 'conflict', reason: 'request.reused' }),
    );
  });

  it('sent twice at once is one order', async () => {
    const requestId = randomUUID();
    const answers = await Promise.all([draft({ requestId }), draft({ requestId }), draft({ requestId })]);
    expect(new Set(answers.map(({ order }) => order?.orderId)).size).toBe(1);
  });
});

describe('an order', () => {
  it('that does not exist is not found', async () => {
    const orderId = 'no-such-order';
    const client = world.client();
    const notFound = expect.objectContaining({ kind: 'notFound', reason: 'order.unknown' });
    await expect(client.getOrder({ actor: DRAFTER, orderId })).rejects.toThrow(notFound);
    await expect(client.previewOrder({ actor: DRAFTER, orderId })).rejects.toThrow(notFound);
    await expect(client.signOrder({ requestId: randomUUID(), actor: DRAFTER, orderId })).rejects.toThrow(notFound);
    await expect(client.liftOrder({ requestId: randomUUID(), actor: DRAFTER, orderId, reason: 'x' })).rejects.toThrow(notFound);
    await expect(client.retryRow({ requestId: randomUUID(), actor: DRAFTER, orderId, row: 1 })).rejects.toThrow(notFound);
    await expect(client.getOrder({ actor: DRAFTER, orderId: '' })).rejects.toThrow(expect.objectContaining({ reason: 'order.id_missing' }));
  });

  it('is not signed by its drafter, by another city, without a preview, or twice', async () => {
    const { orderId } = await world.draft(anInstitution());
    const sign = (actor: Actor) => world.client().signOrder({ requestId: randomUUID(), actor, orderId });
    const refused = (reason: string) => expect.objectContaining({ reason });
    await expect(sign(SIGNER)).rejects.toThrow(refused('order.not_previewed'));
    await world.client().previewOrder({ actor: DRAFTER, orderId });
    await expect(sign(DRAFTER)).rejects.toThrow(refused('order.same_person'));
    await expect(sign(city('x', '2102'))).rejects.toThrow(refused('order.out_of_territory'));
    await expect(sign(Actor.fromPartial({ officerId: 'o', role: 'OPERATOR' }))).rejects.toThrow(refused('order.role_forbidden'));
    await sign(SIGNER);
    await expect(sign(city('deputy'))).rejects.toThrow(refused('order.illegal_move'));
    const lift = { requestId: randomUUID(), actor: SIGNER, orderId, reason: '复议撤销' };
    await expect(world.client().liftOrder(lift)).rejects.toThrow(refused('order.illegal_move'));
  });
});

describe('reading', () => {
  it('shows each reader only what the reader may see', async () => {
    const institution = anInstitution();
    const hidden = await world.draft(institution);
    const issued = await world.sign(institution);
    const own = Actor.fromPartial({ officerId: 'i', role: 'INSTITUTION', institution });
    const list = async (actor: Actor) => (await world.client().listOrders({ actor, institution })).orders.map(({ orderId }) => orderId);
    expect(await list(DRAFTER)).toEqual([issued.orderId, hidden.orderId]);
    expect(await list(province('p'))).toEqual([issued.orderId, hidden.orderId]);
    expect(await list(own)).toEqual([issued.orderId]);
    expect(await list(city('x', '2102'))).toEqual([]);
    expect(await list(Actor.fromPartial({ officerId: 'o', role: 'OPERATOR' }))).toEqual([]);
    const get = (actor: Actor, orderId: string) => world.client().getOrder({ actor, orderId });
    await expect(get(own, hidden.orderId)).rejects.toThrow(expect.objectContaining({ kind: 'forbidden' }));
    await expect(get(city('x', '2102'), issued.orderId)).rejects.toThrow(expect.objectContaining({ kind: 'forbidden' }));
    expect((await get(own, issued.orderId)).order?.orderId).toBe(issued.orderId);
    const watching = world.client().watchOrder({ actor: city('x', '2102'), orderId: issued.orderId });
    await expect(watching[Symbol.asyncIterator]().next()).rejects.toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });

  it('pages, newest first, to the end', async () => {
    const institution = anInstitution();
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.unshift((await world.draft(institution)).orderId);
    const seen: string[] = [];
    let after = '';
    do {
      const page = await world.client().listOrders({ actor: DRAFTER, institution, page: { after, limit: 2 } });
      seen.push(...page.orders.map(({ orderId }) => orderId));
      after = page.next;
    } while (after !== '');
    expect(seen).toEqual(made);
    const list = (page: { after?: string; limit?: number }) => world.client().listOrders({ actor: DRAFTER, page });
    await expect(list({ limit: 1_001 })).rejects.toThrow(expect.objectContaining({ reason: 'page.limit_invalid' }));
    await expect(list({ after: "1'; --" })).rejects.toThrow(expect.objectContaining({ reason: 'page.cursor_invalid' }));
  });
});

describe('callers', () => {
  it('may call only their own RPCs', async () => {
    const refused = expect.objectContaining({ kind: 'forbidden', reason: 'caller.not_allowed' });
    await expect(world.client('exam').getOrder({ actor: DRAFTER, orderId: 'x' })).rejects.toThrow(refused);
    await expect(world.client('gateway').listFences({ service: 'exam' })).rejects.toThrow(refused);
    await expect(world.client('exam').listFences({ service: 'verify' })).rejects.toThrow(
      expect.objectContaining({ reason: 'request.word_unknown' }),
    );
  });
});
