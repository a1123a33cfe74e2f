import { inState, take, DECIDER, VERIFIER_A } from '../../../test/cases';
import { completed, liftedIn, NOW, WHOLE } from '../../../test/orders';
import type { Case } from '../cases/case';
import { gatesOf } from '../cases/gates';
import { isNoticeWrong } from '../cases/waiting';
import { decideNoticeLifted, decideStep } from '../cases/take-step';
import { around, DRAFT, stepAsked } from '../../../test/cases';
import { noticeBody } from './notice-body';
import { AS_DECIDED, checkPublicReason, composeNotice, faultsOf, hasList, noticeState, reinstated, type NoticeChoice } from './notice';

const order = completed(['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECTIFY']);
const ENTRIES = [{ certificateNumber: 'S000021010003263000001', maskedName: '张*' }];

/** A published case whose finding and reasons are these texts. */
const saying = (facts: string, reasons = '情节严重'): Case => {
  const theCase = inState('PUBLISHED');
  const text = { FIND_FOUNDED: facts, DECIDE: reasons } as Record<string, string>;
  return { ...theCase, entries: theCase.entries.map((entry) => ({ ...entry, text: text[entry.step] ?? entry.text })) };
};
const compose = (theCase: Case, choice: Partial<NoticeChoice> = {}, of = order) =>
  composeNotice(theCase, of, { choice: { ...AS_DECIDED, ...choice }, entries: ENTRIES, replaces: '' });
const faults = (theCase: Case, choice: Partial<NoticeChoice> = {}, receivers: string[] = []) =>
  faultsOf(theCase, compose(theCase, choice).text, { receivers, notNames: choice.notNames ?? [] });
const refusal = (reason: string, field: string) => expect.objectContaining({ reason, detail: expect.objectContaining({ field }) });

describe('the text of a notice', () => {
  it('is that of the decision: number, day, facts, grounds, basis, measures in words', () => {
    const { text } = compose(saying('2026年6月未经考试发放证书一百二十本'));
    expect(text).toMatchObject({
      ...{ title: '关于沈阳市某职业培训学校的处理决定公示', institution: 'S000021010003', authorityName: '沈阳市人力资源和社会保障局' },
      ...{ decisionNumber: inState('PUBLISHED').decision?.number, decidedOn: '2026-11-23', listed: 1, lifted: [], replaces: '' },
      ...{ facts: '2026年6月未经考试发放证书一百二十本', reasons: '情节严重', grounds: '（一）不考试就发证' },
      measures: ['取消评价结果', '宣布证书作废', '责令限期整改（2026年12月31日前完成）'],
    });
    expect(text.basis).toContain('三、（五）');
  });

  it('masks the words that the officer names, everywhere, and refuses a word that the text does not have', () => {
    const theCase = saying('考生张三的身份证210102199003070011由张三本人提供');
    const mask = ['张三', '210102199003070011'];
    expect(compose(theCase, { mask }).text.facts).toBe('考生张*的身份证210102********0011由张*本人提供');
    expect(() => compose(theCase, { mask: [...mask, '李四'] })).toThrow(refusal('publicity.mask_unused', 'notice.mask[2]'));
    expect(() => compose(theCase, { mask: ['张'] })).toThrow(refusal('publicity.mask_invalid', 'notice.mask[0]'));
  });

  it('leaves parts out only with a reason, and says so', () => {
    const theCase = saying('涉及商业秘密的事实');
    expect(() => compose(theCase, { leftOut: ['FACTS'] })).toThrow(refusal('publicity.reason_missing', 'notice.left_out_reason'));
    const content = compose(theCase, { leftOut: ['FACTS'], leftOutReason: '涉及商业秘密' });
    expect(content.text).toMatchObject({ facts: '', leftOut: ['FACTS'], leftOutReason: '涉及商业秘密' });
    expect(noticeBody(content)).toContain('事实不予公开：涉及商业秘密');
    expect(hasList(order, { ...AS_DECIDED, leftOut: ['LIST'] })).toBe(false);
    expect(hasList(completed(['CANCEL_RESULTS']), AS_DECIDED)).toBe(false);
  });

  it('of an amended decision has the measures that stand, and what was lifted by its number, not the text of the lifting', () => {
    const lifted = liftedIn(order, { ground: 'COURT', reason: '原告张三胜诉', measures: ['RECTIFY'], scope: WHOLE }).next;
    const { text } = compose(saying('事实'), {}, lifted);
    expect(text.measures).toEqual(['取消评价结果', '宣布证书作废']);
    expect(text.lifted).toEqual([expect.stringMatching(/^因人民法院裁判，依解除决定（.+）解除：责令限期整改/)]);
    expect(JSON.stringify(text)).not.toContain('张三');
    const part = liftedIn(order, { ground: 'COURT', reason: '撤销', scope: { ...WHOLE, sessions: ['s1'] } }).next;
    expect(reinstated(part)).toEqual([expect.objectContaining({ sessions: ['s1'] })]);
    expect(hasList(part, AS_DECIDED)).toBe(true);
  });
});

