import { every } from './every';

const HOUR = 3_600_000;

/** Resolves when `count` rounds have begun. */
const counted = (ms: number, answer: (nth: number) => Promise<unknown> = async () => undefined) => {
  let rounds = 0;
  const failures: unknown[] = [];
  const waiting = new Map<number, () => void>();
  const loop = every(ms, {
    work: async () => {
      rounds += 1;
      waiting.get(rounds)?.();
      return answer(rounds);
    },
    failed: (failure) => failures.push(failure),
    stopWithinMs: 50,
  });
  const reached = (nth: number): Promise<void> => new Promise((resolve) => (rounds >= nth ? resolve() : waiting.set(nth, resolve)));
  return { loop, reached, rounds: () => rounds, failures };
};

it('works again after each pause, and not before it is started', async () => {
  const { loop, reached, rounds } = counted(1);
  expect(rounds()).toBe(0);
  loop.start();
  await reached(3);
  await loop.stop();
});

it('continues after a round that failed, and reports the failure', async () => {
  const { loop, reached, failures } = counted(1, async (nth) => {
    if (nth === 1) throw new Error('away');
  });
  loop.start();
  await reached(2);
  await loop.stop();
  expect(failures).toEqual([new Error('away')]);
});

it('does not pause when a round requests the next', async () => {
  const { loop, reached } = counted(HOUR, async (nth) => (nth < 3 ? 'again' : undefined));
  loop.start();
  await reached(3);
  await loop.stop();
});

it('can be woken during a pause, and from within a round', async () => {
  const { loop, reached } = counted(HOUR, async (nth) => {
    if (nth === 2) loop.wake();
  });
  loop.start();
  await reached(1);
  await new Promise(setImmediate);
  loop.wake();
  await reached(3);
  await loop.stop();
});

it('ends the pauses of a round at stop, waits at most the limit, and can be started again', async () => {
  const { loop, reached } = counted(1, async (nth) => (nth === 1 ? new Promise(() => undefined) : undefined));
  loop.start();
  await reached(1);
  await loop.stop();
  loop.start();
  await reached(2);
  await loop.stop();

  let left = false;
  const long = every(1, {
    work: async ({ pause, running }) => {
      await pause(HOUR);
      left = !running();
    },
    failed: () => undefined,
  });
  long.start();
  await long.stop();
  expect(left).toBe(true);
});

it('has one loop, even when a round hangs during a stop and returns after the next start', async () => {
  let comeBack = (): void => undefined;
  const hang = new Promise<void>((resolve) => (comeBack = resolve));
  const { loop, reached, rounds } = counted(HOUR, async (nth) => (nth === 1 ? hang : undefined));
  loop.start();
  await reached(1);
  await loop.stop();
  loop.start();
  await reached(2);
  comeBack();
  await new Promise(setImmediate);
  expect(rounds()).toBe(2);
  await loop.stop();
});
