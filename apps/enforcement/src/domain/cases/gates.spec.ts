// Each gate of each kind of order is closed exactly when its condition is not met.
import {
  around,
  CHECKER,
  DECIDER,
  delivery,
  DRAFT,
  HANDLER,
  inState,
  INTERIM,
  OTHER,
  REVIEWER,
  stepAsked,
  take,
  TRANSFER,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../test/cases';
import { INSTITUTION, later, NOW } from '../../../test/orders';
import type { Actor } from '../competence';
import { ORDER_KINDS, type Case, type CaseEntry, type CaseState } from './case';
import {
  checkDraftable,
  checkGates,
  checkLifter,
  checkSigner,
  decideExecute,
  gatesOf,
  GATES,
  GATES_OF,
  type GateWord,
  type OrderAtGate,
} from './gates';
import { decideStep } from './take-step';

/** A head who has done nothing in the case. */
const HEAD: Actor = { ...OTHER, postLevel: 'HEAD' };

const without = (theCase: Case, gone: (entry: CaseEntry) => boolean): Case => ({
  ...theCase,
  entries: theCase.entries.filter((entry) => !gone(entry)),
});
const approved = (): Case =>
  take(take(take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A), 'REPORT_CRIME', VERIFIER_B), 'APPROVE_TRANSFER', DECIDER);

/** A case in which the order of this kind may be signed. */
const READY = { final: () => inState('PUBLISHED'), interim: () => inState('FOUNDED'), transfer: approved } as const;
const ORDER = { final: DRAFT, interim: INTERIM, transfer: TRANSFER } as const;

/** For each gate a case or an order in which this gate is the first that is closed. */
const CLOSED: Record<GateWord, (ready: Case, order: OrderAtGate) => readonly [Case, OrderAtGate]> = {
  NOT_SUSPENDED: (ready, order) => [take(ready, 'SUSPEND', OTHER), order],
  NOT_ENDED: (ready, order) => [{ ...ready, state: 'DISMISSED' }, order],
  FOUNDED: (ready, order) => [without(ready, ({ step }) => step === 'FIND_FOUNDED'), order],
  TWO_VERIFIERS: (ready, order) => [without(ready, ({ step, by }) => step === 'VERIFY' && by === 'verifier-b'), order],
  NOTICE_SERVED: (ready, order) => [{ ...ready, noticeServedAt: null }, order],
  REPLY_HEARD: (ready, order) => [{ ...ready, state: 'HEARING' }, order],
  PROPOSED: (ready, order) => [{ ...ready, state: 'HEARD' }, order],
  LEGAL_CHECKED: (ready, order) => [{ ...ready, state: 'PROPOSED' }, order],
  DISCUSSED: (ready, order) => [
    { ...ready, decision: null },
    { ...order, measures: ['VOID_CERTIFICATES'] },
  ],
  DECIDED: (ready, order) => [{ ...ready, state: 'LEGAL_CHECKED' }, order],
  THIS_DRAFT: (ready, order) => [ready, { ...order, id: 'another' }],
  DECISION_SERVED: (ready, order) => [{ ...ready, decisionServedAt: later(1) }, order],
  PUBLISHED: (ready, order) => [{ ...ready, state: 'SERVED' }, order],
  NOT_EXECUTED: (ready, order) => [{ ...ready, state: 'EXECUTING' }, order],
  SEPARATE_PEOPLE: (ready, order) => [
    {
      ...ready,
      entries: ready.entries
        .map((entry) => (entry.step === 'VERIFY' ? entry : { ...entry, by: 'verifier-a' }))
        .concat(...ready.entries.slice(0, 1).map((entry) => ({ ...entry, step: 'LEGAL_CHECK' as const, by: 'verifier-a' }))),
    },
    order,
  ],
  URGENCY: (ready, order) => [ready, { ...order, urgency: ' ' }],
  END_CONDITION: (ready, order) => [ready, { ...order, endCondition: '' }],
  TRANSFER_APPROVED: (ready, order) => [{ ...ready, transferTrack: 'reported' }, order],
};

describe.each(ORDER_KINDS)('a %s order', (kind) => {
  it('can be signed when all its gates are open', () => {
    expect(gatesOf(READY[kind](), ORDER[kind], NOW).filter(({ missing }) => missing !== '')).toEqual([]);
    expect(() => checkGates(READY[kind](), ORDER[kind], NOW)).not.toThrow();
  });

  it.each([...GATES_OF[kind]])('is stopped by %s, which names what is missing', (gate) => {
    const [theCase, order] = CLOSED[gate](READY[kind](), ORDER[kind]);
    const closed = gatesOf(theCase, order, NOW).filter(({ missing }) => missing !== '');
    expect(closed.map((one) => one.gate)).toContain(gate);
    const first = closed[0];
    expect(() => checkGates(theCase, order, NOW)).toThrow(
      expect.objectContaining({
        kind: 'illegalMove',
        reason: 'order.gate_closed',
        message: expect.stringContaining(first?.missing ?? '?'),
        detail: expect.objectContaining({ field: `gates.${first?.gate}` }),
      }),
    );
    expect(first?.gate).toBe(gate);
  });
});