describe('personal data in a notice', () => {
  it('is named with its place, a number never in full', () => {
    const [name, id, ...rest] = faults(saying('考生张三，身份证210102199003070011'));
    expect(rest).toEqual([]);
    expect(name).toEqual({ field: 'notice.facts', at: 3, words: '“事实”第3字起的“张三”是姓名，公开前应当遮蔽' });
    expect(id).toEqual({
      ...{ field: 'notice.facts', at: 9 },
      words: '“事实”第9字起的“210102********0011”是公民身份号码，公开前应当遮蔽',
    });
  });

  it('is looked for in the reasons, in the reason for leaving out, and by the names of the record', () => {
    expect(faults(saying('事实', '负责人李四知情')).map(({ field }) => field)).toEqual(['notice.reasons']);
    const left = { leftOut: ['LIST' as const], leftOutReason: '涉及13812340011的个人隐私' };
    expect(faults(saying('事实'), left).map(({ field }) => field)).toEqual(['notice.left_out_reason']);
    expect(faults(saying('钱多多在场'), {}, ['钱多多', '法定代表人'])).toHaveLength(1);
    expect(faults(saying('法定代表人在场'), {}, ['法定代表人'])).toEqual([]);
  });

  it('is gone once it is masked', () =>
    expect(faults(saying('考生张三，身份证210102199003070011'), { mask: ['张三', '210102199003070011'] })).toEqual([]));

  it('is refused in the public reason of a withdrawal', () => {
    expect(() => checkPublicReason(inState('PUBLISHED'), '复议机关决定停止执行')).not.toThrow();
    expect(() => checkPublicReason(inState('PUBLISHED'), '考生王五申诉成立')).toThrow(refusal('publicity.personal_data', 'text'));
  });
});

describe('the notice of a case', () => {
  const isOpen = (theCase: Case) => gatesOf(theCase, DRAFT, NOW).find(({ gate }) => gate === 'PUBLISHED')?.missing;

  it('opens the gate only while it stands', () => {
    const published = inState('PUBLISHED');
    expect(isOpen(published)).toBe('');
    const withdrawn = take(published, 'WITHDRAW_NOTICE', VERIFIER_A);
    expect([withdrawn.publicNotice, isOpen(withdrawn)]).toEqual([null, '没有有效的公示，应重新公示']);
    expect(isNoticeWrong(withdrawn)).toBe(true);
    const again = take(withdrawn, 'AMEND_NOTICE', VERIFIER_A);
    expect([again.publicNotice?.outdated, isOpen(again), isNoticeWrong(again)]).toEqual([false, '', false]);
    expect(() => decideStep(withdrawn, stepAsked('WITHDRAW_NOTICE', VERIFIER_A), around())).toThrow(
      expect.objectContaining({ reason: 'case.illegal_move' }),
    );
  });

  it('goes with a decision that is corrected before its execution, and waits for a person afterwards', () => {
    expect(take(inState('PUBLISHED'), 'CORRECT', DECIDER)).toMatchObject({ state: 'HEARD', decision: null, publicNotice: null });
    const corrected = take(inState('EXECUTING'), 'CORRECT', DECIDER);
    expect([corrected.publicNotice?.outdated, isNoticeWrong(corrected)]).toEqual([true, true]);
    expect(isNoticeWrong(take(corrected, 'WITHDRAW_NOTICE', VERIFIER_A))).toBe(false);
  });

  it('is withdrawn by a whole lifting, wrong after a lifting of a part; a lifted decision is not published again', () => {
    const executing = inState('EXECUTING');
    const whole = decideNoticeLifted(executing, true, { reason: '已经解除', now: NOW });
    expect([whole.publicNotice, whole.entries.at(-1)]).toEqual([
      null,
      expect.objectContaining({ step: 'WITHDRAW_NOTICE', by: 'system', text: '已经解除' }),
    ]);
    expect(decideNoticeLifted(whole, true, { reason: '已经解除', now: NOW })).toBe(whole);
    expect(decideNoticeLifted(executing, false, { reason: '', now: NOW })).toMatchObject({ publicNotice: { outdated: true } });
    const amend = (state: 'COMPLETED' | 'LIFTED') =>
      decideStep(executing, stepAsked('AMEND_NOTICE', VERIFIER_A), around({ orders: [{ ...DRAFT, state }] }));
    expect(() => amend('COMPLETED')).not.toThrow();
    expect(() => amend('LIFTED')).toThrow(expect.objectContaining({ reason: 'case.illegal_move' }));
  });

  it('keeps the case open until it is withdrawn or amended', () => {
    const corrected = take(inState('RECHECK'), 'CORRECT', DECIDER);
    const orders = [{ ...DRAFT, state: 'COMPLETED' as const }];
    expect(() => decideStep(corrected, stepAsked('CLOSE', VERIFIER_A), around({ orders }))).toThrow(
      expect.objectContaining({ reason: 'case.not_finished' }),
    );
  });

  it('is in words', () => {
    const text = compose(saying('事实')).text;
    const none = { withdrawnAt: null, withdrawnReason: '', replacedBy: '' };
    const notice = {
      ...{ id: 'n', caseId: 'c', orderId: 'o', number: '1', documentId: 'd' },
      text,
      publishedAt: NOW,
      publicUntil: '2027-02-23',
      ...none,
    };
    expect(noticeState(notice, false, '2027-02-23')).toBe('公示中');
    expect(noticeState(notice, false, '2027-02-24')).toBe('公示期满');
    expect(noticeState(notice, true, '2027-01-01')).toBe('公示中，处理决定已变更，应撤回或者更正');
    expect(noticeState({ ...notice, withdrawnAt: NOW }, true, '2027-01-01')).toBe('已撤回');
    expect(noticeState({ ...notice, withdrawnAt: NOW, replacedBy: '2' }, false, '2027-01-01')).toBe('已更正');
  });
});
