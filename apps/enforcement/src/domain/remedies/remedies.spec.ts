// The register of reconsiderations and suits: what may be entered late, what is out of order, what a result takes back, and when a
// court may be asked to enforce.
import { decideStep, readSteps, tasksOf } from '@hengji/procedure/tables';
import { CHECKER, inState, PARTY, VERIFIER_A } from '../../../test/cases';
import { later, officer, WHOLE } from '../../../test/orders';
import type { Lifting } from '../order';
import { enforceableFrom, startOf, type LimitOfCase } from './limits';
import { openRemedy, type OpenedOn, type RemedyOpened } from './open-remedy';
import type { OrderOfRemedy, Remedy, RemedyAsked, RemedyStep } from './remedy';
import { carriesOut, draftedLifting } from './results';
import { REMEDY } from './steps';

const HOUR_MS = 3_600_000;
/** 2026-12-23 in Shanghai; the decision is of 2026-11-23. */
const NOW = later(30 * 24 * HOUR_MS);
const ORDER: OrderOfRemedy = { state: 'EXECUTING', measures: ['CANCEL_RESULTS', 'VOID_CERTIFICATES'], scope: WHOLE };

const decided = () => inState('PUBLISHED');
const order = (change: object = {}): OpenedOn['order'] =>
  ({ id: 'o1', caseId: 'c1', measures: ['CANCEL_RESULTS'], signature: null, ...change }) as unknown as OpenedOn['order'];

const OPENED: RemedyOpened = {
  ...{ actor: VERIFIER_A, byName: '甲', kind: 'RECONSIDERATION', orderId: 'o1', applicant: '沈阳市某职业培训学校' },
  ...{ body: '沈阳市人民政府', bodyNo: '沈政复〔2026〕12号', receivedOn: '2026-12-01', text: '请求撤销', attachmentIds: [] },
};

const open = (asked: Partial<RemedyOpened> = {}, on: Partial<OpenedOn> = {}): Remedy =>
  openRemedy({ ...OPENED, ...asked }, { id: 'r1', theCase: decided(), order: order(), previous: null, now: NOW, ...on });

const step = (word: RemedyStep, day: string, change: Partial<RemedyAsked> = {}): RemedyAsked => ({
  ...{
    actor: CHECKER,
    byName: '乙',
    step: word,
    text: `${word}的记录`,
    attachmentIds: ['a1'],
    service: null,
    day,
    documentNo: '沈政复决〔2026〕9号',
  },
  ...{ stayedBy: word === 'STAY' ? 'BODY' : null, result: word === 'RESULT' ? 'UPHELD' : null, servedOn: '', measures: [], scope: null },
  ...change,
});

const take = (remedy: Remedy, asked: RemedyAsked, on: OrderOfRemedy | null = ORDER): Remedy =>
  decideStep(REMEDY, remedy, asked, { now: NOW, order: on });

const refusal = (reason: string, field?: string) =>
  expect.objectContaining({ reason, ...(field ? { detail: expect.objectContaining({ field }) } : {}) });

