// When a silent order is published again: at doubling intervals, while the order is silent.
import { executing, later, NOW } from '../../../test/orders';
import type { OrderEvent } from '../../domain/order';
import type { Orders, Transactions } from '../ports';
import { remindSilent } from './remind-silent';

const AFTER_MS = 1_000;

it('publishes a silent order again at doubling intervals, and restarts after another silence', async () => {
  const told: number[] = [];
  let at = NOW;
  let silent = ['o1'];
  const say = (events: readonly OrderEvent[]): void => void (events.length > 0 && told.push(at.getTime() - NOW.getTime()));
  const orders = {
    findSilent: async (askedBefore) => (NOW < askedBefore ? silent : []),
    update: async (_, __, decide) => {
      const { next, events } = await decide(executing());
      say(events);
      return next;
    },
  } satisfies Pick<Orders<undefined>, 'findSilent' | 'update'>;
  const transactions: Transactions<undefined> = {
    run: (work) => work(undefined),
    recorded: () => Promise.reject(new Error('reminding is no request')),
    once: () => Promise.reject(new Error('reminding is no request')),
    findKept: async () => undefined,
  };
  const remind = remindSilent({ orders: orders as unknown as Orders<undefined>, transactions, remindAfterMs: AFTER_MS, now: () => at });
  const until = async (ms: number): Promise<void> => {
    for (; at < later(ms); at = new Date(at.getTime() + 100)) await remind();
  };
  await until(9_000);
  expect(told).toEqual([1_100, 2_100, 4_100, 8_100]);
  silent = [];
  await until(9_500);
  silent = ['o1'];
  await until(10_700);
  expect(told.slice(4)).toEqual([9_500, 10_500]);
});
