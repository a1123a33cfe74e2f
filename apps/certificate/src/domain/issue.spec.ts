import { Refusal } from '@hengji/domain-kit';
import { checkResultIds, type ConfirmedResult, decideIssuable } from './issue';

const confirmed = (resultId: string, change: Partial<ConfirmedResult['result']> = {}, heldBy: string[] = []): ConfirmedResult => ({
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
    ...change,
  },
  candidate: { name: '张三', idNumber: '210102199003070011' },
  heldBy,
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
  it('yes, when it is passed, published and unheld; in the order asked', () => {
    const decided = decideIssuable(['b', 'a'], [confirmed('a'), confirmed('b')]);
    expect(decided.institution).toBe('S000021010003');
    expect(decided.issuable.map(({ result }) => result.resultId)).toEqual(['b', 'a']);
  });

  it.each([
    ['exam does not know it', undefined, 'notFound', 'certificate.without_result'],
    ['it is not passed', confirmed('b', { passed: false }), 'illegalMove', 'certificate.result_not_passed'],
    ['it is only recorded', confirmed('b', { state: 'RECORDED' }), 'illegalMove', 'certificate.result_not_published'],
    ['it is cancelled', confirmed('b', { state: 'CANCELLED' }), 'illegalMove', 'certificate.result_not_published'],
    ['its state is unknown here', confirmed('b', { state: 'UNSPECIFIED' }), 'illegalMove', 'certificate.result_not_published'],
    ['an order holds it', confirmed('b', {}, ['o1']), 'illegalMove', 'order.held'],
    ['another institution made it', confirmed('b', { institution: 'S000021010004' }), 'invalid', 'certificate.mixed_institutions'],
  ])('no, when %s', (_case, second, kind, reason) => {
    const known = second === undefined ? [confirmed('a')] : [confirmed('a'), second];
    expect(refusalOf(() => decideIssuable(['a', 'b'], known))).toMatchObject({ kind, reason, detail: { field: 'result_ids[1]' } });
  });
});
