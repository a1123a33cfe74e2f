import { guessPauses } from './guess-pauses';

describe('pauses of guessing', () => {
  const given = () => {
    let time = 0;
    const pauses = guessPauses(() => time);
    /** Tries as often as it is let within so many seconds; how many that were. */
    const triesWithin = (seconds: number, of: (n: number) => { account: string; address: string }): number => {
      let tries = 0;
      for (const until = time + seconds * 1000; time < until; time += 1) {
        if (pauses.waitMs(of(tries)) > 0) continue;
        pauses.wrong(of(tries));
        tries += 1;
      }
      return tries;
    };
    return { pauses, triesWithin, pass: (ms: number) => (time += ms) };
  };

  it('lets one account be tried five times in the first second, and a dozen times in five minutes', () => {
    expect(given().triesWithin(1, () => ({ account: 'a', address: '1' }))).toBe(5);
    expect(given().triesWithin(300, (n) => ({ account: 'a', address: String(n) }))).toBeLessThan(14);
  });
  it('lets one address try a few accounts, not many', () => {
    expect(given().triesWithin(60, (n) => ({ account: String(n), address: '1' }))).toBeLessThan(30);
  });
  it('forgets the account when the password was right, the address not', () => {
    const { pauses } = given();
    for (let n = 0; n < 30; n += 1) pauses.wrong({ account: 'a', address: '1' });
    pauses.right({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '2' })).toBe(0);
    expect(pauses.waitMs({ account: 'b', address: '1' })).toBeGreaterThan(0);
  });
  it('never pauses for longer than five minutes, and forgets after fifteen', () => {
    const { pauses, pass } = given();
    for (let n = 0; n < 100; n += 1) pauses.wrong({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '1' })).toBe(300_000);
    pass(15 * 60_000 + 1);
    pauses.wrong({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '1' })).toBe(0);
  });
});
