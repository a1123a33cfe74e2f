// What an operator does with parked messages: lists many large ones, looks at one, replays an unsealed one. And what the consumer does
// itself with a record at which the process dies, or a record that it can neither handle nor park.
import { TOPICS } from '@hengji/contracts';
import { ListParkedResponse } from '@hengji/contracts/messaging/v1/parking_service';
import { closeAfterEachTest, kafkaProbe, startParts, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { consumer, execute, NotSealed, rowsOf } from '../src';
import { CALL, consumerOf, event, gapsOf, KEY, OTHER, parkedRows, parkingOf, relayOf, seals } from './hearing';
import { effectsOf, listening, log, stage, type Stage, upTo, writeEffect } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement.name;
/** Waits for the effects of a key, and returns their rows. */
const heard = (at: Stage, key: string, rows: number): Promise<number[]> =>
  until(
    () => effectsOf(at.db, key),
    (all) => all.length >= rows,
    { withinMs: 30_000 },
  );
const parkedOnes = (at: Stage, messages: number) =>
  until(
    () => parkedRows(at),
    (all) => all.length === messages,
    { withinMs: 30_000 },
  );

/** Handles RowReleased; row 2 is not sealed while `forged()`, row 4 cannot be handled. */
const hearing = (forged: () => boolean) =>
  listening(async (released, ctx) => {
    if (released.row === 2 && forged()) throw new NotSealed('order order-1: a message without a seal');
    if (released.row === 4) throw new Error('cannot');
    await writeEffect(released, ctx);
  });

describe('fifty parked messages of 1 MB', () => {
  it('are listed without their values, and can be read one by one', async () => {
    const at = await stage();
    await execute(
      at.db,
      sql`INSERT INTO messaging.parked (topic, key, partition, "offset", event_id, type, source, state, reason, tries, value)
       SELECT ${TOPIC}, ${KEY}, 0, n, '', 'unreadable', '', 'poison', 'malformed bytes', 0, ${Buffer.alloc(1_000_000, 0xff)} FROM generate_series(1, 50) AS n`,
    );
    const listed = await parkingOf(at).listParked({ page: undefined }, CALL);
    expect(listed.messages).toHaveLength(50);
    expect(listed.messages?.[0]).toMatchObject({ key: KEY, valueBytes: 1_000_000n, reason: 'malformed bytes' });
    expect(ListParkedResponse.encode(ListParkedResponse.fromPartial(listed)).finish().length).toBeLessThan(20_000);
    const look = await parkingOf(at).getParked({ parkedId: listed.messages?.[0]?.parkedId ?? '' }, CALL);
    expect(look).toMatchObject({ json: '', undecodable: expect.stringMatching(/\w/), head: 'ff'.repeat(256) });
  });
});

it('a parked message is shown decoded', async () => {
  const at = await stage();
  await startParts([
    relayOf(at),
    consumerOf(
      at,
      hearing(() => true),
    ),
  ]);
  await at.say(KEY, 4);
  const [row] = await parkedOnes(at, 1);
  const look = await parkingOf(at).getParked({ parkedId: row?.parkedId ?? '' }, CALL);
  expect(JSON.parse(look.json ?? '')).toMatchObject({
    meta: { institution: KEY, sequence: '1' },
    body: { $case: 'rowReleased', value: { row: 4 } },
  });
  expect(look.headers?.find(({ name }) => name === 'ce_source')).toMatchObject({ value: 'hengji/enforcement' });
  await expect(parkingOf(at).getParked({ parkedId: '999' }, CALL)).rejects.toMatchObject({ reason: 'parked.unknown' });
});

describe('a message that its sender has not sealed', () => {
  it('is quarantined at once, holds no key, its number counts for its writer, and it is replayed by its id', async () => {
    const at = await stage();
    let isForged = true;
    const subscription = hearing(() => isForged);
    const probe = kafkaProbe(at.prefix);
    await startParts([consumerOf(at, subscription)]);
    const { meta, body } = event(2);
    await probe.publish(TOPICS.enforcement, event(1), { meta: meta && { ...meta, sequence: 999n }, body }, event(3));
    expect(await heard(at, KEY, 2)).toEqual([1, 3]);
    const [row] = await parkedOnes(at, 1);
    expect(row).toMatchObject({ state: 'quarantined', tries: 1, reason: expect.stringContaining('without a seal') });
    expect((await gapsOf(at)).map(({ firstMissing, lastMissing }) => [firstMissing, lastMissing])).toEqual([
      [2n, 2n],
      [4n, 998n],
    ]);

    const parking = parkingOf(at, subscription);
    const replayed = { topic: '', key: '', parkedId: row?.parkedId ?? '', actor: undefined };
    expect(await parking.replayParked(replayed, CALL)).toMatchObject({ handled: 0, stillParked: 1 });
    isForged = false;
    expect(await parking.replayParked(replayed, CALL)).toMatchObject({ handled: 1, stillParked: 0 });
    expect(await effectsOf(at.db, KEY)).toEqual([1, 3, 2]);
    expect(await parkedRows(at)).toEqual([]);
  });

  it('is quarantined when it waited behind another message, and the messages behind it are handled', async () => {
    const at = await stage();
    let isBroken = true;
    const subscription = listening(async (released, ctx) => {
      if (released.row === 1 && isBroken) throw new Error('not yet');
      if (released.row === 2) throw new NotSealed('forged');
      await writeEffect(released, ctx);
    });
    await startParts([relayOf(at), consumerOf(at, subscription)]);
    for (const row of upTo(3)) await at.say(KEY, row);
    await parkedOnes(at, 3);
    isBroken = false;
    const answer = await parkingOf(at, subscription).replayParked({ topic: TOPIC, key: KEY, parkedId: '', actor: undefined }, CALL);
    expect(answer).toEqual({ handled: 2, stillParked: 0, reason: '' });
    expect((await parkedRows(at)).map(({ state }) => state)).toEqual(['quarantined']);
  });
});

describe('a record at which the process dies', () => {
  const dead = (
    at: Stage,
    offset: number,
    { begun = 0, reading = 0, alone = reading }: { begun?: number; reading?: number; alone?: number },
  ) =>
    execute(
      at.db,
      sql`INSERT INTO messaging.attempt (topic, partition, "offset", begun, reading, alone)
       SELECT ${TOPIC}, p, ${offset}::bigint, ${begun}::integer, ${reading}::integer, ${alone}::integer FROM generate_series(0, 2) AS p`,
    );

  it.each([
    ['twelve more while it was read', { reading: 12 }],
    ['a hundred more while it was handled', { alone: 100 }],
  ])('is handled alone after two deaths, and parked unread after %s', async (_what, deaths) => {
    const at = await stage();
    await dead(at, 0, { begun: 2 });
    await dead(at, 1, deaths);
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1), event(2), event(3));
    await startParts([consumerOf(at)]);
    const rows = await parkedOnes(at, 2);
    expect(rows.map(({ state, offset, reason }) => [state, offset, reason])).toEqual([
      ['poison', 1n, 'the process died whenever it handled this record'],
      ['behind', 2n, expect.any(String)],
    ]);
    expect(await effectsOf(at.db, KEY)).toEqual([1]);
  });

  it('is not assumed when the process was killed again and again while it handled the record', async () => {
    const at = await stage();
    await dead(at, 0, { begun: 9, reading: 9, alone: 50 });
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1));
    await startParts([consumerOf(at)]);
    expect(await heard(at, KEY, 1)).toEqual([1]);
    expect(await parkedRows(at)).toEqual([]);
  });

  it('is not assumed when the process was stopped', async () => {
    const at = await stage();
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1));
    for (let time = 0; time < 4; time += 1) {
      let calls = 0;
      const counted = listening(async () => {
        calls += 1;
        throw new Error('not yet');
      });
      const stop = await startParts([consumerOf(at, counted)]);
      await until(
        () => calls,
        (times) => times > 0,
        { withinMs: 20_000 },
      );
      await stop();
    }
    const notes = await rowsOf<{ begun: number }>(at.db, sql`SELECT begun FROM messaging.attempt`);
    for (const { begun } of notes) expect(begun).toBeLessThanOrEqual(1);
  });
});

