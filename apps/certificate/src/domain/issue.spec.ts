import { type Day, Refusal } from '@hengji/domain-kit';
import { checkResultIds, type ConfirmedResult, decideIssuable, type Issuing } from './issue';

const ISSUING: Issuing = { today: '2026-09-30' as Day, publicityWorkingDays: 5 };

const confirmed = (
  resultId: string,
  change: Partial<ConfirmedResult['result']> = {},
  heldBy: string[] = [],
  obstacle = '',
): ConfirmedResult => ({
  result: {
    resultId,
    institution: 'S000021010003',
    planId: 'p1',
    sessionId: 's1',
    occupation: '6-31-01-03',
    level: '4',
    person: resultId,
    examDate: '2026-09-10',
    passed: true,
    state: 'PUBLISHED',
    publishedOn: '2026-09-11',
    ...change,
  },
  candidate: { name: '张三', idNumber: '210102199003070011' },
  heldBy,
  obstacle,
  kind: 'LEVEL_RECOGNITION',
});

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('was not refused');
};

describe('the ids of an issue request', () => {
  const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `r${i}`);

  it('are 1 to 1,000', () => {
    expect(() => checkResultIds(ids(1))).not.toThrow();
    expect(() => checkResultIds(ids(1000))).not.toThrow();
    expect(refusalOf(() => checkResultIds(ids(0)))).toMatchObject({ kind: 'invalid', reason: 'certificate.no_result' });
    expect(refusalOf(() => checkResultIds(ids(1001)))).toMatchObject({ kind: 'tooMuch', reason: 'certificate.too_many' });
  });

  it('do not repeat', () => {
    expect(refusalOf(() => checkResultIds(['a', 'b', 'a']))).toMatchObject({
      reason: 'certificate.result_repeated',
      detail: { field: 'result_ids[2]' },
    });
  });
});

describe('may a result be certified?', () => {
  it('yes, when it is passed, published and not held; in the requested order', () => {
    const decided = decideIssuable(['b', 'a'], [confirmed('a'), confirmed('b')], ISSUING);
    expect(decided.institution).toBe('S000021010003');
    expect(decided.issuable.map(({ result }) => result.resultId)).toEqual(['b', 'a']);
  });

  it('yes, when exam is of an older version and names no kind', () => {
    expect(decideIssuable(['a'], [{ ...confirmed('a'), kind: 'UNSPECIFIED' }], ISSUING).issuable).toHaveLength(1);
  });

  it.each([
    ['exam does not know it', undefined, 'notFound', 'certificate.without_result'],
    ['it is not passed', confirmed('b', { passed: false }), 'illegalMove', 'certificate.result_not_passed'],
    ['it is only recorded', confirmed('b', { state: 'RECORDED' }), 'illegalMove', 'certificate.result_not_published'],
    ['it is cancelled', confirmed('b', { state: 'CANCELLED' }), 'illegalMove', 'certificate.result_not_published'],
    ['its state is unknown here', confirmed('b', { state: 'UNSPECIFIED' }), 'illegalMove', 'certificate.result_not_published'],
    ['an order holds it', confirmed('b', {}, ['o1']), 'illegalMove', 'order.held'],
    ['the institution was removed', confirmed('b', {}, [], 'filing.removed'), 'illegalMove', 'filing.removed'],
    ['the filing has expired', confirmed('b', {}, [], 'filing.expired'), 'illegalMove', 'filing.expired'],
    ['approval says no for a newer reason', confirmed('b', {}, [], 'filing.newer'), 'illegalMove', 'filing.newer'],
    ['it is of a qualification', { ...confirmed('b'), kind: 'QUALIFICATION' }, 'illegalMove', 'certificate.kind_invalid'],
    [
      'it is of a special ability',
      { ...confirmed('b', { level: '' }), kind: 'SPECIAL_ABILITY' },
      'illegalMove',
      'certificate.kind_invalid',
    ],
    ['its occupation is 准入', confirmed('b', { occupation: '4-07-05-03' }), 'illegalMove', 'certificate.kind_invalid'],
    [
      'its occupation is 准入, and exam is of an older version',
      { ...confirmed('b', { occupation: '4-07-05-03' }), kind: 'UNSPECIFIED' },
      'illegalMove',
      'certificate.kind_invalid',
    ],
    ['it is shown to the public still', confirmed('b', { publishedOn: '2026-09-24' }), 'illegalMove', 'certificate.publicity_running'],
    ['another institution made it', confirmed('b', { institution: 'S000021010004' }), 'invalid', 'certificate.mixed_institutions'],
  ])('no, when %s', (_case, second, kind, reason) => {
    const known = second === undefined ? [confirmed('a')] : [confirmed('a'), second];
    expect(refusalOf(() => decideIssuable(['a', 'b'], known, ISSUING))).toMatchObject({ kind, reason, detail: { field: 'result_ids[1]' } });
  });

  it.each([
    // 2026-09-24 is a Thursday; 25 to 27 September and 1 to 7 October are days off.
    ['2026-09-24', '2026-10-09', true],
    ['2026-09-24', '2026-10-10', false],
    ['2026-08-03', '2026-08-10', true],
    ['2026-08-03', '2026-08-11', false],
    ['', '2026-08-03', false],
  ])('published on “%s”, on %s the publicity still runs: %s', (publishedOn, today, shown) => {
    const issue = () => decideIssuable(['a'], [confirmed('a', { publishedOn })], { ...ISSUING, today: today as Day });
    if (shown) expect(refusalOf(issue)).toMatchObject({ reason: 'certificate.publicity_running', detail: { field: 'result_ids[0]' } });
    else expect(issue).not.toThrow();
  });

  it('has no publicity at all where the province requires none', () => {
    const issuing = { today: '2026-08-03' as Day, publicityWorkingDays: 0 };
    expect(() => decideIssuable(['a'], [confirmed('a', { publishedOn: '2026-08-03' })], issuing)).not.toThrow();
  });
});