describe('the table', () => {
  it('uses every gate', () => {
    const used = new Set<string>(ORDER_KINDS.flatMap((kind) => GATES_OF[kind]));
    expect(Object.keys(GATES).filter((gate) => !used.has(gate))).toEqual([]);
  });

  it('requires the time of a public notice to end before the decision counts as served', () => {
    const service = delivery({ mode: 'PUBLIC_NOTICE', publishedIn: '《辽宁日报》', reason: '机构已经搬离，下落不明' });
    const served = decideStep(inState('DECIDED'), stepAsked('SERVE_DECISION', HANDLER, { service }), around());
    const published = take(served, 'PUBLISH', OTHER);
    expect(() => checkGates(published, DRAFT, NOW)).toThrow(
      expect.objectContaining({ reason: 'order.gate_closed', message: expect.stringContaining('2026-12-23') }),
    );
    expect(() => checkGates(published, DRAFT, later(31 * 24 * 3_600_000))).not.toThrow();
  });
});

describe('the person who signs', () => {
  const sign = (kind: keyof typeof READY, actor: typeof OTHER) => () => checkSigner(READY[kind](), ORDER[kind], actor);

  it.each([
    ['final', DECIDER, undefined],
    ['final', OTHER, 'order.not_decider'],
    ['final', CHECKER, 'order.not_decider'],
    ['interim', HEAD, undefined],
    ['interim', OTHER, 'order.not_head'],
    ['interim', { ...OTHER, postLevel: 'DEPARTMENT_HEAD' }, 'order.not_head'],
    ['interim', VERIFIER_A, 'case.same_person'],
    ['interim', { ...HANDLER, postLevel: 'HEAD' }, 'case.same_person'],
    ['transfer', DECIDER, undefined],
    ['transfer', OTHER, 'order.not_decider'],
    ['final', { ...DECIDER, postLevel: 'DEPARTMENT_HEAD' }, 'order.not_head'],
    ['final', { ...DECIDER, authority: '2102' }, 'order.out_of_territory'],
    ['final', { ...DECIDER, role: 'PROVINCE_OFFICER', authority: 'LN' }, 'order.out_of_territory'],
  ] as const)('a %s order, by %j: %s', (kind, actor, reason) => {
    if (reason === undefined) expect(sign(kind, actor)).not.toThrow();
    else expect(sign(kind, actor)).toThrow(expect.objectContaining({ kind: 'forbidden', reason }));
  });
});

describe('the person who lifts', () => {
  it.each([
    [DECIDER, undefined],
    [HEAD, undefined],
    [VERIFIER_B, 'case.same_person'],
    [REVIEWER, 'case.same_person'],
    [{ ...HANDLER, postLevel: 'HEAD' as const }, 'case.same_person'],
    [CHECKER, 'case.same_person'],
  ])('%j: %s', (actor, reason) => {
    const lift = () => checkLifter(inState('EXECUTING'), actor);
    if (reason === undefined) expect(lift).not.toThrow();
    else expect(lift).toThrow(expect.objectContaining({ reason, detail: { field: 'actor.officer_id', rule: 'rules §7.9' } }));
  });

  it('is a head of the authority', () => {
    expect(() => checkLifter(inState('EXECUTING'), OTHER)).toThrow(expect.objectContaining({ reason: 'order.not_head' }));
  });
});

describe('the signature', () => {
  const execute = (kind: keyof typeof READY): Case =>
    decideExecute(READY[kind](), { order: ORDER[kind], actor: DECIDER, byName: '某决定人', now: NOW });

  it('is in the record with the order, and changes the state as its kind demands', () => {
    expect(execute('final')).toMatchObject({ state: 'EXECUTING', transferTrack: 'none' });
    expect(execute('interim')).toMatchObject({ state: 'FOUNDED', transferTrack: 'none' });
    expect(execute('transfer')).toMatchObject({ state: 'FOUNDED', transferTrack: 'sent' });
    expect(execute('final').entries.at(-1)).toMatchObject({ step: 'EXECUTE', by: 'decider', byName: '某决定人', text: 'o1' });
  });

  it('of an interim stop makes its signer a decider: the signer may not check afterwards', () => {
    const stopped = decideExecute(inState('FOUNDED'), { order: INTERIM, actor: HEAD, byName: '', now: NOW });
    const proposed: Case = { ...stopped, state: 'PROPOSED' };
    expect(() => take(proposed, 'LEGAL_CHECK', HEAD)).toThrow(expect.objectContaining({ reason: 'case.same_person' }));
  });
});

describe('a draft', () => {
  it.each<[CaseState, 'final' | 'interim', string | undefined]>([
    ['LEAD', 'final', 'order.case_not_ready'],
    ['VERIFYING', 'interim', 'order.case_not_ready'],
    ['FOUNDED', 'final', undefined],
    ['FOUNDED', 'interim', undefined],
    ['LEGAL_CHECKED', 'final', undefined],
    ['DECIDED', 'final', 'order.case_not_ready'],
    ['PUBLISHED', 'interim', undefined],
    ['DISMISSED', 'final', 'order.case_not_ready'],
  ])('in %s, %s: %s', (state, kind, reason) => {
    const check = () => checkDraftable(inState(state), INSTITUTION, kind);
    if (reason === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ reason, detail: expect.objectContaining({ field: 'case_id' }) }));
  });

  it('is about the institution of its case', () => {
    expect(() => checkDraftable(inState('FOUNDED'), 'S000021010004', 'final')).toThrow(
      expect.objectContaining({ reason: 'order.other_case' }),
    );
  });
});
