import { DRAFT, inState } from '../../../test/cases';
import { asked, drafted, DRAFTER, INSTITUTION, NOW, officer, previewed, previewsOf, SIGNER, signed, WHOLE } from '../../../test/orders';
import type { Case, CaseState } from '../cases/case';
import { checkSign, decidePreview } from '../gates';
import { checkNotDrafter } from '../liftings';
import type { Order } from '../order';
import { changesBetween, contentOf } from './changes';
import { checkDiscard, decideDiscard, uselessDrafts } from './discard';
import { draftersOf } from './draft';
import { decideEdit, editNote, stepsNaming, type EditAsked } from './edit';

const EDITOR = officer('editor');
const edited = (change: Partial<EditAsked> = {}): EditAsked => ({
  ...asked(['CANCEL_RESULTS'], { id: 'new', actor: EDITOR, reason: '新的理由' }),
  ...{ revision: 1, repeatSteps: false },
  ...change,
});
/** In FOUNDED, no notice is issued yet. */
const at = (state: CaseState): Case => {
  const { entries, ...theCase } = inState(state);
  return { ...theCase, entries: state === 'FOUNDED' ? entries.filter(({ step }) => step !== 'ISSUE_NOTICE') : entries };
};
const inPlace = (order: Order, change: Partial<EditAsked> = {}, theCase = at('FOUNDED')): Order =>
  decideEdit(order, theCase, edited(change), NOW).decision.next;

describe('editing a draft', () => {
  it('that no step names changes its content and its version, and drops its preview', () => {
    const before = previewed();
    const after = inPlace(before);
    expect(after).toMatchObject({
      id: 'o1',
      state: 'DRAFT',
      revision: 2,
      reason: '新的理由',
      measures: ['CANCEL_RESULTS'],
      previewedAt: null,
    });
    expect(after).toMatchObject({ draftedBy: 'drafter', editedBy: ['editor'], caseId: before.caseId });
    expect(after.rows.every(({ preview }) => preview === null)).toBe(true);
  });

  it('keeps the last editor last, and every editor from signing and lifting', () => {
    const twice = inPlace(inPlace(inPlace(drafted()), { actor: DRAFTER, reason: '二', revision: 2 }), { reason: '三', revision: 3 });
    expect(twice.editedBy).toEqual(['drafter', 'editor']);
    expect(draftersOf(twice)).toEqual(['drafter', 'editor']);
    const ready = decidePreview(twice, DRAFTER, previewsOf(twice), NOW).next;
    for (const actor of [DRAFTER, EDITOR]) {
      expect(() => checkSign(ready, actor, NOW)).toThrow(expect.objectContaining({ reason: 'order.same_person' }));
      expect(() => checkNotDrafter(ready, actor)).toThrow(expect.objectContaining({ reason: 'order.same_person' }));
    }
    expect(() => checkSign(ready, SIGNER, NOW)).not.toThrow();
  });

  it.each<[CaseState, string[]]>([
    ['FOUNDED', []],
    ['NOTICE_SERVED', ['ISSUE_NOTICE', 'SERVE_NOTICE']],
    ['HEARD', ['ISSUE_NOTICE', 'SERVE_NOTICE']],
    ['PROPOSED', ['ISSUE_NOTICE', 'SERVE_NOTICE', 'PROPOSE']],
    ['LEGAL_CHECKED', ['ISSUE_NOTICE', 'SERVE_NOTICE', 'PROPOSE', 'LEGAL_CHECK']],
  ])('in a case that is %s: the steps that name it are %j', (state, steps) => {
    expect(stepsNaming(at(state), 'o1')).toEqual(steps);
    expect(stepsNaming(at(state), 'o2')).toEqual([]);
    if (steps.length === 0) {
      expect(editNote(at(state), drafted())).toBe('');
      return;
    }
    const named = expect.objectContaining({ reason: 'order.draft_named', message: editNote(at(state), drafted()) });
    expect(() => decideEdit(drafted(), at(state), edited(), NOW)).toThrow(named);
    const { decision, replacement } = decideEdit(drafted(), at(state), edited({ repeatSteps: true }), NOW);
    expect(decision.next).toMatchObject({ id: 'o1', state: 'DISCARDED', replacedByDraft: 'new', reason: '不考试就发证', revision: 1 });
    expect(replacement).toMatchObject({ id: 'new', state: 'DRAFT', replacesDraft: 'o1', reason: '新的理由', revision: 1 });
    // The drafter of the old draft is a drafter of the new one.
    expect(replacement && draftersOf(replacement)).toEqual(['editor', 'drafter']);
  });

  it.each<[string, readonly [() => Order, Partial<EditAsked>, CaseState], string]>([
    ['an older version', [() => inPlace(drafted()), {}, 'FOUNDED'], 'order.draft_changed'],
    ['a version to come', [drafted, { revision: 2 }, 'FOUNDED'], 'order.draft_changed'],
    ['another institution', [drafted, { scope: { ...WHOLE, institution: 'S000021010004' } }, 'FOUNDED'], 'order.other_case'],
    ['a decided draft', [drafted, { repeatSteps: true }, 'DECIDED'], 'order.draft_decided'],
    ['a signed order', [signed, {}, 'FOUNDED'], 'order.illegal_move'],
    ['another territory', [drafted, { actor: officer('x', '2102') }, 'FOUNDED'], 'order.out_of_territory'],
    [
      'the same content in another sequence',
      [
        () => drafted(['VOID_CERTIFICATES', 'CANCEL_RESULTS']),
        { reason: '不考试就发证', measures: ['CANCEL_RESULTS', 'VOID_CERTIFICATES'] },
        'FOUNDED',
      ],
      'order.unchanged',
    ],
  ])('refuses %s', (_, [order, change, state], reason) => {
    expect(() => decideEdit(order(), at(state), edited(change), NOW)).toThrow(expect.objectContaining({ reason }));
  });

  it('whose notice is issued and not yet served makes a new draft: the paper names the measures of the old one', () => {
    const issued = inState('FOUNDED');
    expect(stepsNaming(issued, 'o1')).toEqual(['ISSUE_NOTICE']);
    expect(() => decideEdit(drafted(), issued, edited(), NOW)).toThrow(expect.objectContaining({ reason: 'order.draft_named' }));
  });

  it('after a correction makes a new draft', () => {
    const corrected: Case = { ...at('DECIDED'), state: 'HEARD', decision: null };
    expect(decideEdit(drafted(), corrected, edited({ repeatSteps: true }), NOW).replacement?.replacesDraft).toBe('o1');
  });
});

