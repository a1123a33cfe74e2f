import type { BatchControl } from '../kafka/kafka';
import { keyPatience, MOST_WAITS } from './key-patience';

const control = { running: () => true } as BatchControl;

/** Records under unknown keys; `known` are in the trust list, and each awaited read takes a quarter of the patience. */
const reader = (patienceMs = 400) => {
  const known = new Set<string>();
  let waits = 0;
  const { readPatiently } = keyPatience(patienceMs, async () => {
    waits += 1;
    const end = performance.now() + patienceMs / 4;
    while (performance.now() < end) await Promise.resolve();
    if (waits === 2) known.add('comes');
  });
  const read = async (...keys: string[]): Promise<{ lacking: string[]; waited: number }> => {
    const before = waits;
    const lacking = await readPatiently(
      async () => keys.filter((key) => !known.has(key)),
      (seen) => seen,
      control,
    );
    return { lacking, waited: waits - before };
  };
  return { read };
};

describe('waiting for keys that are not in the trust list', () => {
  it('ends for a forged key id, and still works for the next key', async () => {
    const { read } = reader();
    const forged = await read('forged');
    expect(forged).toEqual({ lacking: ['forged'], waited: expect.any(Number) });
    expect(forged.waited).toBeGreaterThan(1);
    expect(await read('forged')).toEqual({ lacking: ['forged'], waited: 0 });
    expect((await read('other')).waited).toBeGreaterThan(1);
  });

  it('waits for a true key beside a forged key that never appeared', async () => {
    const { read } = reader();
    expect(await read('forged', 'comes')).toEqual({ lacking: ['forged'], waited: expect.any(Number) });
    expect((await read('forged')).waited).toBe(0);
  });

  it('ends for all keys after a few vain waits, however many ids are made up', async () => {
    const { read } = reader(8);
    let waits = 0;
    for (let n = 0; n < MOST_WAITS + 20; n += 1) if ((await read(`forged-${n}`)).waited > 0) waits += 1;
    expect(waits).toBe(MOST_WAITS);
    expect((await read('comes')).waited).toBe(0);
  });

  it('waits once for a batch of a thousand made-up ids', async () => {
    const { read } = reader(8);
    const ids = Array.from({ length: 1_000 }, (_, n) => `forged-${n}`);
    await read(...ids);
    expect((await read(...ids)).waited).toBe(0);
    expect((await read('other')).waited).toBeGreaterThan(0);
  });

  const HOUR_MS = 3_600_000;
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['put back', -HOUR_MS],
    ['put forward', HOUR_MS],
  ])('lasts as long as it shall while the clock is %s by an hour', async (_, stepMs) => {
    const wall = Date.now.bind(Date);
    let looks = 0;
    const wait = async (): Promise<void> => {
      looks += 1;
      jest.spyOn(Date, 'now').mockImplementation(() => wall() + stepMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const began = performance.now();
    await keyPatience(100, wait).readPatiently(
      async () => 'no key',
      () => ['key'],
      control,
    );
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(looks).toBeGreaterThan(2);
  });
});
