import { draftBody, entries, formOf, keptDraft, withNeeded } from './scope-form';

describe('what the wizard sends', () => {
  it('splits pasted text and drops repeats', () => {
    expect(entries(' a, b\uFF0Cc\u3001d\ne;a\uFF1B ')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(entries(undefined)).toEqual([]);
  });

  it.each([
    [['WITHDRAW_UPLOADS'], ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS']],
    [['RECOVER_SUBSIDIES'], ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES']],
    [['VOID_CERTIFICATES'], ['CANCEL_RESULTS', 'VOID_CERTIFICATES']],
    [['STOP_EVALUATION'], ['STOP_EVALUATION']],
  ] as const)('%j adds the measures that it needs', (chosen, expected) => expect(withNeeded(chosen)).toEqual(expected));

  it('sends the occupations, and keeps a half-filled one', () => {
    const occupations = [{ occupation: '6-31-01-03', level: '3' }, { occupation: '4-07-07-01' }, {}];
    const form = { institution: 'S000021010001', measures: [], grounds: [], reason: '', occupations };
    expect(draftBody(form).scope.occupationLevels).toEqual([
      { occupation: '6-31-01-03', level: '3' },
      { occupation: '4-07-07-01', level: '' },
    ]);
    expect(draftBody({ ...form, occupations: [] }).scope.occupationLevels).toEqual([]);
  });

  it('sends a due day only with rectification', () => {
    const form = {
      institution: 'S000021010001',
      measures: ['STOP_EVALUATION' as const],
      grounds: [],
      reason: ' 理由 ',
      rectifyBy: '2027-01-01',
    };
    expect(draftBody(form)).toMatchObject({ rectifyBy: '', reason: '理由', scope: { institution: 'S000021010001', plans: [] } });
    expect(draftBody({ ...form, measures: ['RECTIFY'] }).rectifyBy).toBe('2027-01-01');
  });

  it('previews the stored draft when only the preview failed, and drafts again after a change', () => {
    const form = { institution: 'S000021010001', measures: ['STOP_EVALUATION' as const], grounds: [], reason: '理由' };
    const drafted = { orderId: 'o1', body: draftBody(form) };
    expect(keptDraft(undefined, draftBody(form))).toBeUndefined();
    expect(keptDraft(drafted, draftBody({ ...form, reason: '理由 ' }))).toBe('o1');
    expect(keptDraft(drafted, draftBody({ ...form, persons: [{ person: 'a'.repeat(32), label: '' }] }))).toBeUndefined();
  });

  it('sends an existing draft unchanged, whatever it names', () => {
    const body = {
      scope: {
        ...{ institution: 'S000021010001', plans: ['p1', 'p2'], sessions: ['s1'], persons: ['a'.repeat(32)] },
        ...{ occupationLevels: [{ occupation: '6-31-01-03', level: '3' }], certificates: ['S000021010001263000001'] },
        ...{ from: '2026-01-01', until: '2026-12-31' },
      },
      measures: ['CANCEL_RESULTS' as const, 'RECTIFY' as const],
      grounds: ['FORGED_PAPERS' as const],
      ...{
        reason: '理由',
        rectifyBy: '2027-01-01',
        title: '甲',
        caseId: 'c1',
        interim: false,
        urgency: '',
        endCondition: '',
        supersedes: 'o9',
      },
    };
    expect(draftBody(formOf(body))).toEqual(body);
  });

  it('sends urgency and end condition only with an interim stop', () => {
    const form = { institution: 'S000021010001', measures: ['STOP_EVALUATION' as const], grounds: [], reason: '理由', urgency: ' 急 ' };
    expect(draftBody(form)).toMatchObject({ interim: false, urgency: '', endCondition: '', caseId: '' });
    const interim = { ...form, caseId: 'c1', interim: true, endCondition: '作出处理决定时' };
    expect(draftBody(interim)).toMatchObject({ interim: true, urgency: '急', endCondition: '作出处理决定时', caseId: 'c1' });
  });
});
