import { TOPICS, type Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { consumer, outboxRelay, parkingServer, republish, type Kafka, type SqlTx, type TopicSubscription } from '../src';
import { kafkaProbe, query, startParts, until } from '@hengji/testing';
import { effectsOf, institution, listening, log, rowReleased, stage, upTo, waiting, writeEffect, type Stage } from './stage';

const KEY = institution(1);
const OTHER = institution(2);

const consumerOf = (at: Stage, subscription: TopicSubscription<SqlTx> = listening(), kafka: Kafka = at.kafka) =>
  consumer({ service: 'exam', db: at.db, kafka, topics: [subscription], log });

const relayOf = ({ databaseUrl, kafka }: Stage) => outboxRelay({ service: 'enforcement', databaseUrl, kafka, log });

const parkingOf = (at: Stage, subscription: TopicSubscription<SqlTx> = listening()) =>
  parkingServer({ service: 'exam', db: at.db, topics: [subscription] });

type Call = Parameters<ReturnType<typeof parkingServer>['listParked']>[1];
// The handlers look at the request only.
const CALL = {} as Call;

const parkedRows = async (at: Stage) => (await parkingOf(at).listParked({ page: undefined }, CALL)).messages ?? [];
const gapsOf = async (at: Stage) => (await parkingOf(at).listGaps({ page: undefined }, CALL)).gaps ?? [];

const event = (sequence: number, body: Body<EnforcementEvent> = rowReleased('order-1', sequence)): EnforcementEvent => ({
  meta: {
    eventId: `01900000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    occurredAt: new Date(),
    institution: KEY,
    sequence: BigInt(sequence),
    orderId: '',
  },
  body,
});

/** A kafka whose reader dies once after the first batch was handled and before its offset is committed. */
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

describe('the consumer', () => {
  it('makes every effect once, in order, although every message comes twice', async () => {
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

  it('repeats nothing when killed between commit and offset commit', async () => {
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

  it('goes on where another member of the group left', async () => {
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

  it('waits while PostgreSQL is away, parks nothing, and goes on', async () => {
    const at = await stage();
    await startParts([relayOf(at), consumerOf(at)]);
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
    // Long enough for more failures than a defect is allowed.
    const end = Date.now() + 4_000;
    await until(
      () => Date.now(),
      (now) => now > end,
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

describe('parking', () => {
  it('parks what is malformed with its bytes and its key; the others go on', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const broken = Buffer.from([0x0a, 0xff, 0x01]);
    await probe.publish(TOPICS.enforcement, event(1));
    await probe.produce(TOPICS.enforcement.name, { key: KEY, value: broken });
    await probe.publish(TOPICS.enforcement, event(2));
    await startParts([relayOf(at), consumerOf(at)]);
    await at.say(OTHER, 9);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 2,
    );
    expect(rows).toMatchObject([
      { state: 'poison', key: KEY, value: broken, tries: 0, reason: expect.stringContaining('malformed') },
      { state: 'behind', key: KEY, type: 'rowReleased' },
    ]);
    await until(
      () => effectsOf(at.db, OTHER),
      (all) => all.length === 1,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1]);
  });

  it('parks an event of a newer producer, and one without meta', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const { meta } = event(1);
    await probe.publish(TOPICS.enforcement, { meta, body: undefined });
    await probe.produce(TOPICS.enforcement.name, { key: OTHER, value: Buffer.alloc(0) });
    await startParts([consumerOf(at)]);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 2,
    );
    const reasons = new Map(rows.map(({ key, reason }) => [key, reason]));
    expect(reasons.get(KEY)).toContain('newer');
    expect(reasons.get(OTHER)).toContain('without meta');
  });

  it('tries a failing handler a few times, parks it with those behind it, and replays them in order once it is mended', async () => {
    const at = await stage();
    let broken = true;
    let calls = 0;
    const subscription = listening(async (released, ctx) => {
      // The effect before the failure must leave no trace.
      await writeEffect(released, ctx);
      if (released.row === 2) calls += 1;
      if (released.row === 2 && broken) throw new Error('person 210102199001011234 is not known');
    });
    await startParts([relayOf(at), consumerOf(at, subscription)]);
    for (const row of upTo(4)) await at.say(KEY, row);
    await at.say(OTHER, 1);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 3,
    );
    expect(rows.map(({ state, tries }) => [state, tries])).toEqual([
      ['poison', 5],
      ['behind', 0],
      ['behind', 0],
    ]);
    expect(rows[0]?.reason).toBe('Error: person *** is not known');
    expect(calls).toBeGreaterThanOrEqual(5);
    await until(
      () => effectsOf(at.db, OTHER),
      (all) => all.length === 1,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1]);

    const again = await parkingOf(at, subscription).replayParked({ topic: TOPICS.enforcement.name, key: KEY }, CALL);
    expect(again).toMatchObject({ handled: 0, stillParked: 3, reason: 'Error: person *** is not known' });
    broken = false;
    const mended = await parkingOf(at, subscription).replayParked({ topic: TOPICS.enforcement.name, key: KEY }, CALL);
    expect(mended).toEqual({ handled: 3, stillParked: 0, reason: '' });
    await at.say(KEY, 5);
    await until(
      () => effectsOf(at.db, KEY),
      (all) => all.length === 5,
    );
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(5));
  });

  it('handles a message once when it arrives again while it is parked', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    let broken = true;
    const subscription = listening((released, ctx) => (broken ? Promise.reject(new Error('not yet')) : writeEffect(released, ctx)));
    await probe.publish(TOPICS.enforcement, event(1), event(1), event(2));
    await startParts([consumerOf(at, subscription)]);
    await until(
      () => parkedRows(at),
      (all) => all.length === 3,
    );
    broken = false;
    await parkingOf(at, subscription).replayParked({ topic: TOPICS.enforcement.name, key: KEY }, CALL);
    expect(await effectsOf(at.db, KEY)).toEqual([1, 2]);
  });

  it('lets nothing slip through while messages arrive during a replay', async () => {
    const at = await stage();
    let broken = true;
    const subscription = listening((released, ctx) => (broken ? Promise.reject(new Error('not yet')) : writeEffect(released, ctx)));
    await startParts([relayOf(at), consumerOf(at, subscription)]);
    await at.say(KEY, 1);
    await until(
      () => parkedRows(at),
      (all) => all.length === 1,
    );
    broken = false;
    const saying = (async () => {
      for (const row of upTo(40).slice(1)) await at.say(KEY, row);
    })();
    await until(
      async () => {
        await parkingOf(at, subscription)
          .replayParked({ topic: TOPICS.enforcement.name, key: KEY }, CALL)
          .catch(() => undefined);
        return effectsOf(at.db, KEY);
      },
      (rows) => rows.length === 40,
    );
    await saying;
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(40));
  });

  it('refuses to replay what is not parked', async () => {
    const at = await stage();
    const replaying = parkingOf(at).replayParked({ topic: TOPICS.enforcement.name, key: KEY }, CALL);
    await expect(replaying).rejects.toMatchObject({ kind: 'notFound', reason: 'parked.unknown' });
  });
});

describe('the sequence', () => {
  it('shows what never came, and closes the gap piece by piece when it comes after all', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    await startParts([consumerOf(at)]);
    await probe.publish(TOPICS.enforcement, event(1), event(5));
    const [gap] = await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 1,
    );
    expect(gap).toMatchObject({ topic: 'enforcement.v1', key: KEY, firstMissing: 2n, lastMissing: 4n });
    await probe.publish(TOPICS.enforcement, event(3));
    const pieces = await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 2,
    );
    expect(pieces.map(({ firstMissing, lastMissing }) => [firstMissing, lastMissing])).toEqual([
      [2n, 2n],
      [4n, 4n],
    ]);
    await probe.publish(TOPICS.enforcement, event(2), event(4), event(4));
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 0,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1, 5, 3, 2, 4]);
  });

  it('is closed by publishing the stretch again', async () => {
    const at = await stage();
    for (const row of upTo(4)) await at.say(KEY, row);
    // What Kafka has lost was marked as published all the same.
    await at.db.$executeRawUnsafe('UPDATE messaging.outbox SET published_at = now() WHERE sequence IN (2, 3)');
    await startParts([relayOf(at), consumerOf(at)]);
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 1,
    );
    expect(await republish(at.db, { topic: 'enforcement.v1', key: KEY, first: 2n, last: 3n })).toBe(2);
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 0,
    );
    expect(await waiting(at.db)).toBe(0);
  });

  it('counts each writer of a topic for itself', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    await startParts([consumerOf(at)]);
    const from = (source: string, eventId: string) => {
      const one = event(1);
      const value = TOPICS.enforcement.codec.encode({ ...one, ...(one.meta ? { meta: { ...one.meta, eventId } } : {}) }).finish();
      return { key: KEY, value, headers: { ce_source: source } };
    };
    await probe.produce(
      TOPICS.enforcement.name,
      from('hengji/exam', '01900000-0000-7000-8000-00000000000a'),
      from('hengji/subsidy', '01900000-0000-7000-8000-00000000000b'),
    );
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 2,
    );
    expect(await gapsOf(at)).toEqual([]);
  });
});
