import { until } from './until';

describe('until', () => {
  it('reads again until it is good', async () => {
    let n = 0;
    expect(
      await until(
        () => (n += 1),
        (value) => value === 4,
      ),
    ).toBe(4);
  });
  it('puts the last value seen into the failure', async () => {
    await expect(
      until(
        () => ({ state: 'WAITING' }),
        () => false,
        { withinMs: 20 },
      ),
    ).rejects.toThrow("not good within 20 ms; last value: { state: 'WAITING' }");
  });
  it('puts the last failure into the failure, and waits over failures', async () => {
    const failing = () => Promise.reject(new Error('refused'));
    await expect(until(failing, () => true, { withinMs: 20 })).rejects.toThrow(/last failure: Error: refused/);
    let n = 0;
    const twice = () => ((n += 1) < 2 ? failing() : Promise.resolve('up'));
    expect(await until(twice, () => true)).toBe('up');
  });
});
