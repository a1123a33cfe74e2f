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
  REVIEWER,
  stepAsked,
  take,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../test/cases';
import { INSTITUTION, later, NOW } from '../../../test/orders';
import type { Role } from '@hengji/province';
import type { Actor } from '../competence';
import { CASE_STATES, CASE_STEPS, type Case, type CaseState, type CaseStep } from './case';
import { allowedSteps, decideStep, readSteps } from './take-step';

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
