// 提级 and 指定管辖: who may hand a case over, from when on it is another authority's, and what it then takes to act in it.
import { around, CHECKER, DECIDER, HANDLER, HANDLERS, inState, opened, OTHER, PARTY, stepAsked, take } from '../../../../test/cases';
import { officer } from '../../../../test/orders';
import type { Actor } from '../../competence';
import type { Case, CaseState, CaseStep } from '../case';
import { checkSigner } from '../gates';
import { allowedSteps, decideStep, readSteps, tasksOf } from '../take-step';

const refusal = (reason: string, field?: string) =>
  expect.objectContaining({ reason, ...(field === undefined ? {} : { detail: expect.objectContaining({ field }) as unknown }) });

const PROVINCE_HEAD = officer('province-head', 'LN', 'HEAD');
const PROVINCE_OFFICER = officer('province-officer', 'LN');
const hand = (theCase: Case, step: CaseStep, actor: Actor, change: Parameters<typeof stepAsked>[2] = {}): Case =>
  decideStep(theCase, stepAsked(step, actor, change), around());
const taken = (state: CaseState = 'TRIAGED'): Case => hand(inState(state), 'TAKE_OVER', PROVINCE_HEAD);

describe('提级办理', () => {
  it("makes the case the province's, on record with reason and document number; the city loses it", () => {
    const after = taken();
    expect(after).toMatchObject({ authority: 'LN', filedWith: '2101', officers: [], state: 'TRIAGED' });
    expect(after.entries.at(-1)).toMatchObject({
      ...{ step: 'TAKE_OVER', by: 'province-head', text: 'TAKE_OVER的记录' },
      ...{ documentNo: '辽人社函〔2026〕9号', counterpart: 'LN' },
    });
    expect(allowedSteps(after, OTHER, around())).toEqual([]);
    expect(allowedSteps(after, { ...DECIDER }, around())).toEqual([]);
    expect(allowedSteps(after, PROVINCE_OFFICER, around())).toEqual(expect.arrayContaining(['DISMISS', 'NAME_OFFICERS']));
    expect(() => take(after, 'DISMISS', OTHER)).toThrow(refusal('case.out_of_territory'));
  });

  it.each<[string, Actor, string]>([
    ['an officer of the province who is no head', PROVINCE_OFFICER, 'case.not_head'],
    ['a head of a department of the province', { ...PROVINCE_OFFICER, postLevel: 'DEPARTMENT_HEAD' }, 'case.not_head'],
    ['a head of the city', DECIDER, 'case.role_forbidden'],
    ['a head of another city', officer('x', '2102', 'HEAD'), 'case.role_forbidden'],
    ['a province officer without the authority of the province', { ...PROVINCE_HEAD, authority: '2101' }, 'case.out_of_territory'],
    ['the institution', PARTY, 'case.role_forbidden'],
  ])('is not by %s', (_, actor, reason) => {
    expect(() => hand(inState('TRIAGED'), 'TAKE_OVER', actor)).toThrow(refusal(reason));
  });

  it.each(['', ' ', '号'.repeat(101)])('needs a document number: %j is none', (documentNo) => {
    expect(() => hand(opened(), 'TAKE_OVER', PROVINCE_HEAD, { documentNo })).toThrow(refusal('case.document_no_missing', 'document_no'));
    expect(hand(opened(), 'TAKE_OVER', PROVINCE_HEAD, { documentNo: '号'.repeat(100) }).authority).toBe('LN');
  });

  it('is possible until the case has ended, and not of a case that the province has', () => {
    expect(taken('EXECUTING').authority).toBe('LN');
    expect(() => taken('CLOSED')).toThrow(refusal('case.illegal_move'));
    expect(() => taken('DISMISSED')).toThrow(refusal('case.illegal_move'));
    expect(() => hand(taken(), 'TAKE_OVER', PROVINCE_HEAD)).toThrow('本案已由省级办理');
  });

  it('says to an officer of the province who has not done it how it is done, at every step', () => {
    const { allowed, obstacles } = readSteps(inState('FOUNDED'), PROVINCE_OFFICER, around());
    expect(allowed).toEqual([]);
    const notice = obstacles.find(({ step, reason }) => step === 'SERVE_NOTICE' && reason === 'case.out_of_territory');
    expect(notice?.words).toContain('提级办理');
    expect(() =>
      checkSigner(inState('PUBLISHED'), { id: 'o1', kind: 'final', urgency: '', endCondition: '', measures: [] }, PROVINCE_HEAD),
    ).toThrow(expect.objectContaining({ reason: 'order.out_of_territory', message: expect.stringContaining('提级办理') }));
  });

  it('asks for the document number in the form', () => {
    const { allowed } = readSteps(inState('TRIAGED'), PROVINCE_HEAD, around());
    expect(allowed).toEqual([
      { step: 'TAKE_OVER', title: '提级办理', needs: ['TEXT', 'DOCUMENT_NO'] },
      { step: 'DESIGNATE', title: '指定管辖（交办）', needs: ['TEXT', 'DOCUMENT_NO', 'AUTHORITY'] },
    ]);
  });
});