describe('a partition without progress', () => {
  it('is reported by the consumer, with its lag', async () => {
    const at = await stage();
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const subscription = listening(() => blocked);
    const hears = consumer({ service: 'exam', db: at.db, kafka: at.kafka, topics: [subscription], seals: seals(), log, stuckAfterMs: 500 });
    await startParts([hears]);
    expect(hears.trouble()).toBeUndefined();
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1), event(2));
    const trouble = await until(
      () => hears.trouble() ?? '',
      (text) => text !== '',
      { withinMs: 30_000 },
    );
    expect(trouble).toMatch(/enforcement\.v1\[\d\]: 2 records wait, none settled since offset 0/);
    release();
    await until(
      () => hears.trouble() ?? '',
      (text) => text === '',
      { withinMs: 30_000 },
    );
  });

  it('does not stop the others', async () => {
    const at = await stage();
    const db: Stage['db'] = new Proxy(at.db, {
      get: (target, name) =>
        name === '$transaction'
          ? (work: (tx: Stage['db']) => Promise<unknown>) =>
              target.$transaction((tx) =>
                work({
                  ...(tx as Stage['db']),
                  $executeRaw: (statement) =>
                    statement.text.includes('INSERT INTO messaging.parked (')
                      ? Promise.reject(new Error('no room'))
                      : tx.$executeRaw(statement),
                }),
              )
          : Reflect.get(target, name, target),
    });
    await kafkaProbe(at.prefix).produce(TOPIC, { key: KEY, value: Buffer.from([0xff]) });
    await startParts([relayOf(at), consumerOf({ ...at, db })]);
    // Some of these institutions are in the partition of KEY, and most are not.
    const others = upTo(12).map((n) => `S00021000010${n}`);
    for (const key of others) await at.say(key, 1);
    await until(
      () => rowsOf<{ n: number }>(at.db, sql`SELECT count(*)::integer AS n FROM effect`),
      ([row]) => (row?.n ?? 0) > 3,
      { withinMs: 40_000 },
    );
    expect(await effectsOf(at.db, OTHER)).toEqual([]);
  });
});
