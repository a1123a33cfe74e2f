import { guessPauses, type Guesser } from './guess-pauses';

describe('pauses after wrong passwords', () => {
  const given = () => {
    let time = 0;
    const pauses = guessPauses(() => time);
    /** Tries as often as allowed within so many seconds; returns the number of tries. */
    const triesWithin = (seconds: number, of: (n: number) => Guesser): number => {
      let tries = 0;
      for (const until = time + seconds * 1000; time < until; time += 10) {
        if (pauses.waitMs(of(tries)) > 0) continue;
        pauses.wrong(of(tries));
        tries += 1;
      }
      return tries;
    };
    return { pauses, triesWithin, pass: (ms: number) => (time += ms) };
  };
  const OFFICER = { account: 'a', address: 'office' };

  it('lets one address try one account five times in the first second, and a dozen times in five minutes', () => {
    expect(given().triesWithin(1, () => ({ account: 'a', address: '1' }))).toBe(5);
    expect(given().triesWithin(300, () => ({ account: 'a', address: '1' }))).toBeLessThan(14);
  });
  it('lets one address try a few accounts, not many', () => {
    expect(given().triesWithin(60, (n) => ({ account: String(n), address: '1' }))).toBeLessThan(30);
  });
  it('lets a thousand addresses together try one account about thirty times in five minutes', () => {
    expect(given().triesWithin(300, (n) => ({ account: 'a', address: String(n) }))).toBeLessThan(31);
  });
  it('makes no other address wait for the wrong passwords of one unknown address', () => {
    const { pauses, triesWithin } = given();
    triesWithin(60, () => ({ account: 'a', address: 'stranger' }));
    expect(pauses.waitMs(OFFICER)).toBe(0);
  });

  describe('of an account at which many addresses guess', () => {
    const attacked = (before: (pauses: ReturnType<typeof guessPauses>) => void) => {
      const it = given();
      before(it.pauses);
      it.triesWithin(600, (n) => ({ account: 'a', address: String(n) }));
      return it;
    };
    it('makes unknown addresses wait', () => {
      expect(attacked(() => undefined).pauses.waitMs(OFFICER)).toBeGreaterThan(0);
    });
    it('lets an address that signed in before try, five times only', () => {
      const { pauses, triesWithin } = attacked((its) => its.right(OFFICER));
      expect(pauses.waitMs(OFFICER)).toBe(0);
      expect(triesWithin(1, () => OFFICER)).toBe(5);
    });
    it('lets a device that signed in before try, from any address, five times only', () => {
      const { pauses, triesWithin } = attacked(() => undefined);
      const known = { account: 'a', address: '7', device: 'd' };
      expect(pauses.waitMs(known)).toBe(0);
      expect(triesWithin(1, (n) => ({ ...known, address: String(n) }))).toBe(5);
    });
    it('gives an address that signed in to another account no more tries than an unknown address', () => {
      const { pauses } = attacked((its) => its.right({ account: 'b', address: 'office' }));
      expect(pauses.waitMs(OFFICER)).toBeGreaterThan(0);
    });
  });

  it('drops the wrong tries of an address at the account that it signed in to, not those at other accounts', () => {
    const { pauses } = given();
    for (let n = 0; n < 10; n += 1) pauses.wrong({ account: 'a', address: '1' });
    pauses.right({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '1' })).toBe(0);
    for (let n = 0; n < 30; n += 1) pauses.wrong({ account: `b${n}`, address: '2' });
    pauses.right({ account: 'a', address: '2' });
    expect(pauses.waitMs({ account: 'a', address: '2' })).toBeGreaterThan(0);
  });
  it('keeps its counts while ten thousand other names are tried', () => {
    const { pauses } = given();
    for (let n = 0; n < 100; n += 1) pauses.wrong({ account: 'a', address: 'x' });
    for (let n = 0; n < 5_000; n += 1) pauses.wrong({ account: `other ${n}`, address: `${n}` });
    expect(pauses.waitMs({ account: 'a', address: 'x' })).toBeGreaterThan(0);
  });
  it('never pauses for longer than five minutes, and drops counts after fifteen', () => {
    const { pauses, pass } = given();
    for (let n = 0; n < 100; n += 1) pauses.wrong({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '1' })).toBe(300_000);
    pass(15 * 60_000 + 1);
    pauses.wrong({ account: 'a', address: '1' });
    expect(pauses.waitMs({ account: 'a', address: '1' })).toBe(0);
  });
});