describe('a remedy is registered', () => {
  it('against the decision of the case, with the body, its number and its true day', () => {
    expect(open()).toMatchObject({ against: decided().decision?.number, state: 'RECEIVED', receivedOn: '2026-12-01', stayed: false });
    expect(open({}, { order: order({ signature: { documentNo: '沈人社鉴处〔2026〕3号', at: later(0) } }) }).against).toBe(
      '沈人社鉴处〔2026〕3号',
    );
  });

  it('on the day of the decision at the earliest, and today at the latest', () => {
    expect(open({ receivedOn: '2026-11-23' }).receivedOn).toBe('2026-11-23');
    expect(() => open({ receivedOn: '2026-11-22' })).toThrow(refusal('remedy.wrong_order', 'received_on'));
    expect(open({ receivedOn: '2026-12-23' }).receivedOn).toBe('2026-12-23');
    expect(() => open({ receivedOn: '2026-12-24' })).toThrow(refusal('remedy.day_invalid', 'received_on'));
    expect(() => open({ receivedOn: '2026-13-01' })).toThrow(refusal('remedy.day_invalid'));
  });

  it.each(['applicant', 'body', 'bodyNo', 'text'] as const)('not without %s', (field) =>
    expect(() => open({ [field]: ' ' })).toThrow(refusal(field === 'text' ? 'remedy.text_missing' : 'remedy.field_missing')),
  );

  it('only where there is a decision', () => {
    expect(() => open({}, { theCase: inState('LEGAL_CHECKED') })).toThrow(refusal('remedy.no_decision'));
    expect(() => open({}, { order: order({ id: 'o9' }) })).toThrow(refusal('remedy.no_decision'));
    expect(() => open({}, { order: order({ caseId: 'c9' }) })).toThrow(refusal('remedy.no_decision'));
    expect(() => open({}, { order: order({ measures: ['TRANSFER_TO_POLICE'] }) })).toThrow(refusal('remedy.no_decision'));
    expect(() => open({}, { order: null })).toThrow(refusal('remedy.no_decision'));
  });

  it('by an officer of the authority', () => {
    expect(() => open({ actor: PARTY })).toThrow(refusal('remedy.role_forbidden'));
    expect(() => open({ actor: officer('x', '2102') })).toThrow(refusal('remedy.out_of_territory'));
  });

  it('after the remedy that it follows, which has its result and no other that follows', () => {
    const before = take({ ...open(), id: 'r0' }, step('RESULT', '2026-12-10'));
    const after = (change: Partial<Remedy> = {}, asked: Partial<RemedyOpened> = {}) =>
      open({ kind: 'SUIT', receivedOn: '2026-12-20', ...asked }, { previous: { ...before, ...change } });
    expect(after()).toMatchObject({ kind: 'SUIT', follows: 'r0' });
    expect(() => after({}, { receivedOn: '2026-12-09' })).toThrow(refusal('remedy.wrong_order'));
    expect(() => after({}, { kind: 'APPEAL' })).toThrow(refusal('remedy.follows_invalid'));
    expect(() => after({ result: null })).toThrow(refusal('remedy.follows_invalid'));
    expect(() => after({ followedBy: 'r5' })).toThrow(refusal('remedy.follows_invalid'));
    expect(() => after({ against: '另一决定' })).toThrow(refusal('remedy.follows_invalid'));
    expect(() => open({ kind: 'APPEAL' })).toThrow(refusal('remedy.follows_invalid'));
  });
});

describe('the days of a remedy', () => {
  it('may be entered late: an answer, a hearing and a stay after the result, not after its day', () => {
    const ended = take(open(), step('RESULT', '2026-12-15'));
    const late = take(take(ended, step('ANSWER', '2026-12-08')), step('HEAR', '2026-12-15'));
    expect(late).toMatchObject({ state: 'ENDED', entries: [{}, {}, { day: '2026-12-08' }, { day: '2026-12-15' }] });
    expect(take(ended, step('STAY', '2026-12-02'))).toMatchObject({ stayed: false });
    expect(() => take(ended, step('ANSWER', '2026-12-16'))).toThrow(refusal('remedy.wrong_order', 'day'));
  });

  it.each<[string, Remedy, RemedyAsked]>([
    ['a result before the receipt', open(), step('RESULT', '2026-11-30')],
    ['an answer before the receipt', open(), step('ANSWER', '2026-11-30')],
    ['a result before the answer', take(open(), step('ANSWER', '2026-12-09')), step('RESULT', '2026-12-08')],
    ['an end before its stay', take(open(), step('STAY', '2026-12-09')), step('END_STAY', '2026-12-08')],
    ['a result received before it was made', open(), step('RESULT', '2026-12-15', { servedOn: '2026-12-14' })],
  ])('are refused: %s', (_, remedy, asked) => expect(() => take(remedy, asked)).toThrow(refusal('remedy.wrong_order')));

  it('do not lie in the future', () => {
    expect(take(open(), step('RESULT', '2026-12-23')).state).toBe('ENDED');
    expect(() => take(open(), step('RESULT', '2026-12-24'))).toThrow(refusal('remedy.day_invalid', 'day'));
    expect(() => take(open(), step('RESULT', '2026-12-23', { servedOn: '2026-12-24' }))).toThrow(
      refusal('remedy.day_invalid', 'served_on'),
    );
  });
});

