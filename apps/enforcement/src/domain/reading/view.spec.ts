// The allowed actions and the obstacles for each kind of reader; the text of an obstacle is the message of the refused call.
import { CHECKER, DECIDER, inState, OTHER, take, VERIFIER_A, VERIFIER_B } from '../../../test/cases';
import { completed, drafted, DRAFTER, executing, liftedIn, NOW, officer, previewed, reported, signed } from '../../../test/orders';
import type { Case } from '../cases/case';
import type { Actor } from '../competence';
import { decideRecord } from '../execution';
import type { Order } from '../order';
import { phaseOf, type OrderPhase } from './phase';
import { viewOf } from './view';

const READY = (): Case => inState('PUBLISHED');
const approved = (): Case =>
  take(take(take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A), 'REPORT_CRIME', VERIFIER_B), 'APPROVE_TRANSFER', DECIDER);
const view = (order: Order, actor: Actor, theCase: Case | null = null) => viewOf(order, { actor, theCase, now: NOW });
const inTheWay = (order: Order, actor: Actor, theCase: Case | null = null): string =>
  view(order, actor, theCase)
    .obstacles.filter(({ action }) => action === 'sign')
    .map(({ reason, words }) => `${reason} ${words}`)
    .join();

/** The draft that the decision of the case names. */
const final = (): Order => ({ ...previewed(), id: READY().decision?.orderId ?? '' });
const interim = (): Order => ({ ...previewed(['STOP_EVALUATION']), interim: true, urgency: '仍在发证', endCondition: '作出处理决定时' });
const transfer = (): Order => previewed(['TRANSFER_TO_POLICE']);

describe('who may sign', () => {
  it.each<[string, Order, Case, Actor, RegExp]>([
    ['the drafter', final(), READY(), DRAFTER, /^order\.same_person 起草人不得签发/],
    [
      'whoever comes while a gate is closed',
      final(),
      inState('SERVED'),
      DECIDER,
      /^order\.gate_closed “决定已公开”未满足：处理决定尚未公开/,
    ],
    ['another than the decider', final(), READY(), OTHER, /^order\.not_decider .*作出决定的负责人/],
    ['the legal checker', final(), READY(), CHECKER, /^order\.not_decider/],
    ['a verifier, also of a stop ahead of the decision', interim(), inState('FOUNDED'), VERIFIER_A, /^case\.same_person .*核查/],
    [
      'an officer who is no head, ahead of the decision',
      interim(),
      inState('FOUNDED'),
      OTHER,
      /^order\.not_head 先行停止的签发须由行政机关负责人/,
    ],
    [
      'the decider who is no head any more',
      final(),
      READY(),
      { officerId: DECIDER.officerId, role: 'CITY_OFFICER', authority: '2101', institution: '' },
      /^order\.not_head/,
    ],
    ['another than the approver of a transfer', transfer(), approved(), OTHER, /^order\.not_decider .*批准移送/],
  ])('not %s', (...[, order, theCase, actor, expected]) => {
    expect(view(order, actor, theCase).allowed).toContain('sign');
    expect(inTheWay(order, actor, theCase)).toMatch(expected);
  });

  it.each<[string, Order, Case | null, Actor]>([
    ['the decider', final(), READY(), DECIDER],
    ['any other head, ahead of the decision', interim(), inState('FOUNDED'), { ...OTHER, postLevel: 'HEAD' }],
    ['the approver of a transfer', transfer(), approved(), DECIDER],
  ])('%s', (_, order, theCase, actor) => {
    expect(inTheWay(order, actor, theCase)).toBe('');
  });

  it('gets the gates of this draft only, and none after the signature', () => {
    const shown = view({ ...final(), id: 'another' }, DECIDER, READY()).gates;
    expect(shown.filter(({ missing }) => missing !== '').map(({ gate }) => gate)).toEqual(['THIS_DRAFT']);
    expect(view(signed(), DECIDER, READY()).gates).toEqual([]);
  });
});

it.each<[string, Actor]>([
  ['an institution', { officerId: 'i', role: 'INSTITUTION', authority: '2101', institution: 'S000021010003' }],
  ['an auditor', { officerId: 'u', role: 'AUDITOR', authority: 'LN', institution: '' }],
  ['an officer of another city', officer('elsewhere', '2102')],
])('gets no action and no obstacle: %s', (_, actor) => {
  const refused = decideRecord(executing(), { kind: 'refused', row: 1, service: 'exam', reason: 'x', detail: '' }, NOW).next;
  for (const order of [drafted(), previewed(), refused, completed()]) {
    const seen = view(order, actor);
    expect([seen.allowed, seen.obstacles, order.rows.flatMap((row) => seen.rowView(row).allowed)]).toEqual([[], [], []]);
  }
});

it('shows the drafter of a completed order that another person must lift it', () => {
  expect(view(completed(), DRAFTER).obstacles.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'lift order.same_person',
    'liftPart order.same_person',
  ]);
  expect(view(completed(), OTHER).obstacles).toEqual([]);
});

describe('a row of the ledger', () => {
  const rowOf = (reason: string, actor = OTHER) => {
    const order = decideRecord(executing(), { kind: 'refused', row: 1, service: 'exam', reason, detail: '' }, NOW).next;
    const [row] = order.rows;
    return row && view(order, actor).rowView(row);
  };

  it('can be retried after a refusal; a drifted row needs a confirmation by a person other than the drafter', () => {
    expect(rowOf('row.failed')).toEqual({ allowed: ['retry'], obstacles: [] });
    expect(rowOf('order.target_drifted')).toMatchObject({ allowed: [], obstacles: [{ action: 'retry', reason: 'order.target_drifted' }] });
    const drifted = decideRecord(
      executing(),
      { kind: 'refused', row: 1, service: 'exam', reason: 'order.target_drifted', detail: '' },
      NOW,
    ).next;
    expect(view(drifted, DRAFTER).obstacles).toMatchObject([{ action: 'confirmDrift', reason: 'order.same_person' }]);
    expect(view(drifted, OTHER).obstacles).toEqual([]);
  });

  it('offers no action while it is carried out', () => {
    const [row] = executing().rows;
    expect(row && view(executing(), OTHER).rowView(row)).toEqual({ allowed: [], obstacles: [] });
  });
});

describe('the phase', () => {
  const reopened = (): Order => ({ ...completed(), state: 'EXECUTING', reopenedAt: new Date(NOW.getTime() + 1) });
  it.each<[OrderPhase, Order]>([
    ['DRAFTED', drafted()],
    ['AWAITING_SIGNATURE', previewed()],
    ['FENCING', signed()],
    ['EXECUTING', executing()],
    ['COUNTING', reported(executing())],
    ['SUSPENDED', { ...executing(), suspension: { at: NOW, reason: '裁定' } }],
    ['REOPENED', reopened()],
    ['COMPLETED', completed()],
    ['LIFTING', liftedIn(completed()).next],
    ['LIFTED', { ...completed(), state: 'LIFTED' }],
  ])('%s', (phase, order) => {
    expect(phaseOf(order)).toBe(phase);
  });
});
