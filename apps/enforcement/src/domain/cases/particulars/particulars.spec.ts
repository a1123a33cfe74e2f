// What a step states, on both sides of each edge: credentials, interests, waivers, papers, legal findings, discussions.
import {
  around,
  CHECKER,
  DECIDER,
  DRAFT,
  findings,
  HANDLER,
  inState,
  INTERIM,
  OTHER,
  PARTY,
  REVIEWER,
  stated,
  stepAsked,
  take,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../../test/cases';
import { later, NOW } from '../../../../test/orders';
import type { Actor } from '../../competence';
import { checkSigner, gatesOf } from '../gates';
import type { Case, CaseStep, OrderOfCase } from '../case';
import { deciderOf, verifiersOf } from '../people';
import { limitsOf } from '../steps';
import { decideStep, readSteps, tasksOf } from '../take-step';
import type { StepAsked, Surroundings } from '../terms';
import type { Particulars } from './particulars';

/** A head of the authority who has done nothing in the case. */
const HEAD: Actor = { ...OTHER, postLevel: 'HEAD' };
const DAY = 86_400_000;
const TODAY = '2026-11-23' as Particulars['receivedOn'];

interface Asked extends Partial<StepAsked> {
  readonly says?: Partial<Particulars>;
  readonly in?: Partial<Surroundings>;
}

/** The step with these particulars changed. */
const step = (theCase: Case, name: CaseStep, actor: Actor, { says = {}, in: change = {}, ...asked }: Asked = {}): Case => {
  const world = around(change);
  const particulars = { ...stated(name, actor, world.now), ...says };
  return decideStep(theCase, stepAsked(name, actor, { particulars, ...asked }), world);
};
const refusal = (reason: string, field?: string) =>
  expect.objectContaining({ reason: `case.${reason}`, ...(field === undefined ? {} : { detail: expect.objectContaining({ field }) }) });

describe('a credential', () => {
  const verify = (credential: string, actor = VERIFIER_B) => step(inState('VERIFYING'), 'VERIFY', actor, { says: { credential } });
  it.each(['', '2101', '1234567', '1'.repeat(19), '2101-0001', '执法证一二三四五六'])('%j has the wrong shape', (credential) => {
    expect(() => verify(credential)).toThrow(refusal('credential_invalid', 'credential'));
  });

  it.each(['21010001', '21010012345', 'LN21010001', '1'.repeat(18)])('%j is kept in the record', (credential) => {
    expect(verify(credential).entries.at(-1)?.particulars.credential).toBe(credential);
  });

  it('is of one verifier only', () => {
    const verified = inState('VERIFYING').entries.filter((entry) => entry.step === 'VERIFY');
    expect(new Set(verified.map(({ particulars }) => particulars.credential)).size).toBe(2);
    expect(() => verify(verified[0]?.particulars.credential ?? '')).toThrow(refusal('credential_invalid', 'credential'));
  });
});

describe('a recusal', () => {
  it.each<[CaseStep, Case['state'], Actor]>([
    ['VERIFY', 'VERIFYING', VERIFIER_B],
    ['LEGAL_CHECK', 'PROPOSED', CHECKER],
    ['DECIDE', 'LEGAL_CHECKED', DECIDER],
  ])('%s needs the declaration of no interest', (name, state, actor) => {
    expect(() => step(inState(state), name, actor, { says: { noInterest: false } })).toThrow(refusal('interest_undeclared', 'no_interest'));
    expect(step(inState(state), name, actor).entries.at(-1)?.particulars.noInterest).toBe(true);
  });

  it('of a person who declares an interest refuses each later step, in each case of the institution', () => {
    const declared = step(inState('PROPOSED'), 'DECLARE_INTEREST', CHECKER);
    expect(() => step(declared, 'LEGAL_CHECK', CHECKER)).toThrow(refusal('recused', 'actor.officer_id'));
    expect(() => step(inState('PROPOSED'), 'LEGAL_CHECK', CHECKER, { in: { recused: ['checker'] } })).toThrow(refusal('recused'));
    expect(step(declared, 'LEGAL_CHECK', OTHER).state).toBe('LEGAL_CHECKED');
    expect(readSteps(declared, CHECKER, around()).obstacles).toContainEqual(
      expect.objectContaining({ step: 'LEGAL_CHECK', reason: 'case.recused' }),
    );
  });

  it('is asked for by name, decided by the head, and decided before the decision on the case', () => {
    const checked = inState('LEGAL_CHECKED');
    expect(() => step(checked, 'ASK_RECUSAL', PARTY, { says: { officerName: ' ' } })).toThrow(refusal('officer_missing', 'officer_name'));
    const asked = step(checked, 'ASK_RECUSAL', PARTY, { says: { officerName: '张三' } });
    expect(() => step(asked, 'DECIDE', DECIDER)).toThrow(refusal('recusal_open', 'step'));
    expect(tasksOf(asked, around()).map(({ title }) => title)).toContain('决定是否回避');
    const grant = (officerId: string, by: Actor) => () => step(asked, 'GRANT_RECUSAL', by, { says: { officerId } });
    expect(grant('', HEAD)).toThrow(refusal('officer_missing', 'officer_id'));
    expect(grant('other', HEAD)).toThrow(refusal('recusal_own', 'officer_id'));
    // 行政处罚法 §43: the head decides.
    expect(grant('verifier-a', OTHER)).toThrow(refusal('not_head'));
    const refused = step(asked, 'REFUSE_RECUSAL', HEAD, { says: { officerId: 'verifier-a' } });
    expect(step(refused, 'DECIDE', DECIDER).state).toBe('DECIDED');
    expect(() => step(checked, 'REFUSE_RECUSAL', HEAD)).toThrow(refusal('illegal_move'));
  });

  it('is not asked for before the institution knows of the case', () => {
    expect(() => step(inState('FOUNDED'), 'ASK_RECUSAL', PARTY)).toThrow(refusal('illegal_move'));
    expect(step(inState('NOTICE_SERVED'), 'ASK_RECUSAL', PARTY).entries.at(-1)?.particulars.officerName).toBe('张三');
    expect(step(inState('FOUNDED'), 'ASK_RECUSAL', PARTY, { in: { orders: [{ ...INTERIM, state: 'EXECUTING' }] } }).state).toBe('FOUNDED');
  });

  it('of a verifier makes the verification incomplete until another officer repeats it', () => {
    const granted = step(inState('LEGAL_CHECKED'), 'GRANT_RECUSAL', HEAD, { says: { officerId: 'verifier-a' } });
    expect(verifiersOf(granted)).toEqual(['verifier-b']);
    expect(() => step(granted, 'DECIDE', DECIDER)).toThrow(refusal('two_verifiers'));
    expect(gatesOf(granted, DRAFT, NOW).find(({ gate }) => gate === 'TWO_VERIFIERS')?.missing).toContain('现有1名');
    expect(() => step(granted, 'VERIFY', VERIFIER_A)).toThrow(refusal('recused'));
    const repeated = step(granted, 'VERIFY', HANDLER);
    expect(step(repeated, 'DECIDE', DECIDER).state).toBe('DECIDED');
    // A complete verification is not repeated after the finding.
    expect(() => step(repeated, 'VERIFY', VERIFIER_B)).toThrow(refusal('illegal_move'));
  });

  it('of the legal checker or the decider takes back what rests on them', () => {
    const recuse = (theCase: Case, officerId: string) => step(theCase, 'GRANT_RECUSAL', HEAD, { says: { officerId } });
    expect(() => step(recuse(inState('LEGAL_CHECKED'), 'checker'), 'DECIDE', DECIDER)).toThrow('重新审核');
    const decided = recuse(inState('PUBLISHED'), 'decider');
    expect(deciderOf(decided)).toBe('');
    expect(() => checkSigner(decided, DRAFT, DECIDER)).toThrow(expect.objectContaining({ reason: 'order.not_decider' }));
  });
});

describe('a paper of the institution that an officer enters', () => {
  const noticed = () => inState('NOTICE_SERVED');
  const enter = (name: CaseStep, asked: Asked = {}) => step(noticed(), name, OTHER, asked);

  it.each<[CaseStep, Case['state']]>([
    ['REPLY', 'HEARD'],
    ['WAIVE_REPLY', 'HEARD'],
    ['REQUEST_HEARING', 'HEARING'],
  ])('%s needs the scan and the day on which it was received', (name, state) => {
    expect(() => enter(name, { attachmentIds: [] })).toThrow(refusal('paper_missing', 'attachment_ids'));
    expect(() => enter(name, { says: { receivedOn: '' } })).toThrow(refusal('received_invalid', 'received_on'));
    expect(() => enter(name, { says: { receivedOn: '2026-11-24' as typeof TODAY } })).toThrow(refusal('received_invalid', 'received_on'));
    expect(() => enter(name, { says: { receivedOn: '2026-11-22' as typeof TODAY } })).toThrow(refusal('received_invalid', 'received_on'));
    const entered = enter(name, { says: { receivedOn: TODAY } });
    expect(entered).toMatchObject({ state });
    expect(entered.entries.at(-1)).toMatchObject({ by: 'other', attachmentIds: ['a1'], particulars: { receivedOn: TODAY } });
    expect(readSteps(noticed(), OTHER, around()).allowed.find((one) => one.step === name)?.needs).toContain('PAPER');
  });

  it('counts by the day on which it was received, not by the day on which it is entered', () => {
    const late = { now: later(30 * DAY) };
    const inTime = enter('REQUEST_HEARING', { says: { receivedOn: '2026-11-30' as typeof TODAY }, in: late });
    expect(inTime.state).toBe('HEARING');
    expect(() => enter('REQUEST_HEARING', { says: { receivedOn: '2026-12-01' as typeof TODAY }, in: late })).toThrow(refusal('too_late'));
    expect(() => step(noticed(), 'REQUEST_HEARING', PARTY, { in: late })).toThrow(refusal('too_late'));
  });

  it('is not asked of the institution itself, whose record states no such day', () => {
    const own = step(noticed(), 'REPLY', PARTY, { attachmentIds: [] });
    expect(own.entries.at(-1)?.particulars.receivedOn).toBe('');
    expect(readSteps(noticed(), PARTY, around()).allowed.find((one) => one.step === 'REPLY')?.needs).toEqual(['TEXT']);
  });
});

describe('a waiver', () => {
  const waive = (waived: Particulars['waived']) => step(inState('NOTICE_SERVED'), 'WAIVE_REPLY', PARTY, { says: { waived } });
  const meets = (waived: Particulars['waived']) => limitsOf(inState('NOTICE_SERVED'), waive(waived), 'WAIVE_REPLY').meets;

  it('names each right that is given up', () => {
    expect(() => waive([])).toThrow(refusal('waiver_unnamed', 'waived'));
    expect(meets(['REPLY', 'HEARING'])).toEqual(['D-CASE-REPLY', 'D-PEN-HEARING-ASK']);
  });

  it('of the reply alone leaves the hearing', () => {
    const replyOnly = waive(['REPLY']);
    expect([replyOnly.state, meets(['REPLY'])]).toEqual(['HEARD', ['D-CASE-REPLY']]);
    expect(step(replyOnly, 'REQUEST_HEARING', PARTY).state).toBe('HEARING');
    const checked = take(take(take(replyOnly, 'PROPOSE', VERIFIER_B), 'REVIEW', REVIEWER), 'LEGAL_CHECK', CHECKER);
    expect(() => step(checked, 'DECIDE', DECIDER)).toThrow(refusal('too_early'));
  });

  it('of the hearing alone leaves the reply', () => {
    const hearingOnly = waive(['HEARING']);
    expect([hearingOnly.state, meets(['HEARING'])]).toEqual(['NOTICE_SERVED', ['D-PEN-HEARING-ASK']]);
    expect(() => step(hearingOnly, 'REQUEST_HEARING', PARTY)).toThrow(refusal('too_late'));
    expect(step(hearingOnly, 'REPLY', PARTY).state).toBe('HEARD');
  });

  it('that an older version recorded gave up both', () => {
    const { entries, ...heard } = inState('HEARD');
    const old = { ...heard, entries: entries.map((one) => ({ ...one, particulars: { ...one.particulars, waived: [] } })) };
    expect(() => step(old, 'REQUEST_HEARING', PARTY)).toThrow(refusal('too_late'));
  });
});

describe('a legal check', () => {
  const check = (legalFindings: Particulars['legalFindings']) =>
    step(inState('PROPOSED'), 'LEGAL_CHECK', CHECKER, { says: { legalFindings } });
  const giveBack = (legalFindings: Particulars['legalFindings']) =>
    step(inState('PROPOSED'), 'RETURN_PROPOSAL', CHECKER, { says: { legalFindings } });

  it('has a finding on each of six points, and each passes', () => {
    expect(check(findings()).state).toBe('LEGAL_CHECKED');
    expect(() => check([])).toThrow(refusal('legal_incomplete', 'legal_findings'));
    expect(() => check(findings().slice(1))).toThrow('尚缺：主体');
    expect(() => check([...findings(), ...findings().slice(0, 1)])).toThrow(refusal('legal_incomplete'));
    expect(() => check(findings('EVIDENCE'))).toThrow(refusal('legal_failed', 'legal_findings'));
    expect(() => check(findings('EVIDENCE'))).toThrow('证据不通过');
  });

  it('that returns the proposal names what failed, and why', () => {
    const returned = giveBack(findings('BASIS'));
    expect(returned.state).toBe('HEARD');
    expect(returned.entries.at(-1)?.particulars.legalFindings).toEqual(findings('BASIS'));
    expect(() => giveBack(findings())).toThrow(refusal('legal_incomplete'));
    expect(() => giveBack(findings('BASIS').map((one) => ({ ...one, remark: '' })))).toThrow('应写明理由：依据');
  });
});

describe('a collective discussion', () => {
  const heavy = (measure: OrderOfCase['measures'][number]): OrderOfCase => ({ ...DRAFT, measures: ['CANCEL_RESULTS', measure] });
  /** Noticed, heard, proposed and checked with this draft. */
  const checked = (draft: OrderOfCase): Case =>
    (
      [
        ['ISSUE_NOTICE', HANDLER],
        ['SERVE_NOTICE', HANDLER],
        ['WAIVE_REPLY', PARTY],
        ['PROPOSE', VERIFIER_B],
        ['REVIEW', REVIEWER],
        ['LEGAL_CHECK', CHECKER],
      ] as const
    ).reduce((so, [name, actor]) => take(so, name, actor, { orders: [draft] }), inState('FOUNDED'));

  it.each(['VOID_CERTIFICATES', 'REMOVE_FROM_DIRECTORY'] as const)('comes before a decision with %s', (measure) => {
    const orders = [heavy(measure)];
    const ready = checked(heavy(measure));
    const obstacles = readSteps(ready, DECIDER, around({ orders })).obstacles.filter((one) => one.step === 'DECIDE');
    expect(obstacles.map(({ reason }) => reason)).toEqual(['case.not_discussed']);
    expect(gatesOf(ready, heavy(measure), NOW).find(({ gate }) => gate === 'DISCUSSED')?.missing).not.toBe('');
    expect(() => take(ready, 'DECIDE', DECIDER, { orders })).toThrow(refusal('not_discussed', 'step'));
    const discussed = take(ready, 'DISCUSS', OTHER, { orders });
    expect(take(discussed, 'DECIDE', DECIDER, { orders }).state).toBe('DECIDED');
    // A new proposal is discussed anew.
    const anew = [
      ['RETURN_PROPOSAL', CHECKER],
      ['PROPOSE', VERIFIER_B],
      ['REVIEW', REVIEWER],
      ['LEGAL_CHECK', CHECKER],
    ] as const;
    const again = anew.reduce((so, [name, actor]) => take(so, name, actor, { orders }), discussed);
    expect(() => take(again, 'DECIDE', DECIDER, { orders })).toThrow(refusal('not_discussed'));
  });

  it.each(['RECTIFY', 'WITHDRAW_UPLOADS'] as const)('is not needed for %s', (measure) => {
    const draft = { ...heavy(measure), rectifyBy: measure === 'RECTIFY' ? '2026-12-31' : '' };
    expect(take(checked(draft), 'DECIDE', DECIDER, { orders: [draft] }).state).toBe('DECIDED');
  });

  it('comes before each fine, also after the decision', () => {
    const open: Case = { ...inState('DECIDED'), penaltyTrack: 'open' };
    expect(() => take(open, 'DECIDE_PENALTY', DECIDER)).toThrow(refusal('not_discussed'));
    expect(take(take(open, 'DISCUSS', OTHER), 'DECIDE_PENALTY', DECIDER).penaltyTrack).toBe('decided');
    expect(() => take(inState('DECIDED'), 'DISCUSS', OTHER)).toThrow(refusal('illegal_move'));
  });

  it.each<[Partial<NonNullable<Particulars['discussion']>>, string]>([
    [{ heldOn: '' }, 'held_on'],
    [{ heldOn: '2026-11-24' as typeof TODAY }, 'held_on'],
    [{ heldOn: '2026-11-22' as typeof TODAY }, 'held_on'],
    [{ participants: ['甲', '乙'] }, 'participants'],
    [{ participants: ['甲', '乙', '乙', ' '] }, 'participants'],
    [{ conclusion: ' ' }, 'conclusion'],
  ])('with %j is refused', (change, field) => {
    const discussion = { heldOn: TODAY, participants: ['甲', '乙', '丙'], conclusion: '同意', ...change };
    const discuss = (says: Partial<Particulars>, attachmentIds = ['a1']) =>
      step(inState('LEGAL_CHECKED'), 'DISCUSS', OTHER, { says, attachmentIds });
    expect(() => discuss({ discussion })).toThrow(refusal('discussion_invalid', field));
    expect(() => discuss({ discussion: null })).toThrow(refusal('discussion_invalid', 'held_on'));
    expect(() => discuss({}, [])).toThrow(refusal('attachment_missing', 'attachment_ids'));
    expect(discuss({}).entries.at(-1)?.particulars.discussion?.participants).toHaveLength(3);
  });
});
