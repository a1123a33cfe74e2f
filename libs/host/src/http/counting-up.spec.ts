import { countingUp } from './counting-up';

const numberOf = (serial: number): string => `S000021010001263${String(serial).padStart(6, '0')}`;

describe('enumerating certificate numbers', () => {
  const answered = (numbers: readonly string[], isKnown: boolean, addressOf = (_n: number) => '192.0.2.1'): number => {
    const guard = countingUp({ limit: 30, now: () => 0 });
    return numbers.filter((number, n) => {
      const entry = guard.enter(addressOf(n));
      entry.leave({ number, isKnown });
      return entry.waitSeconds === 0;
    }).length;
  };
  const inARow = Array.from({ length: 1_000 }, (_, n) => numberOf(n + 1));

  it('answers some thirty numbers in a row', () => expect(answered(inARow, true)).toBe(31));
  it('answers about thirty numbers that do not exist', () =>
    expect(
      answered(
        inARow.map((_, n) => numberOf(n * 700)),
        false,
      ),
    ).toBe(30));
  it('answers downwards and in steps of two no more than upwards', () => {
    expect(answered([...inARow].reverse(), true)).toBe(31);
    expect(
      answered(
        inARow.map((_, n) => numberOf(2 * n)),
        true,
      ),
    ).toBe(31);
  });
  it('takes all addresses of a /64 for one', () => {
    expect(answered(inARow, true, (n) => `2001:db8:1:2::${n.toString(16)}`)).toBe(31);
  });
  it('also counts callers that take every fifty-first number first', () => {
    expect(
      answered(
        inARow.map((_, n) => numberOf((n * 51) % 1_000_000)),
        true,
      ),
    ).toBe(31);
  });
  it('does not count a repeated number, or a thousand numbers of different series', () => {
    expect(
      answered(
        Array.from({ length: 1_000 }, () => numberOf(7)),
        true,
      ),
    ).toBe(1_000);
    expect(
      answered(
        inARow.map((_, n) => `S0000${String(n).padStart(8, '0')}263000001`),
        true,
      ),
    ).toBe(1_000);
  });
  it('deletes its counts after ten minutes', () => {
    let time = 0;
    const guard = countingUp({ limit: 30, now: () => time });
    inARow.slice(0, 40).forEach((number) => guard.enter('192.0.2.1').leave({ number, isKnown: true }));
    expect(guard.enter('192.0.2.1').waitSeconds).toBe(600);
    expect(guard.enter('192.0.2.2').waitSeconds).toBe(0);
    time = 600_000;
    expect(guard.enter('192.0.2.1').waitSeconds).toBe(0);
  });
  it('answers no more of a thousand concurrent requests', () => {
    const guard = countingUp({ limit: 30, now: () => 0 });
    const entries = inARow.map((number) => ({ number, entry: guard.enter('192.0.2.1') }));
    const allowed = entries.filter(({ entry }) => entry.waitSeconds === 0);
    expect([allowed.length, entries.at(-1)?.entry.waitSeconds, guard.enter('192.0.2.2').waitSeconds]).toEqual([30, 1, 0]);
    for (const { number, entry } of allowed) entry.leave({ number, isKnown: false });
    expect(guard.enter('192.0.2.1').waitSeconds).toBe(600);
  });
  it('does not count a request that was not answered', () => {
    const guard = countingUp({ limit: 30, now: () => 0 });
    for (let n = 0; n < 1_000; n += 1) guard.enter('192.0.2.1').leave();
    expect(guard.enter('192.0.2.1').waitSeconds).toBe(0);
  });
});
