import { CASE_STATES, type Case } from './case';
import { tasksOf } from './take-step';
import { NOW } from '../../../test/orders';
import { CALENDAR, inState, opened, PARTY, take, VERIFIER_A, VERIFIER_B } from '../../../test/cases';

const DAY_MS = 86_400_000;
/** After every limit that protects the institution. */
const MUCH_LATER = new Date(NOW.getTime() + 60 * DAY_MS);

const at = (now = NOW) => ({ now, calendar: CALENDAR });
const waiting = (theCase: Case, now = NOW): string[] => tasksOf(theCase, at(now)).map(({ step, role }) => `${step} ${role}`);

// The shortest way to each state; VERIFYING with both verifiers.
const EXPECTED = {
  LEAD: ['TRIAGE officer'],
  TRIAGED: ['VERIFY officer'],
  VERIFYING: ['FIND_FOUNDED officer'],
  FOUNDED: ['SERVE_NOTICE officer'],
  NOTICE_SERVED: ['REPLY institution'],
  HEARING: ['NOTIFY_HEARING officer'],
  HEARD: ['PROPOSE officer'],
  PROPOSED: ['LEGAL_CHECK officer'],
  LEGAL_CHECKED: ['DECIDE officer'],
  DECIDED: ['SERVE_DECISION officer'],
  SERVED: ['PUBLISH officer'],
  PUBLISHED: ['EXECUTE officer'],
  EXECUTING: [],
  RECHECK: ['CLOSE officer'],
  CLOSED: [],
  DISMISSED: [],
  UNFOUNDED: [],
} as const satisfies Record<(typeof CASE_STATES)[number], readonly string[]>;

it.each(CASE_STATES)('of a case in %s, its tasks wait', (state) => expect(waiting(inState(state))).toEqual(EXPECTED[state]));

it('requires a second verifier before a finding', () => {
  const triaged = take(opened(), 'TRIAGE', VERIFIER_A);
  const byOne = take(triaged, 'VERIFY', VERIFIER_A);
  expect(waiting(byOne)).toEqual(['VERIFY officer']);
  expect(waiting(take(byOne, 'VERIFY', VERIFIER_B))).toEqual(['FIND_FOUNDED officer']);
});

it('goes from the institution to the officers when the time to reply is over', () => {
  expect(waiting(inState('NOTICE_SERVED'), MUCH_LATER)).toEqual(['CLOSE_REPLY officer']);
});

it('requires the record of a hearing after its notice', () => {
  const asked = take(inState('NOTICE_SERVED'), 'REQUEST_HEARING', PARTY);
  expect(waiting(take(asked, 'NOTIFY_HEARING', VERIFIER_A))).toEqual(['RECORD_HEARING officer']);
});

it('has only the resumption as a task during a suspension', () => {
  expect(waiting(take(inState('PROPOSED'), 'SUSPEND', VERIFIER_A))).toEqual(['RESUME officer']);
});

it('has the transfer beside the main line: the second report, then the approval', () => {
  const first = take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A);
  expect(waiting(first)).toEqual(['SERVE_NOTICE officer', 'REPORT_CRIME officer']);
  expect(waiting(take(first, 'REPORT_CRIME', VERIFIER_B))).toEqual(['SERVE_NOTICE officer', 'APPROVE_TRANSFER officer']);
});

it('is due by the limit that its step meets, else by the limits of its track', () => {
  expect(tasksOf(inState('DECIDED'), at())[0]?.limits).toEqual(['D-PEN-SERVE']);
  expect(tasksOf(inState('HEARD'), at())[0]?.limits).toContain('D-PEN-SERVE');
  expect(tasksOf(inState('HEARD'), at())[0]?.limits).not.toContain('D-CASE-REPLY');
});
