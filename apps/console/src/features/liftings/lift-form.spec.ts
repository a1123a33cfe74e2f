import { liftBody, partProblem } from './lift-form';

const scope = {
  ...{ institution: 'S000021010001', plans: ['p1'], sessions: ['s1', 's2'], occupationLevels: [] },
  ...{ persons: [], certificates: [], from: '2026-01-01', until: '' },
};
const form = { ground: 'COURT' as const, reason: ' 判决 ' };

describe('what the lifting dialogue sends', () => {
  it('sends neither scope nor measures for the whole order, whatever was typed before', () => {
    const body = liftBody({ ...form, whole: true, sessions: 's1', measures: ['STOP_EVALUATION'] }, { scope });
    expect(body).toEqual({ ground: 'COURT', reason: '判决', measures: [] });
  });

  it("narrows the order's own scope by the typed values, and by nothing else", () => {
    const body = liftBody({ ...form, whole: false, sessions: 's1', certificates: 'c1,c2' }, { scope });
    expect(body).toEqual({
      ground: 'COURT',
      reason: '判决',
      measures: [],
      scope: { ...scope, sessions: ['s1'], certificates: ['c1', 'c2'] },
    });
  });

  it('lifts a measure for everybody', () => {
    expect(liftBody({ ...form, whole: false, measures: ['RECTIFY'] }, { scope })).toEqual({
      ground: 'COURT',
      reason: '判决',
      measures: ['RECTIFY'],
    });
  });
});

describe('a part that narrows nothing', () => {
  const order = { measures: ['STOP_EVALUATION' as const, 'RECTIFY' as const] };

  it.each([
    [{ whole: false }],
    [{ whole: false, measures: [], persons: ' ', sessions: '，\n', certificates: '' }],
    [{ whole: false, measures: ['STOP_EVALUATION' as const, 'RECTIFY' as const] }],
  ])('%j is refused: enforcement would read it as the whole order', (form) => {
    expect(partProblem(form, order)).toMatch(/全部解除/);
  });

  it.each([
    [{ whole: true }],
    [{}],
    [{ whole: false, measures: ['RECTIFY' as const] }],
    [{ whole: false, persons: 'a' }],
    [{ whole: false, sessions: 's1' }],
    [{ whole: false, certificates: 'c1', measures: ['STOP_EVALUATION' as const, 'RECTIFY' as const] }],
  ])('%j is accepted', (form) => {
    expect(partProblem(form, order)).toBeUndefined();
  });
});
