// What the public is told when the topic is not what was read of it: made anew under the reader, emptied, forged, jumped over, or when
// the process itself stood still. Never "valid" for what was voided, never "not in the register" from a table that may lack it.
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

describe('a topic that was made anew under the reader', () => {
  it('is noticed: what was voided since is void, what was lost with the old one is asked of the owner', async () => {
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

  it('does not turn a register into an empty one for a reader that starts on it', async () => {
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

describe('records that are gone', () => {
  it('are had from the owner by a reader that starts behind them, and nothing is denied meanwhile', async () => {
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

  it('are had from the owner by a reader that had not read them yet', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    // The voiding never comes to this topic, and no later event reveals that; the topic without its beginning does.
    lose(CODE, voided(first));
    await say(OTHER, issued(OTHER, 1));
    await probe.removeRecords(TOPIC);
    await stop();
    await start();
    await becomes(first, 'void', '404', 'valid');
  });
});

describe('a jump in the numbers of an institution', () => {
  it('is asked for again, and healed by what is sent once more', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    lose(CODE, voided(first));
    await say(CODE, issued(CODE, 2));
    await becomes(first, 'void');
    await becomes(second, 'valid', '404');
    expect(owner.asked).toContain(`republish ${CODE}`);
    expect(owner.asked).not.toContain(`snapshot ${CODE}`);
  });

  it('is healed from a snapshot when the owner keeps the events no longer', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    owner.keeps = false;
    lose(CODE, voided(first));
    await say(CODE, issued(CODE, 2));
    await becomes(first, 'void');
    await becomes(second, 'valid', '404');
  });

  it.each([499_999n, 2n ** 40n, 3n])(
    'to %d that the owner never gave is closed: what it said does not stand, and the true numbers go on',
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

  it('does not let an older state stand after a newer one', async () => {
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

// In a thread of its own: the process under test is this one, and it stands still while the record goes out.
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

describe('a process that stood still', () => {
  it('does not say "valid" again before it has read what it missed', async () => {
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
    // As after SIGSTOP: the fetch that was under way is answered without records, and nothing of this process runs until the voiding is
    // with the broker.
    Atomics.wait(flags, 1, 0, 800);
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
    Atomics.wait(flags, 1, 0);
    Atomics.wait(flags, 1, 1, 500);
    await becomes(first, 'void', 'valid');
    await becomes(second, 'valid');
  });

  it('says why it cannot answer while the broker does not tell it the ends', async () => {
    await say(CODE, issued(CODE, 3));
    await becomes(first, 'valid');
    // The topic is gone and comes back only later: nobody can say what is in it.
    await probe.removeTopic(TOPIC);
    await becomes(first, '503 fresh', '404');
    await probe.createTopics([TOPIC]);
    await becomes(first, 'valid', '404');
  });
});
