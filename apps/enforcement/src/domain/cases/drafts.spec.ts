// Notice, proposal, legal check and decision are about one draft: a draft that was not notified, proposed or checked is not
// decided.
import {
  around,
  CHECKER,
  DECIDER,
  DRAFT,
  HANDLER,
  inState,
  PARTY,
  REVIEWER,
  stepAsked,
  TRANSFER,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../test/cases';
import { officer } from '../../../test/orders';
import type { Actor } from '../competence';
import type { Case, CaseStep, OrderOfCase } from './case';
import type { Reached } from './particulars/particulars';
import { allowedSteps, decideStep } from './take-step';
import { isAsApproved, isToPolice } from './tracks/transfer-track';

const HEAVIER: OrderOfCase = { ...DRAFT, id: 'heavier', measures: ['CANCEL_RESULTS', 'VOID_CERTIFICATES'] };
const LIGHTER: OrderOfCase = { ...DRAFT, id: 'lighter' };
const BOTH = [DRAFT, HEAVIER];

const refused = (reason: string) => expect.objectContaining({ reason, detail: expect.objectContaining({ field: 'order_id' }) });

interface Step {
  readonly step: CaseStep;
  readonly by: Actor;
  readonly orderId?: string;
}
const walk = (theCase: Case, orders: readonly OrderOfCase[], ...steps: readonly Step[]): Case =>
  steps
    .flatMap((one) => (one.step === 'ISSUE_NOTICE' ? [one, SERVE] : [one]))
    .reduce((so, { step, by, orderId = '' }) => decideStep(so, stepAsked(step, by, { orderId }), around({ orders })), theCase);

const SERVE: Step = { step: 'SERVE_NOTICE', by: HANDLER };
/** Issued, and then served. */
const notify = (orderId = ''): Step => ({ step: 'ISSUE_NOTICE', by: HANDLER, orderId });
const WAIVE: Step = { step: 'WAIVE_REPLY', by: PARTY };
const propose = (orderId = ''): Step => ({ step: 'PROPOSE', by: VERIFIER_B, orderId });
const REVIEW: Step = { step: 'REVIEW', by: REVIEWER };
const check = (orderId = ''): Step => ({ step: 'LEGAL_CHECK', by: CHECKER, orderId });
const discuss = (orderId = ''): Step => ({ step: 'DISCUSS', by: HANDLER, orderId });
const decide = (orderId = '', by = DECIDER): Step => ({ step: 'DECIDE', by, orderId });

it('takes the only draft where none is named, and the record names it at every step', () => {
  const founded = inState('FOUNDED');
  const decided = walk(founded, [DRAFT], notify(), WAIVE, propose(), REVIEW, check(), decide());
  const since = decided.entries.slice(founded.entries.length);
  const named = since.filter(({ orderId }) => orderId !== '').map(({ step, orderId }) => [step, orderId]);
  expect(named).toEqual(['ISSUE_NOTICE', 'SERVE_NOTICE', 'PROPOSE', 'LEGAL_CHECK', 'DECIDE'].map((step) => [step, 'o1']));
});

it.each<[string, () => Case, Step]>([
  ['a notice', () => inState('FOUNDED'), notify()],
  ['a proposal', () => inState('HEARD'), propose()],
  ['a legal check', () => inState('PROPOSED'), check()],
  ['a decision', () => inState('LEGAL_CHECKED'), decide()],
])('%s requires the name of the draft if there are several', (_, before, step) => {
  expect(() => walk(before(), [DRAFT, LIGHTER], step)).toThrow(refused('case.draft_unnamed'));
  expect(() => walk(before(), [DRAFT, LIGHTER], { ...step, orderId: DRAFT.id })).not.toThrow();
  expect(() => walk(before(), [DRAFT, LIGHTER], { ...step, orderId: 'nothing' })).toThrow(refused('case.draft_unknown'));
});

it('refuses a decision on a newer draft after the legal check', () => {
  expect(() => walk(inState('LEGAL_CHECKED'), [DRAFT, LIGHTER], decide(LIGHTER.id))).toThrow(refused('case.other_draft'));
  expect(() => walk(inState('PROPOSED'), [DRAFT, LIGHTER], check(LIGHTER.id))).toThrow(refused('case.other_draft'));
  // A new proposal without a new legal check.
  const again = walk(inState('LEGAL_CHECKED'), [DRAFT], { step: 'RETURN_PROPOSAL', by: CHECKER });
  const proposed = walk(again, [DRAFT, LIGHTER], notify(LIGHTER.id), WAIVE, propose(LIGHTER.id));
  expect(() => walk({ ...proposed, state: 'LEGAL_CHECKED' }, [DRAFT, LIGHTER], decide(LIGHTER.id))).toThrow(refused('case.other_draft'));
  expect(walk(proposed, [DRAFT, LIGHTER], REVIEW, check(LIGHTER.id), decide(LIGHTER.id)).state).toBe('DECIDED');
});

it('refuses a proposal beyond the notice, until a new notice and a new reply', () => {
  expect(() => walk(inState('HEARD'), BOTH, propose(HEAVIER.id))).toThrow(refused('case.not_notified'));
  expect(() => walk(inState('HEARD'), BOTH, propose(HEAVIER.id))).toThrow('宣布证书作废');
  const anew = walk(inState('HEARD'), BOTH, notify(HEAVIER.id));
  expect(anew.state).toBe('NOTICE_SERVED');
  const steps = [WAIVE, propose(HEAVIER.id), REVIEW, check(HEAVIER.id), discuss(HEAVIER.id), decide(HEAVIER.id)];
  expect(walk(anew, BOTH, ...steps).state).toBe('DECIDED');
  // A notice before any draft names no draft.
  const blank = walk(inState('FOUNDED'), [], notify(), WAIVE);
  expect(() => walk(blank, [DRAFT], propose())).toThrow(refused('case.not_notified'));
});

it('refuses a proposal of another draft with the same measures: its notice named another scope', () => {
  const wider: OrderOfCase = { ...DRAFT, id: 'wider' };
  expect(() => walk(inState('HEARD'), [DRAFT, wider], propose(wider.id))).toThrow(refused('case.not_notified'));
  expect(() => walk(inState('HEARD'), [DRAFT, wider], propose(wider.id))).toThrow('送达的告知书针对的是另一份草稿');
  // Neither is the first one decided once the institution was notified of the other.
  const told = walk(inState('HEARD'), [DRAFT, wider], notify(wider.id), WAIVE);
  expect(() => walk(told, [DRAFT, wider], propose(DRAFT.id))).toThrow(refused('case.not_notified'));
  expect(walk(told, [DRAFT, wider], propose(wider.id)).state).toBe('PROPOSED');
  // A notice that was made and not served tells nobody.
  const made = decideStep(inState('HEARD'), stepAsked('ISSUE_NOTICE', HANDLER, { orderId: 'wider' }), around({ orders: [DRAFT, wider] }));
  expect(() => walk(made, [DRAFT, wider], propose(wider.id))).toThrow(refused('case.not_notified'));
});

describe('what the draft reaches', () => {
  const results = (change: Partial<Reached> = {}): Reached => ({
    ...{ measure: 'CANCEL_RESULTS', count: 3, people: 3, fen: 0, root: 'abc' },
    ...change,
  });
  const sum = (count: number, fen: number): Reached => ({ ...results(), measure: 'RECOVER_SUBSIDIES', count, fen, root: String(fen) });
  const counted = (...reach: Reached[]) => ({ counted: { orderId: DRAFT.id, revision: 1, reach, holders: [] } });
  const told = (...reach: Reached[]): Case => {
    const issued = decideStep(inState('FOUNDED'), stepAsked('ISSUE_NOTICE', HANDLER, counted(...reach)), around());
    return walk(issued, [DRAFT], SERVE, WAIVE, propose(), REVIEW, check());
  };
  const decided = (theCase: Case, ...reach: Reached[]): Case =>
    decideStep(theCase, stepAsked('DECIDE', DECIDER, counted(...reach)), around());

  it('is recorded with the notice and with the decision', () => {
    const { entries } = decided(told(results()), results());
    const kept = entries.filter(({ particulars }) => particulars.reach.length > 0);
    expect(kept.map(({ step, particulars }) => [step, particulars.reach])).toEqual([
      ['ISSUE_NOTICE', [results()]],
      ['DECIDE', [results()]],
    ]);
  });

  it.each<[string, Reached, Reached]>([
    ['more people', results(), results({ count: 4, people: 4, root: 'abcd' })],
    ['as many, but other people', results(), results({ root: 'abd' })],
    ['fewer, and nobody can tell who', results(), results({ count: 2, people: 2, root: 'ab' })],
    ['a larger sum', sum(2, 200_000), sum(2, 200_001)],
    ['more subsidies', sum(2, 200_000), sum(3, 200_000)],
  ])('refuses a decision that reaches %s than the notice said', (_, before, now) => {
    const theCase = told(before);
    expect(() => decided(theCase, now)).toThrow(refused('case.beyond_notice'));
    expect(() => decided(theCase, now)).toThrow('应重新制作并送达告知书');
    expect(decided(theCase, before).state).toBe('DECIDED');
  });

  it('allows a smaller sum, and a notice of an older version, which counted nothing', () => {
    expect(decided(told(sum(2, 200_000)), sum(1, 100_000)).state).toBe('DECIDED');
    expect(decided(told(), results()).state).toBe('DECIDED');
  });
});

it('approves one draft of a transfer if several exist; before any draft, a transfer to 公安', () => {
  const other: OrderOfCase = { ...TRANSFER, id: 'other', measures: ['TRANSFER_TO_DISCIPLINE'] };
  const report = (by: Actor): Step => ({ step: 'REPORT_CRIME', by });
  const reported = walk(inState('FOUNDED'), [], report(VERIFIER_A), report(VERIFIER_B));
  const approve = (orderId = ''): Step => ({ step: 'APPROVE_TRANSFER', by: DECIDER, orderId });
  expect(() => walk(reported, [DRAFT, TRANSFER, other], approve())).toThrow(refused('case.draft_unnamed'));
  expect(() => walk(reported, [DRAFT, TRANSFER], approve(DRAFT.id))).toThrow(refused('case.draft_unknown'));
  const named = walk(reported, [TRANSFER, other], approve(other.id));
  expect([isToPolice(named, [TRANSFER, other]), isAsApproved(named, other), isAsApproved(named, TRANSFER)]).toEqual([false, true, false]);
  const ahead = walk(reported, [], approve());
  expect([isToPolice(ahead, []), isAsApproved(ahead, TRANSFER), isAsApproved(ahead, other)]).toEqual([true, true, false]);
});

it('is not decided by its drafter, who may not sign it', () => {
  const mine = { ...DRAFT, draftedBy: DECIDER.officerId };
  expect(() => walk(inState('LEGAL_CHECKED'), [mine], decide())).toThrow(expect.objectContaining({ reason: 'case.same_person' }));
  expect(allowedSteps(inState('LEGAL_CHECKED'), DECIDER, around({ orders: [mine] }))).not.toContain('DECIDE');
  expect(walk(inState('LEGAL_CHECKED'), [mine], decide('', officer('other-decider', '2101', 'HEAD'))).state).toBe('DECIDED');
});

it('is not decided after its day of rectification has passed', () => {
  const late: OrderOfCase = { ...DRAFT, measures: ['CANCEL_RESULTS', 'RECTIFY'], rectifyBy: '2026-11-23' };
  const told = walk(inState('FOUNDED'), [late], notify(), WAIVE, propose(), REVIEW, check());
  expect(() => walk(told, [late], decide())).toThrow(expect.objectContaining({ reason: 'order.rectify_by_invalid' }));
  expect(walk(told, [{ ...late, rectifyBy: '2026-11-24' }], decide()).state).toBe('DECIDED');
});