describe('discarding a draft', () => {
  const by = { actor: DRAFTER, reason: '重复', revision: 0 };
  it.each<[string, readonly [() => Order, CaseState, Partial<typeof by>], string | undefined]>([
    ['with a reason', [drafted, 'LEGAL_CHECKED', {}], undefined],
    ['that was previewed', [previewed, 'FOUNDED', { revision: 1 }], undefined],
    ['without a reason', [drafted, 'FOUNDED', { reason: ' ' }], 'order.no_reason'],
    ['of an older version', [drafted, 'FOUNDED', { revision: 3 }], 'order.draft_changed'],
    ['that is decided', [drafted, 'DECIDED', {}], 'order.draft_decided'],
    ['that is signed', [signed, 'FOUNDED', {}], 'order.illegal_move'],
    ['of another territory', [drafted, 'FOUNDED', { actor: officer('x', '2102') }], 'order.out_of_territory'],
  ])('%s', (_, [order, state, change], reason) => {
    const check = (): void => checkDiscard(order(), at(state), { ...by, ...change });
    if (reason === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ reason }));
  });

  it('keeps the content', () => {
    const { next, events } = decideDiscard(drafted(), { by: 'drafter', reason: '重复', at: NOW, replacedBy: '' });
    expect(next).toMatchObject({ state: 'DISCARDED', discarded: { by: 'drafter', reason: '重复', at: NOW }, reason: '不考试就发证' });
    expect(events).toEqual([]);
  });

  const OPEN = [DRAFT, { ...DRAFT, id: 'signed', state: 'COMPLETED' as const }, { ...DRAFT, id: 't', kind: 'transfer' as const }];
  it.each<[CaseState, Case['transferTrack'], string[]]>([
    ['HEARD', 'none', []],
    ['DISMISSED', 'none', ['o1', 't']],
    ['UNFOUNDED', 'refused', ['o1', 't']],
    ['DISMISSED', 'reported', ['o1']],
    ['CLOSED', 'approved', ['o1']],
    ['CLOSED', 'sent', ['o1', 't']],
  ])('of a case that is %s with a transfer that is %s: %j', (state, transferTrack, ids) => {
    expect(uselessDrafts({ state, transferTrack }, OPEN).map(({ id }) => id)).toEqual(ids);
  });
});

describe('what a version changed', () => {
  const number = (n: number): string => `${INSTITUTION}26300000${n}`;
  it.each<[Parameters<typeof asked>[1], string[]]>([
    [{}, []],
    [{ scope: { ...WHOLE, certificates: [1, 2, 3, 4].map(number) } }, [`证书：（无） → ${number(1)}、${number(2)}、${number(3)}等4项`]],
    [{ scope: { ...WHOLE, persons: ['a'.repeat(32)] } }, ['人员：（无） → 1人']],
    [{ scope: { ...WHOLE, from: '2026-01-01' } }, ['考试日期：（无） → 2026-01-01 至 …']],
    [{ grounds: ['FORGED_PAPERS'] }, ['违规情形：不考试就发证 → 伪造试卷']],
    [{ title: '甲', supersedes: 'o9' }, ['名称：（无） → 甲', '取代的处理决定：（无） → o9']],
  ])('%j', (change, words) => {
    const before = contentOf(asked(['CANCEL_RESULTS']));
    expect(changesBetween(before, contentOf(asked(['CANCEL_RESULTS'], change)))).toEqual(words);
  });

  it('finds another person in a list of the same length', () => {
    const of = (person: string) => contentOf(asked(['CANCEL_RESULTS'], { scope: { ...WHOLE, persons: [person.repeat(32)] } }));
    expect(changesBetween(of('a'), of('b'))).toEqual(['人员：1人 → 1人']);
  });
});
