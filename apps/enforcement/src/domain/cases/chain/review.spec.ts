// The approval chain (呈批): 承办人 → 部门负责人 → 法制审核 → 负责人, each by a person of the right post, with a return at each stage.
import { around, CHECKER, DECIDER, HANDLER, inState, OTHER, REVIEWER, take } from '../../../../test/cases';
import { officer } from '../../../../test/orders';
import type { Actor, PostLevel } from '../../competence';
import type { Case, CaseState, CaseStep } from '../case';
import { readSteps, tasksOf } from '../take-step';

const refusal = (reason: string) => expect.objectContaining({ reason });
const proposed = (): Case => take(inState('HEARD'), 'PROPOSE', HANDLER);
const tasks = (theCase: Case): string[] => tasksOf(theCase, around()).map(({ title }) => title);

describe('a proposal', () => {
  it('waits for the head of the department, then for the legal check, then for the head', () => {
    expect(tasks(proposed())).toEqual(['部门负责人审核']);
    const reviewed = take(proposed(), 'REVIEW', REVIEWER);
    expect([reviewed.state, tasks(reviewed)]).toEqual(['PROPOSED', ['法制审核通过']]);
    const checked = take(reviewed, 'LEGAL_CHECK', CHECKER);
    expect([checked.state, tasks(checked)]).toEqual(['LEGAL_CHECKED', ['作出处理决定']]);
    expect(take(checked, 'DECIDE', DECIDER).state).toBe('DECIDED');
  });

  it('is not checked before its review; the obstacle says so', () => {
    expect(() => take(proposed(), 'LEGAL_CHECK', CHECKER)).toThrow(refusal('case.illegal_move'));
    const { allowed, obstacles } = readSteps(proposed(), CHECKER, around());
    expect(allowed.map(({ step }) => step)).not.toContain('LEGAL_CHECK');
    expect(obstacles).toContainEqual(expect.objectContaining({ step: 'LEGAL_CHECK', words: '处理建议须先经部门负责人审核，再作法制审核' }));
  });

  it('is reviewed once', () => {
    const reviewed = take(proposed(), 'REVIEW', REVIEWER);
    const again = officer('second-reviewer', '2101', 'DEPARTMENT_HEAD');
    expect(() => take(reviewed, 'REVIEW', again)).toThrow(refusal('case.illegal_move'));
    expect(() => take(reviewed, 'RETURN_REVIEW', again)).toThrow(refusal('case.illegal_move'));
  });

  it.each<[CaseStep, () => Case, Actor]>([
    ['RETURN_REVIEW', proposed, REVIEWER],
    ['RETURN_PROPOSAL', () => inState('PROPOSED'), CHECKER],
    ['RETURN_PROPOSAL', () => inState('LEGAL_CHECKED'), CHECKER],
    ['RETURN_DECISION', () => inState('LEGAL_CHECKED'), DECIDER],
  ])('that was returned by %s is made anew and passes every stage again', (step, before, actor) => {
    const returned = take(before(), step, actor);
    expect(returned).toMatchObject({ state: 'HEARD', decision: null });
    const anew = take(returned, 'PROPOSE', HANDLER);
    expect(tasks(anew)).toEqual(['部门负责人审核']);
    expect(() => take(anew, 'LEGAL_CHECK', CHECKER)).toThrow(refusal('case.illegal_move'));
  });
});

const LEVELS: readonly (PostLevel | undefined)[] = [undefined, 'DEPARTMENT_HEAD', 'HEAD'];
const POSTS: readonly (readonly [CaseStep, () => Case, PostLevel])[] = [
  ['REVIEW', proposed, 'DEPARTMENT_HEAD'],
  ['RETURN_REVIEW', proposed, 'DEPARTMENT_HEAD'],
  ['DECIDE', () => inState('LEGAL_CHECKED'), 'HEAD'],
  ['RETURN_DECISION', () => inState('LEGAL_CHECKED'), 'HEAD'],
  ['DECIDE_PENALTY', () => take({ ...inState('LEGAL_CHECKED'), penaltyTrack: 'open' }, 'DISCUSS', OTHER), 'HEAD'],
  ['APPROVE_TRANSFER', () => ({ ...inState('FOUNDED'), transferTrack: 'reported' }), 'HEAD'],
  ['REFUSE_TRANSFER', () => ({ ...inState('FOUNDED'), transferTrack: 'reported' }), 'HEAD'],
];
describe.each(POSTS)('%s', (step, before, needed) => {
  it.each(LEVELS)('by a person of the level %s', (postLevel) => {
    const actor: Actor = { ...OTHER, ...(postLevel === undefined ? {} : { postLevel }) };
    const reason = needed === 'HEAD' ? 'case.not_head' : 'case.not_department_head';
    if (postLevel === needed) expect(take(before(), step, actor).entries.at(-1)?.step).toBe(step);
    else expect(() => take(before(), step, actor)).toThrow(expect.objectContaining({ kind: 'forbidden', reason }));
  });
});

it.each<[string, CaseStep, CaseState, Actor]>([
  ['the reviewer checks', 'LEGAL_CHECK', 'PROPOSED', REVIEWER],
  ['the reviewer decides', 'DECIDE', 'LEGAL_CHECKED', { ...REVIEWER, postLevel: 'HEAD' }],
  ['the checker decides', 'DECIDE', 'LEGAL_CHECKED', { ...CHECKER, postLevel: 'HEAD' }],
])('nobody signs two stages: %s', (_, step, state, actor) => {
  expect(() => take(inState(state), step, actor)).toThrow(refusal('case.same_person'));
});
