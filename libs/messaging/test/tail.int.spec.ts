import { TOPICS } from '@hengji/contracts';
import { tail, type Kafka } from '../src';
import { kafkaProbe, startParts, until } from '@hengji/testing';
import { relayOf, seals } from './hearing';
import { institution, log, stage, upTo, waiting } from './stage';

describe('tail', () => {
  it('tells the whole topic from its beginning, then what comes, each event once although the connection breaks', async () => {
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
      () => part.caughtUp(),
      (caughtUp) => caughtUp,
    );
    expect([...told].sort((a, b) => a - b)).toEqual(upTo(20));
    await at.say(institution(1), 21);
    await until(
      () => told,
      (rows) => rows.includes(21),
    );
    expect(told).toHaveLength(21);
  });

  it('has caught up with an empty topic at once', async () => {
    const at = await stage();
    const part = tail({ kafka: at.kafka, topic: TOPICS.reports, seals: seals(), log, onEvent: () => undefined });
    await startParts([part]);
    await until(
      () => part.caughtUp(),
      (caughtUp) => caughtUp,
    );
  });
});
