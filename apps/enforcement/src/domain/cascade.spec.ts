// Written by hand, separately from the table: an expectation derived from the table could not find a mistake in the table.
import { CASCADE, EFFECTS, isStanding, isTransfer, MEASURES, NOTICES, SERVICES, stepOf, stepsOf, toTarget, type Measure } from './cascade';

const asked = (measures: readonly Measure[]): string[] =>
  stepsOf(measures).map(({ step }) => `${step.service} ${step.effect}${step.after ? ` after ${step.after}` : ''} ${step.withinMinutes}`);

const TOLD = ['exchange NOTIFY_POLICE 1440', 'exchange NOTIFY_MARKET_REGULATOR 1440'];

describe('the cascade', () => {
  it.each<[Measure, string[]]>([
    ['STOP_EVALUATION', ['approval HOLD_FILING 5', 'exam HOLD_PLANS 5', 'certificate HOLD_ISSUING 5', 'subsidy HOLD_PAYMENTS 5']],
    ['CANCEL_RESULTS', ['exam CANCEL_RESULTS 30']],
    ['VOID_CERTIFICATES', ['certificate VOID_CERTIFICATES 30', 'approval PUBLISH_NOTICE after VOID_CERTIFICATES 60']],
    ['WITHDRAW_UPLOADS', ['exchange WITHDRAW_UPLOADS after VOID_CERTIFICATES 1440']],
    ['RECOVER_SUBSIDIES', ['subsidy OPEN_RECOVERIES after VOID_CERTIFICATES 60']],
    ['RECTIFY', ['approval SHOW_RECTIFICATION 60']],
    ['REMOVE_FROM_DIRECTORY', ['approval REMOVE_FILING 5', 'exam CLOSE_PLANS 30']],
  ])('%s asks its rows, and the notices', (measure, rows) => {
    expect(asked([measure])).toEqual([...rows, ...TOLD]);
  });

  it.each<[Measure[], string[]]>([
    [['TRANSFER_TO_DISCIPLINE'], ['exchange TRANSFER_TO_DISCIPLINE 1440']],
    [
      ['TRANSFER_TO_POLICE', 'TRANSFER_TO_DISCIPLINE'],
      ['exchange TRANSFER_TO_DISCIPLINE 1440', 'exchange TRANSFER_TO_POLICE 1440'],
    ],
  ])('%s asks for the transfer only, without notices', (measures, rows) => {
    expect(asked(measures)).toEqual(rows);
    expect(isTransfer(measures)).toBe(true);
    expect(isTransfer([...measures, 'STOP_EVALUATION'])).toBe(false);
  });

  it('keeps the order of the table, whatever the order of the request, and notifies the agencies once', () => {
    const once = asked(['CANCEL_RESULTS', 'REMOVE_FROM_DIRECTORY', 'STOP_EVALUATION']);
    expect(once).toEqual(asked(['STOP_EVALUATION', 'CANCEL_RESULTS', 'REMOVE_FROM_DIRECTORY']));
    expect(once.filter((row) => row.includes('NOTIFY'))).toHaveLength(2);
  });

  it.each([
    ['HOLD_FILING', undefined],
    ['HOLD_ISSUING', 'VOID_CERTIFICATES'],
    ['HOLD_PAYMENTS', 'OPEN_RECOVERIES'],
    ['CANCEL_RESULTS', undefined],
    ['VOID_CERTIFICATES', 'CANCEL_RESULTS'],
    ['PUBLISH_NOTICE', 'VOID_CERTIFICATES'],
    ['WITHDRAW_UPLOADS', 'VOID_CERTIFICATES'],
    ['OPEN_RECOVERIES', 'VOID_CERTIFICATES'],
    ['REMOVE_FILING', undefined],
    ['CLOSE_PLANS', 'REMOVE_FILING'],
  ] as const)('takes %s back after %s', (effect, after) => {
    expect(stepOf(effect).undoAfter).toBe(after);
  });

  it('uses every effect of every service exactly once', () => {
    const used = [...Object.values(CASCADE).flat(), ...NOTICES].map(({ effect }) => effect).sort();
    expect(used).toEqual(Object.values(EFFECTS).flat().sort());
    expect(new Set(SERVICES)).toEqual(new Set(Object.keys(EFFECTS)));
  });

  it('has no cycle of rows that wait for each other, for effects and for undo rows', () => {
    for (const chain of ['after', 'undoAfter'] as const) {
      for (const { step } of stepsOf(MEASURES)) {
        const seen = new Set<string>();
        for (let at = step[chain]; at !== undefined; at = stepOf(at)[chain]) {
          expect(seen).not.toContain(at);
          seen.add(at);
        }
      }
    }
  });

  it('keeps its hold after completion with M1 only', () => {
    expect(MEASURES.filter((measure) => isStanding([measure]))).toEqual(['STOP_EVALUATION']);
  });

  it('does not combine a service with an effect of another service', () => {
    expect(toTarget('exam', 'CANCEL_RESULTS')).toEqual({ service: 'exam', effect: 'CANCEL_RESULTS' });
    expect(() => toTarget('exam', 'VOID_CERTIFICATES')).toThrow('exam has no effect VOID_CERTIFICATES');
  });
});
