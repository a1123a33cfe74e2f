// Every state × step × role against a list written by hand; then the other conditions of a step.
import {
  around,
  CHECKER,
  DECIDER,
  DRAFT,
  HANDLER,
  inState,
  INTERIM,
  opened,
  OTHER,
  PARTY,
  REVIEWER,
  stepAsked,
  take,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../test/cases';
import { INSTITUTION, later, NOW, officer } from '../../../test/orders';
import type { Role } from '@hengji/province';
import type { Actor } from '../competence';
import { CASE_STATES, CASE_STEPS, type Case, type CaseState, type CaseStep } from './case';
import { isOver } from './record';
import { limitsOf } from './steps';
import { allowedSteps, decideFact, decideRecheck, decideStep, readSteps } from './take-step';

const DAY = 24 * 3_600_000;
const refusal = (reason: string) => expect.objectContaining({ reason });

/**
 * The allowed steps of each side in each state, after every limit has ended, by people who have done nothing yet: every officer of
 * the authority, then what is only for a named officer (承办人), for people who are not named, and for heads; then the institution.
 */
const [HANDLING, NOTICE] = ['ASK_TAKE_OVER NAME_OFFICERS', 'AMEND_NOTICE WITHDRAW_NOTICE'];
const ANYONE = `SUSPEND ${HANDLING} DECLARE_INTEREST`;
const TRACKS = `OPEN_PENALTY ${ANYONE}`;
interface Sides {
  readonly officer: string;
  readonly handler?: string;
  readonly notNamed?: string;
  readonly head?: string;
  readonly institution?: string;
}
const EXPECTED: Record<CaseState, Sides> = {
  LEAD: { officer: `TRIAGE DISMISS ${ANYONE}` },
  TRIAGED: { officer: `DISMISS ${ANYONE}`, handler: 'VERIFY' },
  VERIFYING: { officer: ANYONE, handler: 'VERIFY FIND_FOUNDED FIND_UNFOUNDED REGISTER_EVIDENCE' },
  // The notice of the shortest path is issued and not served.
  FOUNDED: { officer: TRACKS, handler: 'ISSUE_NOTICE SERVE_NOTICE REPORT_CRIME REGISTER_EVIDENCE' },
  // An officer enters what the institution hands in on paper.
  NOTICE_SERVED: {
    officer: `REPLY WAIVE_REPLY REQUEST_HEARING ${TRACKS}`,
    handler: 'CLOSE_REPLY ISSUE_NOTICE REPORT_CRIME REGISTER_EVIDENCE',
    institution: 'REPLY WAIVE_REPLY ASK_RECUSAL',
  },
  HEARING: { officer: TRACKS, handler: 'NOTIFY_HEARING REPORT_CRIME REGISTER_EVIDENCE', institution: 'ASK_RECUSAL' },
  HEARD: {
    officer: `DISMISS ${TRACKS}`,
    handler: 'PROPOSE ISSUE_NOTICE FIND_UNFOUNDED REPORT_CRIME REGISTER_EVIDENCE',
    institution: 'ASK_RECUSAL',
  },
  PROPOSED: { officer: `DISCUSS ${TRACKS}`, institution: 'ASK_RECUSAL', handler: 'REPORT_CRIME', notNamed: 'LEGAL_CHECK RETURN_PROPOSAL' },
  LEGAL_CHECKED: {
    officer: `DISCUSS ${TRACKS}`,
    institution: 'ASK_RECUSAL',
    handler: 'REPORT_CRIME',
    notNamed: 'RETURN_PROPOSAL',
    head: 'DECIDE RETURN_DECISION',
  },
  DECIDED: { officer: `CORRECT ${TRACKS}`, handler: 'SERVE_DECISION REPORT_CRIME', institution: 'ASK_RECUSAL' },
  SERVED: { officer: `PUBLISH CORRECT ${TRACKS}`, handler: 'REPORT_CRIME', institution: 'ASK_RECUSAL' },
  PUBLISHED: { officer: `CORRECT ${NOTICE} ${TRACKS}`, handler: 'REPORT_CRIME', institution: 'ASK_RECUSAL' },
  EXECUTING: { officer: `CORRECT ${NOTICE} ${TRACKS}`, handler: 'REPORT_CRIME', institution: 'ASK_RECUSAL' },
  RECHECK: { officer: `CLOSE CORRECT ${NOTICE} ${TRACKS}`, handler: 'REPORT_CRIME', institution: 'ASK_RECUSAL' },
  CLOSED: { officer: `CORRECT ${NOTICE} OPEN_PENALTY`, handler: 'REPORT_CRIME' },
  DISMISSED: { officer: '' },
  UNFOUNDED: { officer: '' },
};
/** The province in a city's case: its head takes it over or gives it to a city, until it has ended. */
const ENDED: readonly CaseState[] = ['CLOSED', 'DISMISSED', 'UNFOUNDED'];

const person = (role: Role, authority: string, institution = ''): Actor => ({ officerId: `new-${role}`, role, authority, institution });
type Side = keyof Sides | 'provinceHead';
const CITY = person('CITY_OFFICER', '2101');
const ROLES: readonly (readonly [string, Actor, readonly Side[]])[] = [
  ['an officer of the city who is not named', CITY, ['officer', 'notNamed']],
  ['a named officer', HANDLER, ['officer', 'handler']],
  ['a head of the city', { ...CITY, postLevel: 'HEAD' }, ['officer', 'notNamed', 'head']],
  ['a head of a department of the city', { ...CITY, postLevel: 'DEPARTMENT_HEAD' }, ['officer', 'notNamed']],
  ['an officer of the province', person('PROVINCE_OFFICER', 'LN'), []],
  ['a head of the province', { ...person('PROVINCE_OFFICER', 'LN'), postLevel: 'HEAD' }, ['provinceHead']],
  ['a head of another city', { ...person('CITY_OFFICER', '2102'), postLevel: 'HEAD' }, []],
  ['an officer of 沈抚', person('CITY_OFFICER', 'LN-SF'), []],
  ['the institution', person('INSTITUTION', '', INSTITUTION), ['institution']],
  ['another institution', person('INSTITUTION', '', 'S000021010004'), []],
  ['a person of no institution', person('INSTITUTION', ''), []],
  ['an auditor', person('AUDITOR', 'LN'), []],
  ['an operator', person('OPERATOR', 'LN'), []],
];

const allowedOn = (state: CaseState, side: Side): string => {
  if (side === 'provinceHead') return ENDED.includes(state) ? '' : 'TAKE_OVER DESIGNATE';
  // A head decides on recusals until the case has ended.
  const recusal = side === 'head' && !ENDED.includes(state) ? ' GRANT_RECUSAL' : '';
  return `${EXPECTED[state][side] ?? ''}${recusal}`;
};

const LATE = around({ now: later(60 * DAY) });

describe.each(CASE_STATES)('in %s', (state) => {
  it.each(ROLES)('%s may take the listed steps, and no others', (_, actor, sides) => {
    const expected = sides.map((side) => allowedOn(state, side)).join(' ');
    const wanted = new Set(expected.split(' ').filter((step) => step !== ''));
    expect(new Set(allowedSteps(inState(state), actor, LATE))).toEqual(wanted);
    for (const step of CASE_STEPS) {
      const asked = () => decideStep(inState(state), stepAsked(step, actor), LATE);
      if (wanted.has(step)) expect(asked).not.toThrow();
      else expect(asked).toThrow(expect.objectContaining({ reason: expect.stringMatching(/^case\./) }));
    }
  });

  it.each(ROLES)('%s reads the same steps, and the obstacles of the near steps', (_, actor) => {
    const { allowed, obstacles } = readSteps(inState(state), actor, LATE);
    expect(allowed.map(({ step }) => step)).toEqual(allowedSteps(inState(state), actor, LATE));
    for (const { step } of obstacles) {
      const reasons = obstacles.filter((one) => one.step === step).map(({ reason }) => reason);
      // The refusal of a step has the reason of its first obstacle.
      expect(() => decideStep(inState(state), stepAsked(step, actor), LATE)).toThrow(refusal(reasons[0] ?? ''));
    }
  });
});

describe('the record', () => {
  it('keeps who, when, what and in which sequence, and changes no existing entry', () => {
    const before = inState('VERIFYING');
    const after = take(before, 'FIND_FOUNDED', VERIFIER_B);
    expect(after.entries.slice(0, -1)).toEqual(before.entries);
    expect(after.entries.at(-1)).toMatchObject({ number: 5, step: 'FIND_FOUNDED', by: 'verifier-b', at: NOW, text: 'FIND_FOUNDED的记录' });
  });

  it.each<[CaseStep, Actor]>([
    ['VERIFY', HANDLER],
    ['FIND_FOUNDED', HANDLER],
    ['PROPOSE', HANDLER],
    ['LEGAL_CHECK', OTHER],
    ['DECIDE', DECIDER],
    ['CLOSE', OTHER],
    ['SUSPEND', OTHER],
    ['REPORT_CRIME', HANDLER],
    ['NAME_OFFICERS', OTHER],
    ['ASK_TAKE_OVER', OTHER],
    ['RETURN_DECISION', DECIDER],
  ])('refuses %s without text', (step, actor) => {
    const state = CASE_STATES.find((one) => Object.values(EXPECTED[one]).join(' ').split(' ').includes(step)) ?? 'LEAD';
    expect(() => decideStep(inState(state), stepAsked(step, actor, { text: ' ' }), LATE)).toThrow(refusal('case.text_missing'));
    expect(() => decideStep(inState(state), stepAsked(step, actor, { text: '字'.repeat(5_001) }), LATE)).toThrow(
      refusal('case.text_missing'),
    );
  });
});

describe('two officers verify', () => {
  it.each<CaseStep>(['FIND_FOUNDED', 'FIND_UNFOUNDED'])('before %s; the same officer twice counts once', (step) => {
    const one = take(take(opened(), 'TRIAGE', VERIFIER_A), 'VERIFY', VERIFIER_A);
    const same = take(one, 'VERIFY', VERIFIER_A);
    expect(() => take(same, step, VERIFIER_A)).toThrow(refusal('case.two_verifiers'));
    expect(() => take(take(same, 'VERIFY', VERIFIER_B), step, VERIFIER_A)).not.toThrow();
  });
});

describe('three parts, three people (rules §7.9)', () => {
  it.each<[string, CaseState, CaseStep, Actor]>([
    ['a verifier checks', 'PROPOSED', 'LEGAL_CHECK', VERIFIER_A],
    ['a verifier returns', 'PROPOSED', 'RETURN_PROPOSAL', VERIFIER_B],
    ['a verifier decides', 'LEGAL_CHECKED', 'DECIDE', VERIFIER_B],
    ['the legal checker decides', 'LEGAL_CHECKED', 'DECIDE', CHECKER],
    ['the legal checker finds', 'LEGAL_CHECKED', 'REPORT_CRIME', CHECKER],
    ['the decider reports', 'DECIDED', 'REPORT_CRIME', DECIDER],
  ])('%s: refused', (_, state, step, actor) => {
    expect(() => take(inState(state), step, actor)).toThrow(
      expect.objectContaining({
        kind: 'forbidden',
        reason: 'case.same_person',
        detail: expect.objectContaining({ field: 'actor.officer_id' }),
      }),
    );
    expect(allowedSteps(inState(state), actor, LATE)).not.toContain(step);
  });

  it('a person keeps a part for the whole case', () => {
    const returned = take(inState('PROPOSED'), 'RETURN_PROPOSAL', CHECKER);
    const again = take(take(take(returned, 'PROPOSE', VERIFIER_B), 'REVIEW', REVIEWER), 'LEGAL_CHECK', OTHER);
    expect(() => take(again, 'DECIDE', CHECKER)).toThrow(refusal('case.same_person'));
    const takenBack = take(inState('DECIDED'), 'CORRECT', VERIFIER_A);
    const proposed = take(take(takenBack, 'PROPOSE', VERIFIER_B), 'REVIEW', REVIEWER);
    expect(() => take(proposed, 'LEGAL_CHECK', DECIDER)).toThrow(refusal('case.same_person'));
  });
});

describe('conditions of a step', () => {
  it('a draft before the decision', () => {
    expect(() => take(inState('LEGAL_CHECKED'), 'DECIDE', DECIDER, { orders: [] })).toThrow(refusal('case.illegal_move'));
    expect(() => take(inState('LEGAL_CHECKED'), 'DECIDE', DECIDER, { orders: [INTERIM] })).toThrow(refusal('case.illegal_move'));
    expect(inState('DECIDED').decision).toEqual({ number: '文〔2026〕12号', orderId: 'o1' });
  });

  it.each<[string, Parameters<typeof around>[0]]>([
    ['an order at work', { orders: [{ ...DRAFT, state: 'EXECUTING' }] }],
    ['an interim stop in force', { orders: [{ ...INTERIM, state: 'COMPLETED' }] }],
    ['a rectification open', { orders: [], leftToDo: ['整改尚未复查'] }],
  ])('a case is not closed with %s', (_, change) => {
    expect(() => take(inState('RECHECK'), 'CLOSE', OTHER, change)).toThrow(refusal('case.not_finished'));
  });

  it('a case does not end in another way while an interim stop is in force', () => {
    const standing = { orders: [{ ...INTERIM, state: 'EXECUTING' as const }] };
    expect(() => take(inState('HEARD'), 'DISMISS', OTHER, standing)).toThrow(refusal('case.not_finished'));
    expect(() => take(inState('HEARD'), 'FIND_UNFOUNDED', VERIFIER_A, standing)).toThrow(refusal('case.not_finished'));
    expect(take(inState('HEARD'), 'DISMISS', OTHER, { orders: [{ ...INTERIM, state: 'LIFTED' }] }).state).toBe('DISMISSED');
  });
});

describe('a suspension', () => {
  const suspended = (state: CaseState): Case => take(inState(state), 'SUSPEND', OTHER);

  it.each<CaseState>(['LEAD', 'VERIFYING', 'NOTICE_SERVED', 'LEGAL_CHECKED', 'PUBLISHED'])(
    'stops %s, and returns to the same state',
    (state) => {
      const steps = allowedSteps(suspended(state), OTHER, LATE);
      // Who handles the case may change meanwhile.
      const isOpen = (step: string): boolean =>
        ['REPORT_CRIME', 'REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING', ...HANDLING.split(' ')].includes(step);
      expect(steps.filter((step) => !isOpen(step))).toEqual(['RESUME']);
      expect(steps).toEqual(expect.arrayContaining(HANDLING.split(' ')));
      for (const step of EXPECTED[state].officer.split(' ').filter((one) => !isOpen(one))) {
        expect(() => decideStep(suspended(state), stepAsked(step as CaseStep, OTHER), LATE)).toThrow(refusal('case.suspended'));
      }
      expect(take(suspended(state), 'RESUME', OTHER)).toMatchObject({ state, suspended: false });
    },
  );

  it('cannot be ended without a suspension, nor in a case that is over', () => {
    expect(() => take(inState('HEARD'), 'RESUME', OTHER)).toThrow(refusal('case.illegal_move'));
    expect(() => take(inState('CLOSED'), 'SUSPEND', OTHER)).toThrow(refusal('case.illegal_move'));
  });
});

describe('tracks beside the main line', () => {
  it('a penalty is independent of the main line, and is decided no sooner than a decision could be', () => {
    const early = take(inState('FOUNDED'), 'OPEN_PENALTY', OTHER);
    expect(early).toMatchObject({ state: 'FOUNDED', penaltyTrack: 'open' });
    expect(() => take(early, 'OPEN_PENALTY', OTHER)).toThrow(refusal('case.illegal_move'));
    const closed = (state: CaseState, gate: string) =>
      expect(() => take({ ...inState(state), penaltyTrack: 'open' }, 'DECIDE_PENALTY', DECIDER, LATE)).toThrow(
        expect.objectContaining({ reason: 'case.gate_closed', detail: expect.objectContaining({ field: `gates.${gate}` }) }),
      );
    closed('FOUNDED', 'NOTICE_SERVED');
    closed('HEARING', 'REPLY_HEARD');
    closed('PROPOSED', 'LEGAL_CHECKED');
    const open: Case = { ...take(inState('LEGAL_CHECKED'), 'DISCUSS', VERIFIER_A), penaltyTrack: 'open' };
    expect(() => take(open, 'DECIDE_PENALTY', VERIFIER_A)).toThrow(refusal('case.same_person'));
    const bare = stepAsked('DECIDE_PENALTY', DECIDER, { attachmentIds: [] });
    expect(() => decideStep(open, bare, around())).toThrow(refusal('case.attachment_missing'));
    const replied = take(inState('NOTICE_SERVED'), 'REPLY', PARTY);
    const checked: Case = {
      ...take(take(take(replied, 'PROPOSE', VERIFIER_B), 'REVIEW', REVIEWER), 'LEGAL_CHECK', CHECKER),
      penaltyTrack: 'open',
    };
    expect(() => take(checked, 'DECIDE_PENALTY', DECIDER)).toThrow(refusal('case.too_early'));
    expect(take(open, 'DECIDE_PENALTY', DECIDER).penaltyTrack).toBe('decided');
  });

  it('an open penalty prevents closing, and is cancelled on record when the case ends without a decision', () => {
    const open = (state: CaseState): Case => ({ ...inState(state), penaltyTrack: 'open' });
    expect(() => take(open('RECHECK'), 'CLOSE', OTHER, { orders: [] })).toThrow(refusal('case.not_finished'));
    expect(take(open('HEARD'), 'DISMISS', OTHER)).toMatchObject({ state: 'DISMISSED', penaltyTrack: 'cancelled' });
    expect(take(open('HEARD'), 'FIND_UNFOUNDED', VERIFIER_A)).toMatchObject({ state: 'UNFOUNDED', penaltyTrack: 'cancelled' });
    expect(limitsOf(open('HEARD'), inState('DISMISSED'), 'DISMISS').cancels).toContain('D-PEN-DECIDE');
    expect([isOver(open('CLOSED')), isOver(inState('CLOSED'))]).toEqual([false, true]);
  });

  it('a transfer needs two reports and one approval, and records the answers', () => {
    const one = take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A);
    expect(one.transferTrack).toBe('none');
    expect(take(one, 'REPORT_CRIME', VERIFIER_A).transferTrack).toBe('none');
    const reported = take(one, 'REPORT_CRIME', VERIFIER_B);
    expect(reported.transferTrack).toBe('reported');
    expect(() => take(reported, 'APPROVE_TRANSFER', VERIFIER_A)).toThrow(refusal('case.same_person'));
    const refused = take(reported, 'REFUSE_TRANSFER', DECIDER);
    // After a refusal both officers report again.
    expect(take(refused, 'REPORT_CRIME', VERIFIER_A).transferTrack).toBe('refused');
    const sent: Case = { ...take(reported, 'APPROVE_TRANSFER', DECIDER), transferTrack: 'sent' };
    const rejected = decideFact(decideFact(sent, 'TRANSFER_RECEIVED', '', NOW), 'TRANSFER_REFUSED', '不属于犯罪', NOW);
    expect(rejected.transferTrack).toBe('rejected');
    const asked = take(rejected, 'ASK_RECONSIDERATION', OTHER);
    const accepted = decideFact(asked, 'TRANSFER_ACCEPTED', '', NOW);
    expect(take(accepted, 'HAND_OVER_EXHIBITS', OTHER).transferTrack).toBe('handed_over');
    expect(take(take(rejected, 'ASK_PROCURATORATE', OTHER), 'SUSPEND', OTHER)).toMatchObject({
      suspended: true,
      transferTrack: 'procuratorate',
    });
  });

  it('a late or repeated answer changes nothing; a suspension does not stop an answer', () => {
    const sent: Case = { ...take(inState('FOUNDED'), 'SUSPEND', OTHER), transferTrack: 'sent' };
    const received = decideFact(sent, 'TRANSFER_RECEIVED', '', NOW);
    expect(received.transferTrack).toBe('received');
    expect(decideFact(received, 'TRANSFER_RECEIVED', '', NOW)).toBe(received);
  });
});

