import { createLog } from '@hengji/host';
import type { Kafka, TopicNow } from '@hengji/messaging';
import { until } from '@hengji/testing';
import { freshness } from './freshness';

/** A broker that answers with these ids one after the other, and a tail that has read 5 records until it is restarted. */
const asked = async (...ids: string[]) => {
  const doubts: string[] = [];
  let told = new Map([[0, 5n]]);
  let restarts = 0;
  let questions = 0;
  const look = async () => {
    const id = ids[Math.min(questions, ids.length - 1)] ?? '';
    questions += 1;
    return new Map<string, TopicNow>([['certificate.v1', { id, ends: new Map([[0, { low: 0n, high: 5n }]]) }]]);
  };
  const tail = {
    told: () => told,
    restart: async () => {
      restarts += 1;
      told = new Map();
    },
  };
  const part = freshness({
    kafka: { topicWatch: () => ({ look, close: async () => undefined }) } as unknown as Kafka,
    tails: new Map([['certificate.v1', tail]]),
    log: createLog('freshness', 'silent'),
    now: () => new Date(),
    onDoubt: (_, why) => doubts.push(why),
  });
  await part.start();
  await until(
    async () => questions,
    (count) => count > ids.length,
  );
  await part.stop();
  return { doubts, restarts };
};

it('reads again what was read before the first request, and raises no doubt', async () => {
  expect(await asked('one', 'one')).toEqual({ doubts: [], restarts: 1 });
});

it('reports that a topic was created again when its id has changed', async () => {
  expect(await asked('one', 'one', 'two', 'two')).toEqual({ doubts: ['recreated'], restarts: 2 });
});
