import { TOPICS } from '@hengji/contracts';
import { closeAfterEachTest, kafkaProbe, query, startParts, until } from '@hengji/testing';
import type { Kafka } from '../src';
import { consumerOf, event, gapsOf, KEY, OTHER, parkedRows, relayOf } from './hearing';
import { effectsOf, listening, stage, type Stage, upTo } from './stage';

closeAfterEachTest();

/** A Kafka whose reader crashes once, after the first batch was handled and before its offset is committed. */
const dyingBeforeCommit = (kafka: Kafka): { kafka: Kafka; deaths: () => number } => {
  let deaths = 0;
  const reader: Kafka['reader'] = (o) =>
    kafka.reader({
      ...o,
      onBatch: async (batch, control) => {
        if (deaths > 0) return o.onBatch(batch, control);
        await o.onBatch(batch, { ...control, done: () => undefined });
        deaths += 1;
        throw new Error('killed between commit and offset commit');
      },
    });
  return { kafka: { ...kafka, reader }, deaths: () => deaths };
};

/** The fixture's database, with a count of the transactions begun in it. */
const counting = ({ db }: Stage): { db: Stage['db']; tries: () => number } => {
  let tries = 0;
  const begin: Stage['db']['$transaction'] = (...asked) => {
    tries += 1;
    return db.$transaction(...asked);
  };
  const counted = new Proxy(db, { get: (target, name) => (name === '$transaction' ? begin : Reflect.get(target, name, target)) });
  return { db: counted, tries: () => tries };
};

describe('the consumer', () => {
  it('makes every effect once, in order, although every message arrives twice', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const events = upTo(300).map((n) => event(n));
    await probe.publish(TOPICS.enforcement, ...events.flatMap((one) => [one, one]));
    await probe.publish(TOPICS.enforcement, ...events);
    await startParts([consumerOf(at)]);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length >= 300,
    );
    await probe.publish(TOPICS.enforcement, event(301));
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.includes(301),
    );
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(301));
    expect(await gapsOf(at)).toEqual([]);
  });

  it('repeats no effect when killed between commit and offset commit', async () => {
    const at = await stage();
    const dying = dyingBeforeCommit(at.kafka);
    await startParts([relayOf(at), consumerOf(at, listening(), dying.kafka)]);
    for (const row of upTo(30)) await at.say(KEY, row);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length >= 30,
      { withinMs: 30_000 },
    );
    expect(dying.deaths()).toBe(1);
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(30));
  });

  it('continues where another member of the group left', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    const stop = await startParts([consumerOf(at)]);
    await at.say(KEY, 1);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 1,
    );
    await stop();
    await at.say(KEY, 2);
    await startParts([consumerOf(at)]);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 2,
    );
  });

  it('waits while PostgreSQL is unavailable, parks no message, and then continues', async () => {
    const at = await stage();
    const counted = counting(at);
    await startParts([relayOf(at), consumerOf({ ...at, db: counted.db })]);
    await at.say(KEY, 1);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 1,
    );
    const [{ name } = { name: '' }] = await query<{ name: string }>(at.databaseUrl, 'SELECT current_database() AS name');
    const cluster = at.databaseUrl.replace(`/${name}`, '/postgres');
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(2));
    await query(cluster, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await query(cluster, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(3));
    // More failures than the number of tries of a defect.
    const before = counted.tries();
    await until(
      () => counted.tries() - before,
      (tries) => tries > 6,
      { withinMs: 30_000 },
    );
    await query(cluster, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 3,
      { withinMs: 20_000 },
    );
    await at.say(OTHER, 4);
    await until(
      () => effectsOf(at.db, OTHER),
      (rows) => rows.length === 1,
    );
    expect(await parkedRows(at)).toEqual([]);
  });
});
