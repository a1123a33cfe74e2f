import { LIFT_GROUNDS, LIFT_GROUNDS_BY_HAND } from './case-words';

describe('words of cases', () => {
  it('does not offer by hand what a new decision says of itself', () => {
    expect(Object.keys(LIFT_GROUNDS_BY_HAND)).toEqual(Object.keys(LIFT_GROUNDS).filter((ground) => ground !== 'SUPERSEDED'));
  });
});