describe('after the execution', () => {
  it('the case goes to the re-check with its last order, once', () => {
    const executing = inState('EXECUTING');
    expect(decideRecheck(executing, [{ ...DRAFT, state: 'EXECUTING' }], NOW)).toBe(executing);
    expect(decideRecheck(executing, [INTERIM], NOW)).toBe(executing);
    const recheck = decideRecheck(executing, [{ ...DRAFT, state: 'COMPLETED' }], NOW);
    expect(recheck.state).toBe('RECHECK');
    expect(decideRecheck(recheck, [{ ...DRAFT, state: 'LIFTED' }], NOW)).toBe(recheck);
    const suspended = take(executing, 'SUSPEND', OTHER);
    expect(decideRecheck(suspended, [{ ...DRAFT, state: 'LIFTED' }], NOW).state).toBe('RECHECK');
  });

  it('a decision is corrected before the execution, and its order lifted after it', () => {
    const before = take(inState('SERVED'), 'CORRECT', officer('x'));
    expect(before).toMatchObject({ state: 'HEARD', decision: null, decisionServedAt: null });
    const cancels = (state: CaseState) => limitsOf(inState(state), before, 'CORRECT').cancels;
    expect([cancels('DECIDED'), cancels('SERVED'), cancels('EXECUTING')]).toEqual([['D-PEN-SERVE'], ['D-RECON', 'D-LITIG'], []]);
    expect(take(inState('CLOSED'), 'CORRECT', officer('x'))).toMatchObject({ state: 'RECHECK', decision: { orderId: 'o1' } });
  });

  it('the application to the court needs the end of the remedies and of the ten days of the demand', () => {
    const limit = (code: string, state: string) => ({ code, state });
    const apply = (state: CaseState, ...limits: { code: string; state: string }[]) =>
      take(inState(state), 'APPLY_ENFORCEMENT', OTHER, { limits });
    const due = limit('D-ENFORCE-APPLY', 'RUNNING');
    expect(() => apply('CLOSED')).toThrow(refusal('case.illegal_move'));
    expect(() => apply('CLOSED', due, limit('D-ENFORCE-DEMAND', 'RUNNING'))).toThrow('催告书');
    for (const state of ['EXECUTING', 'RECHECK', 'CLOSED'] as const) {
      const after = apply(state, due, limit('D-ENFORCE-DEMAND', 'PASSED'));
      expect([after.state, limitsOf(inState(state), after, 'APPLY_ENFORCEMENT').meets]).toEqual([state, ['D-ENFORCE-APPLY']]);
    }
    expect(() => apply('DECIDED', due, limit('D-ENFORCE-DEMAND', 'PASSED'))).toThrow(refusal('case.illegal_move'));
  });

  it('the institution cannot reply before the notice', () => {
    expect(() => take(inState('FOUNDED'), 'REPLY', PARTY)).toThrow(refusal('case.illegal_move'));
  });
});
