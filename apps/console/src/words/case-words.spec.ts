import { LIFT_GROUNDS, LIFT_GROUNDS_BY_HAND, RECTIFICATION_STATES } from './case-words';

describe('words of cases', () => {
  it('lets the institution hand in again after a re-check that failed, and not when the rectification has ended', () => {
    const taking = Object.entries(RECTIFICATION_STATES).flatMap(([state, word]) => (word.takesEvidence ? [state] : []));
    expect(taking).toEqual(['OPEN', 'EVIDENCE_GIVEN', 'FAILED']);
    expect(Object.keys(RECTIFICATION_STATES)).toContain('WITHDRAWN');
  });

  it('does not offer by hand what a new decision says of itself', () => {
    expect(Object.keys(LIFT_GROUNDS_BY_HAND)).toEqual(Object.keys(LIFT_GROUNDS).filter((ground) => ground !== 'SUPERSEDED'));
  });
});
