import { topicCopy } from './topic-copy';

interface Said {
  readonly meta: { readonly institution: string; readonly sequence: bigint };
  readonly state: string;
}
const K = 'S000021010001';
const said = (sequence: number, state: string): Said => ({ meta: { institution: K, sequence: BigInt(sequence) }, state });

const copy = () => {
  const seen: { state: string; gaps: string[]; contradictions: bigint[] } = { state: '', gaps: [], contradictions: [] };
  const one = topicCopy<Said>({
    topic: 't',
    apply: ({ state }) => void (seen.state = state),
    forget: () => void (seen.state = ''),
    onGap: (_, { first, last }) => void seen.gaps.push(`${first}-${last}`),
    onContradiction: (_, sequence) => void seen.contradictions.push(sequence),
  });
  return { one, seen };
};

describe('the copy of a topic', () => {
  it('is incomplete from a skipped number until the missing event arrives, and then has the newer state', () => {
    const { one, seen } = copy();
    one.hear(said(1, 'valid'));
    one.hear(said(4, 'void'));
    expect([seen.gaps, one.complete(K)]).toEqual([['2-3'], false]);
    one.hear(said(3, 'reinstated'));
    one.hear(said(2, 'void before'));
    expect([seen.state, one.complete(K), one.incomplete()]).toEqual(['void', true, []]);
  });

  it('applies no event twice', () => {
    const { one, seen } = copy();
    one.hear(said(1, 'valid'));
    one.hear(said(2, 'void'));
    one.hear(said(1, 'valid'));
    expect([seen.state, one.complete(K)]).toEqual(['void', true]);
  });

  it.each([1, 2, 3])('does not trust a key after another event under number %d, until a snapshot', (number) => {
    const { one, seen } = copy();
    for (const n of [1, 2, 3]) one.hear(said(n, `state ${n}`), n);
    one.hear(said(number, `state ${number}`), number);
    expect(one.complete(K)).toBe(true);
    one.hear(said(number, 'another'), 9);
    expect([seen.state, seen.contradictions, one.complete(K), one.incomplete()]).toEqual(['state 3', [BigInt(number)], false, [K]]);
    const rebuilding = one.rebuild(K);
    rebuilding.begin();
    rebuilding.apply(said(0, 'of the owner'));
    rebuilding.end(3n);
    one.hear(said(number, 'another'), 9);
    one.hear(said(4, 'next'), 4);
    expect([seen.state, one.complete(K)]).toEqual(['next', true]);
  });

  it('detects two events under one number also where the first came late, and not where the mark of one is unknown', () => {
    const { one, seen } = copy();
    one.hear(said(3, 'c'), 3);
    one.hear(said(2, 'b'), 2);
    one.hear(said(1, 'a'));
    one.hear(said(1, 'a'), 1);
    expect(one.complete(K)).toBe(true);
    one.hear(said(2, 'other'), 8);
    expect([one.complete(K), seen.contradictions]).toEqual([false, [2n]]);
  });

  it('misses the numbers that the owner has given', () => {
    const { one, seen } = copy();
    one.hear(said(1, 'valid'));
    one.expect(K, 1n);
    expect(one.complete(K)).toBe(true);
    one.expect(K, 3n);
    expect([seen.gaps, one.incomplete()]).toEqual([['2-3'], [K]]);
    one.expect('S000021010002', 1n);
    expect(one.incomplete()).toEqual([K, 'S000021010002']);
  });

  it('replaces a jump of half a million by a snapshot, and continues with the true numbers', () => {
    const { one, seen } = copy();
    one.hear(said(1, 'valid'));
    one.hear(said(499_999, 'forged'));
    const rebuilding = one.rebuild(K);
    one.hear(said(3, 'void'));
    expect(one.complete(K)).toBe(false);
    rebuilding.begin();
    rebuilding.apply(said(0, 'valid'));
    rebuilding.end(2n);
    expect([seen.state, one.complete(K), one.last(K)]).toEqual(['void', true, 3n]);
    one.hear(said(2, 'late'));
    expect(seen.state).toBe('void');
  });

  it('stays incomplete when a rebuild fails, also when it fails half-way', () => {
    const { one } = copy();
    one.hear(said(2, 'void'));
    one.rebuild(K).leave();
    expect(one.incomplete()).toEqual([K]);
    one.hear(said(1, 'valid'));
    expect(one.complete(K)).toBe(true);
    const halfway = one.rebuild(K);
    halfway.begin();
    halfway.leave();
    expect([one.complete(K), one.incomplete()]).toEqual([false, [K]]);
  });

  it('requests a snapshot when more events follow the gap than it keeps', () => {
    const { one } = copy();
    one.hear(said(2, 'a'));
    for (let n = 3; n < 1_100; n += 1) one.hear(said(n, 'b'));
    one.hear(said(1, 'late'));
    expect([one.complete(K), one.incomplete()]).toEqual([false, [K]]);
  });
});
