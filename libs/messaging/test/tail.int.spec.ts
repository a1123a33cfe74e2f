import { TOPICS } from '@hengji/contracts';
import { tail, type Kafka } from '../src';
import { closeAfterEachTest, kafkaProbe, startParts, until } from '@hengji/testing';
import { relayOf, seals } from './hearing';
import { institution, log, stage, upTo, waiting } from './stage';

closeAfterEachTest();

describe('tail', () => {
  it('passes on the whole topic from its beginning, then new events, each event once although the connection breaks', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    for (const row of upTo(20)) await at.say(institution(row % 3), row);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    await kafkaProbe(at.prefix).produce(TOPICS.enforcement.name, { key: institution(1), value: Buffer.from([0xff]) });

    let breaks = 0;
    const breaking: Kafka = {
      ...at.kafka,
      reader: (o) =>
        at.kafka.reader({
          ...o,
          onBatch: async (batch, control) => {
            await o.onBatch(batch, control);
            if (breaks++ === 0) throw new Error('connection lost');
          },
        }),
    };
    const told: number[] = [];
    const part = tail({
      kafka: breaking,
      topic: TOPICS.enforcement,
      seals: seals(),
      log,
      onEvent: ({ body }) => void (body?.$case === 'rowReleased' && told.push(body.value.row)),
    });
    await startParts([part]);
    await until(
      () => told,
      (rows) => rows.length >= 20 && breaks > 1,
    );
    expect([...told].sort((a, b) => a - b)).toEqual(upTo(20));
    await at.say(institution(1), 21);
    await until(
      () => told,
      (rows) => rows.includes(21),
    );
    expect(told).toHaveLength(21);
  });

  it('begins at the beginning again when the topic is another one', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    await at.say(institution(1), 1);
    const told: number[] = [];
    const part = tail({
      kafka: at.kafka,
      topic: TOPICS.enforcement,
      seals: seals(),
      log,
      onEvent: ({ body }) => void (body?.$case === 'rowReleased' && told.push(body.value.row)),
    });
    await startParts([part]);
    await until(
      () => told,
      (rows) => rows.length === 1,
    );
    await part.restart();
    await until(
      () => told,
      (rows) => rows.length === 2,
    );
    expect([...part.told().values()]).toEqual([1n]);
  });
});
