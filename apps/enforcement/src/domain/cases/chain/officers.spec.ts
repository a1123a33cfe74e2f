// 承办人: named at the triage, changed with a reason, and alone to handle the case; those who judge are not among them.
import {
  around,
  CHECKER,
  DECIDER,
  HANDLER,
  HANDLERS,
  inState,
  opened,
  OTHER,
  REVIEWER,
  stepAsked,
  take,
  VERIFIER_A,
} from '../../../../test/cases';
import type { Actor } from '../../competence';
import type { Case, CaseState, CaseStep } from '../case';
import { decideStep, readSteps } from '../take-step';

const refusal = (reason: string) => expect.objectContaining({ reason });
const name = (theCase: Case, step: CaseStep, ...officerIds: string[]): Case =>
  decideStep(theCase, stepAsked(step, OTHER, { officerIds }), around());

describe('the officers of a case', () => {
  it('are named at the triage, the main one first, on record', () => {
    const triaged = name(opened(), 'TRIAGE', 'verifier-b', 'verifier-a');
    expect(triaged.officers.map(({ id }) => id)).toEqual(['verifier-b', 'verifier-a']);
    expect(triaged.entries.at(-1)).toMatchObject({ step: 'TRIAGE', officers: triaged.officers });
    expect(readSteps(opened(), OTHER, around()).allowed).toContainEqual({ step: 'TRIAGE', title: '分办', needs: ['OFFICERS'] });
  });

  it.each<[string, string[], string]>([
    ['nobody', [], 'case.officers_invalid'],
    ['one, because two verify', ['verifier-a'], 'case.officers_invalid'],
    ['one twice', ['verifier-a', 'verifier-a'], 'case.officers_invalid'],
    ['one of three twice', ['verifier-a', 'verifier-b', 'verifier-a'], 'case.officers_invalid'],
    ['eleven', Array.from({ length: 11 }, (_, i) => `o${i}`), 'case.officers_invalid'],
    ['a person who is no officer of the authority', ['verifier-a', 'nobody'], 'case.officer_unknown'],
  ])('are not %s', (_, officerIds, reason) => {
    expect(() => name(opened(), 'TRIAGE', ...officerIds)).toThrow(
      expect.objectContaining({ kind: 'invalid', reason, detail: expect.objectContaining({ field: 'officer_ids' }) }),
    );
  });

  it('change with a reason, which is an entry of the record', () => {
    const changed = name(inState('FOUNDED'), 'NAME_OFFICERS', 'verifier-a', 'other');
    expect(changed.officers.map(({ id }) => id)).toEqual(['verifier-a', 'other']);
    expect(changed.entries.at(-1)).toMatchObject({ step: 'NAME_OFFICERS', text: 'NAME_OFFICERS的记录', by: 'other' });
    expect(() => take(changed, 'SERVE_NOTICE', HANDLER)).toThrow(refusal('case.not_officer'));
    expect(take(changed, 'SERVE_NOTICE', OTHER).state).toBe('NOTICE_SERVED');
  });

  it.each<[Actor, string]>([
    [REVIEWER, '部门审核'],
    [CHECKER, '法制审核'],
    [DECIDER, '决定'],
  ])('are none of those who judged in the case: %j', ({ officerId }) => {
    expect(() => name(inState('DECIDED'), 'NAME_OFFICERS', 'verifier-a', officerId)).toThrow(refusal('case.same_person'));
    expect(name(inState('FOUNDED'), 'NAME_OFFICERS', 'verifier-a', officerId).officers).toHaveLength(2);
  });
});

const HANDLING: readonly (readonly [CaseStep, CaseState])[] = [
  ['VERIFY', 'TRIAGED'],
  ['FIND_FOUNDED', 'VERIFYING'],
  ['FIND_UNFOUNDED', 'VERIFYING'],
  ['SERVE_NOTICE', 'FOUNDED'],
  ['NOTIFY_HEARING', 'HEARING'],
  ['PROPOSE', 'HEARD'],
  ['SERVE_DECISION', 'DECIDED'],
  ['REPORT_CRIME', 'FOUNDED'],
];
it.each(HANDLING)('only a named officer takes %s; before anybody is named, nobody', (step, state) => {
  const theCase = inState(state);
  expect(() => take(theCase, step, OTHER)).toThrow(
    expect.objectContaining({ kind: 'forbidden', reason: 'case.not_officer', message: expect.stringContaining('verifier-a') }),
  );
  expect(() => take({ ...theCase, officers: [] }, step, HANDLER)).toThrow(refusal('case.officers_unnamed'));
  expect(take(theCase, step, HANDLER).entries.at(-1)).toMatchObject({ step, by: 'handler' });
});

const JUDGING: readonly (readonly [CaseStep, CaseState, Actor])[] = [
  ['LEGAL_CHECK', 'PROPOSED', HANDLER],
  ['RETURN_PROPOSAL', 'PROPOSED', HANDLER],
  ['DECIDE', 'LEGAL_CHECKED', { ...HANDLER, postLevel: 'HEAD' }],
  ['RETURN_DECISION', 'LEGAL_CHECKED', { ...HANDLER, postLevel: 'HEAD' }],
];
it.each(JUDGING)('no named officer takes %s', (step, state, actor) => {
  expect(() => take(inState(state), step, actor)).toThrow(refusal('case.same_person'));
  const others = HANDLERS.filter(({ id }) => id !== actor.officerId);
  expect(take({ ...inState(state), officers: others }, step, actor).entries.at(-1)).toMatchObject({ step });
});

it('lets a person who does not investigate record the hearing (行政处罚法 §64)', () => {
  const told = take(inState('HEARING'), 'NOTIFY_HEARING', VERIFIER_A);
  const late = { now: new Date(around().now.getTime() + 30 * 24 * 3_600_000) };
  expect(take(told, 'RECORD_HEARING', OTHER, late).state).toBe('HEARD');
});