describe('a step of a remedy', () => {
  it('needs what it is about', () => {
    expect(() => take(open(), step('RESULT', '2026-12-15', { result: null }))).toThrow(refusal('remedy.field_missing', 'result'));
    expect(() => take(open(), step('RESULT', '2026-12-15', { documentNo: '' }))).toThrow(refusal('remedy.field_missing', 'document_no'));
    expect(() => take(open(), step('STAY', '2026-12-15', { stayedBy: null }))).toThrow(refusal('remedy.field_missing', 'stayed_by'));
    expect(take(open(), step('STAY', '2026-12-15', { stayedBy: 'AUTHORITY', documentNo: '' })).stayed).toBe(true);
    for (const word of ['ANSWER', 'STAY', 'RESULT'] as const)
      expect(() => take(open(), step(word, '2026-12-15', { attachmentIds: [] }))).toThrow(refusal('remedy.attachment_missing'));
  });

  it('is not taken twice where it is one', () => {
    const answered = take(open(), step('ANSWER', '2026-12-05'));
    expect(() => take(answered, step('ANSWER', '2026-12-06'))).toThrow(refusal('remedy.illegal_move'));
    const stayed = take(answered, step('STAY', '2026-12-05'));
    expect(() => take(stayed, step('STAY', '2026-12-06'))).toThrow(refusal('remedy.illegal_move'));
    expect(() => take(answered, step('END_STAY', '2026-12-06'))).toThrow(refusal('remedy.illegal_move'));
    const ended = take(stayed, step('RESULT', '2026-12-10'));
    expect(() => take(ended, step('RESULT', '2026-12-11'))).toThrow(refusal('remedy.illegal_move'));
  });

  it('waits as a task: the answer, then the lifting', () => {
    const tasks = (remedy: Remedy): string[] => tasksOf(REMEDY, remedy, { now: NOW, order: ORDER }).map(({ title }) => title);
    expect(tasks(open())).toEqual(['提交答复（答辩）和证据']);
    expect(tasks(take(open(), step('RESULT', '2026-12-15', { result: 'REVOKED' })))).toEqual(['按复议、诉讼结果解除处理决定']);
    expect(tasks(take(open(), step('RESULT', '2026-12-15')))).toEqual([]);
  });
});

describe('a result', () => {
  const ended = (change: Partial<RemedyAsked>, on: OrderOfRemedy | null = ORDER): Remedy =>
    take(take(open(), step('STAY', '2026-12-02')), step('RESULT', '2026-12-15', change), on);

  it.each(['UPHELD', 'REJECTED', 'DECLARED_UNLAWFUL', 'WITHDRAWN'] as const)(
    '%s lets the execution continue and takes nothing back',
    (result) => {
      const remedy = ended({ result });
      expect([remedy.stayed, draftedLifting(remedy)]).toEqual([false, null]);
    },
  );

  it.each(['REVOKED', 'REDO'] as const)('%s drafts the lifting of the whole order, and the stay holds until then', (result) => {
    const remedy = ended({ result, text: '主要证据不足。' });
    expect(remedy.stayed).toBe(true);
    expect(draftedLifting(remedy)).toMatchObject({ ground: 'RECONSIDERATION', measures: [], scope: null });
    expect(draftedLifting(remedy)?.reason).toContain('沈政复决〔2026〕9号');
    expect(draftedLifting({ ...remedy, kind: 'SUIT' })?.ground).toBe('COURT');
  });

  it.each(['PARTLY_REVOKED', 'CHANGED'] as const)('%s drafts exactly its part, which lies in the order', (result) => {
    const scope = { ...WHOLE, from: '2026-01-01' };
    expect(draftedLifting(ended({ result, measures: ['VOID_CERTIFICATES'], scope }))).toMatchObject({
      measures: ['VOID_CERTIFICATES'],
      scope,
    });
    expect(() => ended({ result })).toThrow(refusal('remedy.field_missing', 'measures'));
    expect(() => ended({ result, measures: ['RECOVER_SUBSIDIES'] })).toThrow(refusal('order.lift_outside', 'measures[0]'));
    const narrow = { ...ORDER, scope: { ...WHOLE, from: '2026-03-01' } };
    expect(() => ended({ result, scope }, narrow)).toThrow(refusal('order.lift_outside', 'scope.from'));
  });

  it('is carried out by a lifting of the same ground that takes back all of it', () => {
    const part = draftedLifting(ended({ result: 'CHANGED', measures: ['VOID_CERTIFICATES'] }));
    const lifting = (change: Partial<Lifting>) =>
      ({ ground: 'RECONSIDERATION', whole: false, scope: WHOLE, measures: ['VOID_CERTIFICATES'], ...change }) as Lifting;
    const isDone = (change: Partial<Lifting>) => part !== null && carriesOut(part, ORDER, lifting(change));
    expect(isDone({})).toBe(true);
    expect(isDone({ whole: true, measures: [] })).toBe(true);
    expect(isDone({ ground: 'SELF_CORRECTION' })).toBe(false);
    expect(isDone({ measures: ['CANCEL_RESULTS'] })).toBe(false);
    expect(isDone({ scope: { ...WHOLE, from: '2026-01-01' } })).toBe(false);
  });

  it('gives way to the next instance', () => expect(draftedLifting({ ...ended({ result: 'REVOKED' }), followedBy: 'r2' })).toBeNull());

  it('is settled by hand only where no order can be lifted', () => {
    const steps = (on: OrderOfRemedy) =>
      readSteps(REMEDY, { file: ended({ result: 'REVOKED' }), actor: CHECKER, person: 'checker', around: { now: NOW, order: on } });
    expect(steps(ORDER).allowed.map((one) => one.step)).not.toContain('SETTLE');
    expect(steps({ ...ORDER, state: 'PREVIEWED' }).allowed.map((one) => one.step)).toContain('SETTLE');
    expect(steps({ ...ORDER, state: 'LIFTED' }).allowed.map((one) => one.step)).toContain('SETTLE');
  });
});

