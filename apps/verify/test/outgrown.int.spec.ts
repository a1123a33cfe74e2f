// A topic that was created again and has outgrown the old one before the next request: only its id shows that it is another one.
import { Worker } from 'node:worker_threads';
import { TOPICS } from '@hengji/contracts';
import { sealedMessages, testBrokers } from '@hengji/testing';
import { CODE, issued, numberOf, openStage, OTHER, TOPIC, voided, type Stage } from './stage';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
  await stage.start();
});
afterEach(() => stage.close());

// In its own thread, while this process is paused: so the topic is another one, and longer, between two requests.
const REMAKER = `
  const { workerData: { kafkajs, brokers, topic, partitions, messages, done } } = require('node:worker_threads');
  const { Kafka, logLevel } = require(kafkajs);
  const client = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { initialRetryTime: 50, retries: 20 } });
  const admin = client.admin();
  const producer = client.producer({ allowAutoTopicCreation: false });
  const remake = async () => {
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.deleteTopics({ topics: [topic] });
    while ((await admin.listTopics()).includes(topic));
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
    const sent = messages.map(({ key, value, headers }) => ({ key, value: Buffer.from(value), headers }));
    await producer.send({ topic, messages: sent });
    const noise = Array.from({ length: partitions * 9 }, (_, i) => ({ partition: i % partitions, key: 'x', value: 'unsealed' }));
    await producer.send({ topic, messages: noise });
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  };
  const flag = new Int32Array(done);
  remake().catch(() => Atomics.store(flag, 0, 2)).finally(() => { Atomics.or(flag, 0, 1); Atomics.notify(flag, 0); });
`;

/** A process that was paused for longer has no valid proof any more: the test checks each answer after it. */
const STANDS_MS = 1_100;

/** Pauses until the topic is another one that has these events first, and then more records than the old one had. */
const remake = (events: Parameters<typeof sealedMessages<ReturnType<Stage['eventOf']>>>[1]): void => {
  const done = new SharedArrayBuffer(4);
  const messages = sealedMessages(TOPICS.certificate, events).map(({ key, value, headers }) => ({ key, value, headers }));
  const { partitions } = TOPICS.certificate.settings;
  const workerData = {
    kafkajs: require.resolve('kafkajs'),
    brokers: testBrokers(),
    topic: `${stage.prefix}${TOPIC}`,
    partitions,
    messages,
    done,
  };
  new Worker(REMAKER, { eval: true, workerData });
  const flag = new Int32Array(done);
  const since = performance.now();
  Atomics.wait(flag, 0, 0, 20_000);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, STANDS_MS - (performance.now() - since)));
  expect(Atomics.load(flag, 0)).toBe(1);
};

it('is recognized by its id: a certificate voided in it is never valid, and events that it has lost come from the owner', async () => {
  const [first, second, other] = [numberOf(CODE, 1), numberOf(CODE, 2), numberOf(OTHER, 1)];
  await stage.say(CODE, issued(CODE, 3));
  await stage.say(OTHER, issued(OTHER, 1));
  await stage.becomes(first, 'valid');
  await stage.becomes(other, 'valid');
  const voiding = stage.eventOf(CODE, voided(first));
  stage.owner.remember(TOPICS.certificate, voiding);
  // Only the old topic had it, and this process has not read it there.
  stage.lose(OTHER, voided(other));
  remake([voiding]);
  await stage.becomes(first, 'void', 'valid', '404');
  await stage.becomes(other, 'void', 'valid', '404');
  await stage.becomes(second, 'valid', '404');
});

it('is requested from its owner again when it was created again twice', async () => {
  const [first, second] = [numberOf(CODE, 1), numberOf(CODE, 2)];
  await stage.say(CODE, issued(CODE, 3));
  await stage.becomes(first, 'valid');
  for (const number of [first, second]) {
    const voiding = stage.eventOf(CODE, voided(number));
    stage.owner.remember(TOPICS.certificate, voiding);
    remake([voiding]);
    await stage.becomes(number, 'void', 'valid', '404');
  }
  await stage.becomes(numberOf(CODE, 3), 'valid', '404');
});
