import { LIFT_GROUNDS, LIFT_GROUNDS_BY_HAND } from './case-words';

describe('words of cases', () => {
  it('does not offer for manual choice the ground that a new decision states itself', () => {
    expect(Object.keys(LIFT_GROUNDS_BY_HAND)).toEqual(Object.keys(LIFT_GROUNDS).filter((ground) => ground !== 'SUPERSEDED'));
  });
});