describe('enforcement by a court', () => {
  const limit = (code: string, state: string, day: string, about = ''): LimitOfCase => ({
    code,
    state,
    about,
    dueAt: startOf(day as never),
  });
  const remedy = (id: string, result: string | null = null, servedOn = '2026-12-15') =>
    ({ id, result: result === null ? null : { word: result, servedOn } }) as unknown as Remedy;
  const toSue = limit('D-LITIG', 'PASSED', '2027-05-23');
  const from = (limits: LimitOfCase[], ...remedies: Remedy[]) => enforceableFrom(limits, remedies);

  it('may be asked when the time to sue has passed, and not before', () => {
    expect(from([toSue])).toEqual(toSue.dueAt);
    expect(from([{ ...toSue, state: 'NEARING' }])).toBeNull();
    expect(from([])).toBeNull();
  });

  it('waits for a remedy that runs, although the time to sue has passed', () => {
    expect(from([toSue], remedy('r1'))).toBeNull();
    expect(from([toSue], remedy('r0', 'UPHELD'), remedy('r1'))).toBeNull();
  });

  it('waits for the time to the next instance, then counts from its end', () => {
    const after = limit('D-LITIG-AFTER', 'RUNNING', '2026-12-30', 'r1');
    expect(from([{ ...toSue, state: 'RUNNING' }, after], remedy('r1', 'UPHELD'))).toBeNull();
    expect(
      from(
        [
          { ...toSue, state: 'RUNNING' },
          { ...after, state: 'PASSED' },
        ],
        remedy('r1', 'UPHELD'),
      ),
    ).toEqual(after.dueAt);
    // The limit of a remedy against another decision of the case does not count.
    expect(from([toSue, { ...after, about: 'r9' }])).toEqual(toSue.dueAt);
  });

  it('counts from the last result where no instance is left', () => {
    const met = limit('D-APPEAL', 'MET', '2027-01-04', 'r1');
    expect(from([{ ...toSue, state: 'RUNNING' }, met], remedy('r1', 'UPHELD'), remedy('r2', 'UPHELD', '2027-03-01'))).toEqual(
      startOf('2027-03-01' as never),
    );
  });

  it('after a withdrawn remedy waits for the time to sue', () => {
    expect(from([{ ...toSue, state: 'RUNNING' }], remedy('r1', 'WITHDRAWN'))).toBeNull();
    expect(from([toSue], remedy('r1', 'WITHDRAWN'))).toEqual(toSue.dueAt);
    expect(from([toSue], remedy('r1', 'WITHDRAWN', '2027-08-01'))).toEqual(startOf('2027-08-01' as never));
  });
});