describe('提请提级', () => {
  const asked = (): Case => hand(inState('TRIAGED'), 'ASK_TAKE_OVER', OTHER);
  const waiting = (theCase: Case) => tasksOf(theCase, around()).find(({ step }) => step === 'TAKE_OVER');

  it('is by the city, once until it is answered, and waits as a task of the province', () => {
    expect(waiting(inState('TRIAGED'))).toBeUndefined();
    expect(waiting(asked())).toMatchObject({ role: 'officer', authority: 'LN' });
    expect(() => hand(asked(), 'ASK_TAKE_OVER', OTHER)).toThrow(refusal('case.illegal_move'));
    expect(() => hand(inState('TRIAGED'), 'ASK_TAKE_OVER', PROVINCE_OFFICER)).toThrow(refusal('case.out_of_territory'));
  });

  it('does not take the case from the city before the province has answered', () => {
    expect(allowedSteps(asked(), HANDLER, around())).toContain('VERIFY');
    const over = hand(asked(), 'TAKE_OVER', PROVINCE_HEAD);
    expect([over.authority, waiting(over)]).toEqual(['LN', undefined]);
  });

  it('may be answered by leaving the case with the city, which may ask again', () => {
    const left = hand(asked(), 'DESIGNATE', PROVINCE_HEAD, { counterpart: '2101' });
    expect([left.authority, waiting(left)]).toEqual(['2101', undefined]);
    expect(hand(left, 'ASK_TAKE_OVER', OTHER).entries.at(-1)?.step).toBe('ASK_TAKE_OVER');
  });
});

describe('指定管辖、交办', () => {
  it('gives the case to another city, and back to the first', () => {
    const there = hand(inState('TRIAGED'), 'DESIGNATE', PROVINCE_HEAD, { counterpart: '2102' });
    expect(there).toMatchObject({ authority: '2102', filedWith: '2101', officers: [] });
    expect(allowedSteps(there, officer('x', '2102'), around())).toContain('NAME_OFFICERS');
    expect(allowedSteps(there, OTHER, around())).toEqual([]);
    expect(hand(there, 'DESIGNATE', PROVINCE_HEAD, { counterpart: '2101' }).authority).toBe('2101');
    expect(hand(taken(), 'DESIGNATE', PROVINCE_HEAD, { counterpart: 'LN-SF' }).authority).toBe('LN-SF');
  });

  it.each(['', 'LN', '2115', '2101', '沈阳'])('is to a city that does not have the case: %j is refused', (counterpart) => {
    expect(() => hand(inState('TRIAGED'), 'DESIGNATE', PROVINCE_HEAD, { counterpart })).toThrow(
      refusal('case.designation_invalid', 'counterpart'),
    );
  });

  it('is not of an institution of the province', () => {
    const own: Case = { ...inState('TRIAGED'), authority: 'LN', filedWith: 'LN' };
    expect(() => hand(own, 'DESIGNATE', PROVINCE_HEAD)).toThrow('省级评价机构');
  });
});

it('needs officers of the authority that got the case, before anybody handles it', () => {
  const over = taken('VERIFYING');
  expect(tasksOf(over, around()).map(({ title }) => title)).toContain('确定承办人');
  expect(() => take(over, 'VERIFY', PROVINCE_OFFICER)).toThrow(refusal('case.officers_unnamed'));
  const ids = { officerIds: HANDLERS.map(({ id }) => id) };
  const named = hand(over, 'NAME_OFFICERS', PROVINCE_OFFICER, ids);
  expect(named.officers).toEqual(HANDLERS);
  expect(() => take(named, 'VERIFY', CHECKER)).toThrow(refusal('case.out_of_territory'));
});
