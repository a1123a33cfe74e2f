// The public answer when the topic differs from what was read: created again during reading, emptied, forged, with skipped numbers, or when
// the process itself was paused. Never "valid" for a voided certificate, never "not in the register" from a table that may lack it.
import { Worker } from 'node:worker_threads';
import { TOPICS } from '@hengji/contracts';
import { sealedMessages, testBrokers, until, type FakeOwner, type KafkaProbe } from '@hengji/testing';
import { CODE, issued, numberOf, openStage, OTHER, TOPIC, voided, type Stage } from './stage';

let stage: Stage;
let probe: KafkaProbe;
let owner: FakeOwner;
const start: Stage['start'] = (more) => stage.start(more);
const stop: Stage['stop'] = () => stage.stop();
const saysOf: Stage['saysOf'] = (number) => stage.saysOf(number);
const becomes: Stage['becomes'] = (...question) => stage.becomes(...question);
const eventOf: Stage['eventOf'] = (...what) => stage.eventOf(...what);
const say: Stage['say'] = (...what) => stage.say(...what);
const lose: Stage['lose'] = (...what) => stage.lose(...what);

beforeEach(async () => {
  stage = await openStage();
  ({ probe, owner } = stage);
  await start();
});
afterEach(() => stage.close());

const [first, second, third] = [numberOf(CODE, 1), numberOf(CODE, 2), numberOf(CODE, 3)] as const;

describe('a topic that was created again during reading', () => {
  it('is noticed: later voidings are void, and events lost with the old topic are requested from the owner', async () => {
    await say(CODE, issued(CODE, 3));
    await say(OTHER, issued(OTHER, 1));
    await becomes(first, 'valid');
    await becomes(numberOf(OTHER, 1), 'valid');
    await probe.removeTopic(TOPIC);
    lose(OTHER, voided(numberOf(OTHER, 1)));
    await probe.createTopics([TOPIC]);
    await say(CODE, voided(first));
    await becomes(first, 'void');
    await becomes(numberOf(OTHER, 1), 'void');
    await becomes(second, 'valid', '404');
  });

  it('does not empty the register of a process that starts with it', async () => {
    await say(CODE, issued(CODE, 3));
    await say(CODE, voided(second));
    await stop();
    await probe.removeTopic(TOPIC);
    await probe.createTopics([TOPIC]);
    owner.away = true;
    await start();
    await becomes(first, '503 whole', '404', 'valid');
    owner.away = false;
    await becomes(first, 'valid', '404');
    expect([await saysOf(second), await saysOf(numberOf(CODE, 9))]).toEqual(['void', '404']);
    expect(owner.asked.filter((what) => what === `snapshot ${CODE}`)).toHaveLength(1);
  });
});

describe('lost records', () => {
  it('are requested from the owner by a process that starts after the loss, and nothing is denied meanwhile', async () => {
    await say(CODE, issued(CODE, 3));
    await say(OTHER, issued(OTHER, 1));
    await say(CODE, voided(second));
    await stop();
    await probe.removeRecords(TOPIC);
    owner.keeps = false;
    await say(CODE, voided(third));
    await start();
    await becomes(second, 'void', '404', 'valid');
    await becomes(numberOf(OTHER, 1), 'valid', '404');
    expect([await saysOf(first), await saysOf(third)]).toEqual(['valid', 'void']);
  });

  it('are requested from the owner by a process that had not read them yet', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    // The voiding never arrives in this topic, and no later event reveals that; the missing beginning of the topic does.
    lose(CODE, voided(first));
    await say(OTHER, issued(OTHER, 1));
    await probe.removeRecords(TOPIC);
    await stop();
    await start();
    await becomes(first, 'void', '404', 'valid');
  });
});

describe('skipped numbers of an institution', () => {
  it('are requested again, and filled by the republished events', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    lose(CODE, voided(first));
    await say(CODE, issued(CODE, 2));
    await becomes(first, 'void');
    await becomes(second, 'valid', '404');
    expect(owner.asked).toContain(`republish ${CODE}`);
    expect(owner.asked).not.toContain(`snapshot ${CODE}`);
  });

  it('are filled from a snapshot when the owner no longer stores the events', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    owner.keeps = false;
    lose(CODE, voided(first));
    await say(CODE, issued(CODE, 2));
    await becomes(first, 'void');
    await becomes(second, 'valid', '404');
  });

  it.each([499_999n, 2n ** 40n, 3n])(
    'up to %d that the owner never gave are closed: the forged event has no effect, and the true numbers continue',
    async (jump) => {
      await say(CODE, issued(CODE, 3));
      await becomes(first, 'valid');
      await probe.publish(TOPICS.certificate, eventOf(CODE, voided(first), jump));
      await until(
        () => owner.asked.includes(`snapshot ${CODE}`),
        (isAsked) => isAsked,
      );
      await becomes(second, 'valid', '404');
      await becomes(first, 'valid');
      await say(CODE, voided(third));
      await becomes(third, 'void');
      expect(await saysOf(second)).toBe('valid');
    },
  );

  it('do not let an older state replace a newer one', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    owner.away = true;
    const missing = eventOf(CODE, { $case: 'certificatesReinstated', value: { orderId: 'o0', numbers: [first] } });
    owner.remember(TOPICS.certificate, missing);
    await say(CODE, voided(first));
    await becomes(first, 'void');
    await probe.publish(TOPICS.certificate, missing);
    await becomes(second, 'valid');
    expect(await saysOf(first)).toBe('void');
  });
});

// In its own thread: the process under test is this one, and it is paused while the record is sent.
const PUBLISHER = `
  const { parentPort, workerData: { kafkajs, brokers, topic, key, value, headers, gate } } = require('node:worker_threads');
  const flags = new Int32Array(gate);
  const { Kafka, logLevel } = require(kafkajs);
  const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
  producer.connect().then(async () => {
    parentPort.postMessage('ready');
    Atomics.wait(flags, 0, 0);
    await producer.send({ topic, messages: [{ key, value: Buffer.from(value), headers }] });
    Atomics.store(flags, 1, 1);
    Atomics.notify(flags, 1);
    await producer.disconnect();
  });
`;

describe('a process that was paused', () => {
  it('does not answer "valid" again before it has read what it missed', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    const event = eventOf(CODE, voided(first));
    owner.remember(TOPICS.certificate, event);
    const gate = new SharedArrayBuffer(8);
    const flags = new Int32Array(gate);
    const [record] = sealedMessages(TOPICS.certificate, [event]);
    const to = { kafkajs: require.resolve('kafkajs'), brokers: testBrokers(), topic: `${stage.prefix}${TOPIC}` };
    const workerData = { ...to, key: CODE, value: record?.value, headers: record?.headers, gate };
    const publisher = new Worker(PUBLISHER, { eval: true, workerData });
    await new Promise((resolve) => publisher.once('message', resolve));
    // As after SIGSTOP: the fetch in flight is answered without records, and this process does nothing until the broker has the voiding.
    Atomics.wait(flags, 1, 0, 800);
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
    Atomics.wait(flags, 1, 0);
    Atomics.wait(flags, 1, 1, 500);
    await becomes(first, 'void', 'valid');
    await becomes(second, 'valid');
  });

  it('reports why it cannot answer while the broker does not return the ends', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    // The topic is removed and is created again only later: its content is unknown.
    await probe.removeTopic(TOPIC);
    await becomes(first, '503 fresh', '404');
    await probe.createTopics([TOPIC]);
    await becomes(first, 'valid', '404');
  });
});
