import { until } from './until';

describe('until', () => {
  it('reads again until the condition holds', async () => {
    let n = 0;
    expect(
      await until(
        () => (n += 1),
        (value) => value === 4,
      ),
    ).toBe(4);
  });
  it('puts the last value into the failure', async () => {
    await expect(
      until(
        () => ({ state: 'WAITING' }),
        () => false,
        { withinMs: 20 },
      ),
    ).rejects.toThrow("not good within 20 ms; last value: { state: 'WAITING' }");
  });
  it('puts the last error into the failure, and continues after errors', async () => {
    const failing = () => Promise.reject(new Error('refused'));
    await expect(until(failing, () => true, { withinMs: 20 })).rejects.toThrow(/last failure: Error: refused/);
    let n = 0;
    const twice = () => ((n += 1) < 2 ? failing() : Promise.resolve('up'));
    expect(await until(twice, () => true)).toBe('up');
  });
  it('pauses longer each time, up to the given longest pause', async () => {
    const timer = jest.spyOn(globalThis, 'setTimeout');
    let n = 0;
    await until(
      () => (n += 1),
      (value) => value === 6,
      { longestPauseMs: 12 },
    );
    expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([5, 10, 12, 12, 12]);
    timer.mockRestore();
  });
});
