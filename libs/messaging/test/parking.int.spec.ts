import { TOPICS } from '@hengji/contracts';
import { closeAfterEachTest, kafkaProbe, sealedBytes, startParts, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { rowsOf } from '../src';
import { CALL, consumerOf, event, KEY, OTHER, parkedRows, parkingOf, relayOf } from './hearing';
import { askedOf, effectsOf, listening, stage, upTo, writeEffect } from './stage';

closeAfterEachTest();

/** An event whose record has this key. */
const underKey = (institution: string): ReturnType<typeof event> => {
  const { meta, body } = event(1);
  return { meta: meta && { ...meta, institution }, body };
};

describe('parking', () => {
  it('parks a malformed record with its bytes and its key; the others are handled', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const broken = Buffer.from([0x0a, 0xff, 0x01]);
    await probe.publish(TOPICS.enforcement, event(1));
    await probe.produce(TOPICS.enforcement.name, ...sealedBytes(TOPICS.enforcement, [{ event: event(2), value: broken }]));
    await probe.publish(TOPICS.enforcement, event(2));
    await startParts([relayOf(at), consumerOf(at)]);
    await at.say(OTHER, 9);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 2,
    );
    expect(rows).toMatchObject([
      { state: 'poison', key: KEY, valueBytes: 3n, tries: 0, reason: expect.stringContaining('malformed') },
      { state: 'behind', key: KEY, type: 'rowReleased' },
    ]);
    expect(await rowsOf(at.db, sql`SELECT value FROM messaging.parked ORDER BY id LIMIT 1`)).toEqual([{ value: broken }]);
    await until(
      () => effectsOf(at.db, OTHER),
      (all) => all.length === 1,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1]);
  });

  it('parks an event of a newer producer, and an event without meta', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const { meta } = event(1);
    await probe.publish(TOPICS.enforcement, { meta, body: undefined });
    await probe.produce(TOPICS.enforcement.name, ...sealedBytes(TOPICS.enforcement, [{ event: underKey(OTHER), value: Buffer.alloc(0) }]));
    await startParts([consumerOf(at)]);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 2,
    );
    const reasons = new Map(rows.map(({ key, reason }) => [key, reason]));
    expect(reasons.get(KEY)).toContain('newer');
    expect(reasons.get(OTHER)).toContain('without meta');
  });

  it('parks an event under the key of another institution, without an effect on either institution', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const value = TOPICS.enforcement.codec.encode(event(1)).finish();
    await probe.produce(TOPICS.enforcement.name, ...sealedBytes(TOPICS.enforcement, [{ event: underKey(OTHER), value }]));
    await startParts([consumerOf(at)]);
    const [row] = await until(
      () => parkedRows(at),
      (all) => all.length === 1,
    );
    expect(row).toMatchObject({ key: OTHER, state: 'poison', reason: expect.stringContaining(`is not the institution ${KEY}`) });
    expect([...(await effectsOf(at.db, KEY)), ...(await effectsOf(at.db, OTHER))]).toEqual([]);
  });

  it('retries a failing handler, parks the message with those behind it, and replays them in order after the repair', async () => {
    const at = await stage();
    let broken = true;
    let calls = 0;
    const subscription = listening(async (released, ctx) => {
      // The effect before the failure must be rolled back.
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

    const again = await parkingOf(at, subscription).replayParked(
      { topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined },
      CALL,
    );
    expect(again).toMatchObject({ handled: 0, stillParked: 3, reason: 'Error: person *** is not known' });
    broken = false;
    const mended = await parkingOf(at, subscription).replayParked(
      { topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined },
      CALL,
    );
    expect(mended).toEqual({ handled: 3, stillParked: 0, reason: '' });
    expect(await askedOf(at.db)).toEqual(['replayParked gateway', 'replayParked gateway']);
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
      (all) => all.length === 2,
    );
    broken = false;
    await parkingOf(at, subscription).replayParked({ topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined }, CALL);
    expect(await effectsOf(at.db, KEY)).toEqual([1, 2]);
  });

  it('replays in the order of arrival also after the tenth message', async () => {
    const at = await stage();
    let broken = true;
    const subscription = listening((released, ctx) => (broken ? Promise.reject(new Error('not yet')) : writeEffect(released, ctx)));
    await startParts([relayOf(at), consumerOf(at, subscription)]);
    for (const row of upTo(12)) await at.say(KEY, row);
    await until(
      () => parkedRows(at),
      (all) => all.length === 12,
    );
    broken = false;
    const parking = parkingOf(at, subscription);
    const listed = await parking.listParked({ page: undefined }, CALL);
    expect((listed.messages ?? []).map((one) => Number(one.offset))).toEqual(upTo(12).map((row) => row - 1));
    expect(await parking.replayParked({ topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined }, CALL)).toMatchObject({
      handled: 12,
      stillParked: 0,
    });
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(12));
  });

  it('lets no message overtake while messages arrive during a replay', async () => {
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
          .replayParked({ topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined }, CALL)
          .catch(() => undefined);
        return effectsOf(at.db, KEY);
      },
      (rows) => rows.length === 40,
    );
    await saying;
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(40));
  });

  it('refuses to replay a message that is not parked', async () => {
    const at = await stage();
    const replaying = parkingOf(at).replayParked({ topic: TOPICS.enforcement.name, key: KEY, parkedId: '', actor: undefined }, CALL);
    await expect(replaying).rejects.toMatchObject({ kind: 'notFound', reason: 'parked.unknown' });
  });
});
