import { Refusal } from '@hengji/domain-kit';
import { checkPermitted } from './permission';

describe("approval's answer", () => {
  it('accepts a permitted plan', () => {
    expect(() => checkPermitted({ permitted: true, reason: '' })).not.toThrow();
  });

  it.each([
    ['institution.unknown', 'institution.unknown', 'notFound', 'plan.institution'],
    ['filing.held', 'filing.held', 'illegalMove', 'plan.institution'],
    ['filing.removed', 'filing.removed', 'illegalMove', 'plan.institution'],
    ['filing.expired', 'filing.expired', 'illegalMove', 'plan.exam_date'],
    ['filing.not_yet_valid', 'filing.not_yet_valid', 'illegalMove', 'plan.exam_date'],
    ['filing.out_of_scope', 'filing.out_of_scope', 'illegalMove', 'plan.occupation'],
    ['filing.out_of_place', 'filing.out_of_place', 'illegalMove', 'session.area'],
    ['filing.something_newer', 'filing.something_newer', 'illegalMove', 'plan.institution'],
    ['', 'filing.not_permitted', 'illegalMove', 'plan.institution'],
  ])('returns the reason “%s” to the caller', (given, reason, kind, field) => {
    let thrown: unknown;
    try {
      checkPermitted({ permitted: false, reason: given });
    } catch (refusal) {
      thrown = refusal;
    }
    expect(thrown).toBeInstanceOf(Refusal);
    expect(thrown).toMatchObject({ kind, reason, detail: { field } });
  });
});
