// An owner's answers to consumers with missing events, and a consumer with missing events: in the middle, at the end, by a forged number,
// by offsets that an operator set.
import { TOPICS } from '@hengji/contracts';
import { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import { fakeNeighbour, kafkaProbe, startParts, TEST_CALLER_SECRET, testKeys, testSigner, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import {
  execute,
  gapRepair,
  ownersAt,
  republishServer,
  rowsOf,
  sealReader,
  snapshotOf,
  type Owner,
  type Owners,
  type SqlDb,
  type SqlTx,
} from '../src';
import { consumerOf, event, KEY, OTHER, relayOf } from './hearing';
import { askedOf, effectsOf, keepAsked, log, rowReleased, stage, upTo, waiting, type Stage } from './stage';

const TOPIC = TOPICS.enforcement.name;

const SEALS = sealReader({ TRUSTED_KEYS_FILE: testKeys().trustFile, ACCEPT_UNSEALED_RECORDS: false });

const effectRows = snapshotOf<Parameters<typeof TOPICS.enforcement.codec.encode>[0], SqlTx>(TOPICS.enforcement, async function* (tx, key) {
  for (let after = 0; ;) {
    const rows = await rowsOf<{ row: number }>(tx, sql`SELECT row FROM effect WHERE key = ${key} AND row > ${after} ORDER BY row LIMIT 2`);
    if (rows.length === 0) return;
    yield rows.map(({ row }) => ({ body: rowReleased('order-1', row), occurredAt: new Date(0) }));
    after = rows.at(-1)?.row ?? 0;
  }
});

const ownersOf = async (db: SqlDb): Promise<Owners> => {
  const server = republishServer({
    service: 'enforcement',
    db,
    log,
    keepAsked,
    snapshots: { signer: testSigner('enforcement'), sources: [effectRows] },
  });
  const { address } = await fakeNeighbour(RepublishServiceDefinition, server);
  return ownersAt({ caller: 'exam', secret: TEST_CALLER_SECRET, addresses: { enforcement: address, exchange: undefined } });
};
const ownerOf = async (db: SqlDb): Promise<Owner> => {
  const owners = await ownersOf(db);
  await startParts([owners]);
  return owners.find('enforcement') as Owner;
};

const repairOf = async (at: Stage, more: { owners?: Owners; compareMs?: number } = {}) => {
  const owners = more.owners ?? (await ownersOf(at.db));
  const repair = gapRepair({
    ...{ service: 'exam', db: at.db, kafka: at.kafka, topics: [{ topic: TOPIC }], owners, log, lookMs: 100 },
    compareMs: more.compareMs ?? 600_000,
  });
  return [owners, repair];
};

/** Simulates a loss at the broker: the relay takes the event for sent. */
const lose = (at: Stage, key: string, sequence: number): Promise<number> =>
  execute(
    at.db,
    sql`UPDATE messaging.outbox SET published_at = now() WHERE topic = ${TOPIC} AND key = ${key} AND sequence = ${sequence}::bigint`,
  );
const sent = (at: Stage) =>
  until(
    () => waiting(at.db),
    (n) => n === 0,
  );
const handled = (at: Stage, key: string, rows: readonly number[]) =>
  until(
    () => effectsOf(at.db, key),
    (seen) => seen.length >= rows.length,
    { withinMs: 20_000 },
  );
interface GapRow {
  readonly first: string;
  readonly last: string;
  readonly reason: string;
  readonly closed: boolean;
  readonly tries: number;
}
const gapRows = (db: SqlDb) =>
  rowsOf<GapRow>(
    db,
    sql`SELECT first_missing::text AS first, last_missing::text AS last, reason, closed_at IS NOT NULL AS closed, tries FROM messaging.gap ORDER BY first_missing`,
  );

describe('an owner', () => {
  it('returns per key its last number, and the number up to which the broker has everything', async () => {
    const at = await stage();
    for (const row of upTo(3)) await at.say(KEY, row);
    await at.say(OTHER, 1);
    const owner = await ownerOf(at.db);
    await lose(at, KEY, 1);
    expect(await owner.heads(TOPIC)).toEqual([
      { key: KEY, last: 3n, published: 1n },
      { key: OTHER, last: 1n, published: 0n },
    ]);
    expect(await owner.head(TOPIC, OTHER)).toEqual({ key: OTHER, last: 1n, published: 0n });
    expect(await owner.head(TOPIC, 'S000021009999')).toBeUndefined();
    expect(await owner.heads(TOPICS.reports.name)).toEqual([]);
  });

  it('publishes a stretch again, and reports the events that it no longer stores and the numbers that it never gave', async () => {
    const at = await stage();
    for (const row of upTo(4)) await at.say(KEY, row);
    for (const row of upTo(4)) await lose(at, KEY, row);
    await execute(at.db, sql`DELETE FROM messaging.outbox WHERE sequence = 1`);
    const { address } = await fakeNeighbour(
      RepublishServiceDefinition,
      republishServer({ service: 'enforcement', db: at.db, log, keepAsked }),
    );
    const owners = ownersAt({ caller: 'exam', secret: TEST_CALLER_SECRET, addresses: { enforcement: address } });
    await startParts([owners]);
    const owner = owners.find('enforcement') as Owner;
    expect(await owner.republish({ topic: TOPIC, key: KEY, first: 1n, last: 9n })).toEqual({ sent: 3, forgotten: 1, neverGiven: 5 });
    expect(await waiting(at.db)).toBe(3);
    expect(await askedOf(at.db)).toEqual(['republish exam']);
    for (const [first, last] of [
      [0n, 1n],
      [5n, 4n],
      [1n, 1_001n],
    ] as const) {
      await expect(owner.republish({ topic: TOPIC, key: KEY, first, last })).rejects.toMatchObject({ reason: 'republish.stretch_invalid' });
    }
    await expect(owner.republish({ topic: 'other.v1', key: KEY, first: 1n, last: 1n })).rejects.toMatchObject({
      reason: 'republish.topic_unknown',
    });
  });

  it('returns its state at one position, whatever commits meanwhile', async () => {
    const at = await stage();
    for (const row of upTo(5)) {
      await at.say(KEY, row);
      await execute(at.db, sql`INSERT INTO effect (key, row, order_id) VALUES (${KEY}, ${row}::integer, ${'order-1'})`);
    }
    const owner = await ownerOf(at.db);
    const rows: number[] = [];
    const positions = new Set<bigint>();
    for await (const { position, events } of owner.snapshot(TOPIC, KEY, SEALS)) {
      positions.add(position);
      if (rows.length === 0) {
        await at.say(KEY, 6);
        await execute(at.db, sql`INSERT INTO effect (key, row, order_id) VALUES (${KEY}, 6, ${'order-1'})`);
      }
      for (const bytes of events) {
        const { meta, body } = TOPICS.enforcement.codec.decode(bytes);
        expect(meta).toMatchObject({ institution: KEY, sequence: 0n });
        if (body?.$case === 'rowReleased') rows.push(body.value.row);
      }
    }
    expect([rows, [...positions]]).toEqual([upTo(5), [5n]]);
    for await (const part of owner.snapshot(TOPIC, OTHER, SEALS)) expect(part).toMatchObject({ position: 0n, events: [] });
  });

  it('ends the transaction of a snapshot whose reader leaves', async () => {
    const at = await stage();
    for (const row of upTo(40)) await execute(at.db, sql`INSERT INTO effect (key, row, order_id) VALUES (${KEY}, ${row}::integer, ${'o'})`);
    const owner = await ownerOf(at.db);
    for await (const part of owner.snapshot(TOPIC, KEY, SEALS)) if (part.events.length > 0) break;
    await until(
      () =>
        rowsOf<{ n: number }>(
          at.db,
          sql`SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
        ),
      ([row]) => row?.n === 0,
    );
  });

  it('refuses a snapshot of a topic without snapshots', async () => {
    const at = await stage();
    const owner = await ownerOf(at.db);
    const read = async () => {
      for await (const part of owner.snapshot(TOPICS.reports.name, KEY, SEALS)) return part;
      return undefined;
    };
    await expect(read()).rejects.toMatchObject({ reason: 'republish.no_snapshot' });
  });
});

describe('a consumer with missing events', () => {
  it('requests the skipped events, and handles them', async () => {
    const at = await stage();
    for (const row of upTo(5)) await at.say(KEY, row);
    for (const row of [2, 3]) await lose(at, KEY, row);
    await startParts([relayOf(at), consumerOf(at), ...(await repairOf(at))]);
    expect([...(await handled(at, KEY, upTo(5)))].sort()).toEqual(upTo(5));
    await until(
      () => gapRows(at.db),
      (gaps) => gaps.length === 0,
    );
  });

  it('finds by comparing numbers what no later event reveals, also for a key without any event yet', async () => {
    const at = await stage();
    for (const row of upTo(3)) await at.say(KEY, row);
    await at.say(OTHER, 1);
    await lose(at, KEY, 3);
    await lose(at, OTHER, 1);
    await startParts([relayOf(at), consumerOf(at), ...(await repairOf(at, { compareMs: 300 }))]);
    expect(await handled(at, KEY, upTo(3))).toEqual(upTo(3));
    expect(await handled(at, OTHER, [1])).toEqual([1]);
  });

  it.each([499_999, 12, 2 ** 39])('closes a jump to %d that the owner never gave, and counts on from the true numbers', async (forged) => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    await at.say(KEY, 1);
    await startParts([relayOf(at), consumerOf(at), ...(await repairOf(at))]);
    await handled(at, KEY, [1]);
    await probe.publish(TOPICS.enforcement, event(forged, rowReleased('order-1', 77)));
    const closed = await until(
      () => gapRows(at.db),
      (gaps) => gaps.some((gap) => gap.closed),
    );
    expect(closed).toEqual([{ first: '2', last: String(forged - 1), reason: 'gap.never_given', closed: true, tries: 1 }]);
    for (const row of [2, 3]) await at.say(KEY, row);
    expect(await handled(at, KEY, [1, 77, 2, 3])).toEqual([1, 77, 2, 3]);
    expect(await gapRows(at.db)).toHaveLength(1);
  });

  it('keeps the numbers that the owner gave and closes only those above, where both were skipped', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    for (const row of upTo(3)) await at.say(KEY, row);
    await lose(at, KEY, 2);
    await lose(at, KEY, 3);
    await startParts([relayOf(at), consumerOf(at)]);
    await handled(at, KEY, [1]);
    await probe.publish(TOPICS.enforcement, event(900, rowReleased('order-1', 77)));
    await handled(at, KEY, [1, 77]);
    await startParts(await repairOf(at));
    expect([...(await handled(at, KEY, [1, 77, 2, 3]))].sort((a, b) => a - b)).toEqual([1, 2, 3, 77]);
    const gaps = await until(
      () => gapRows(at.db),
      (rows) => rows.length === 1,
    );
    expect(gaps).toMatchObject([{ first: '4', last: '899', reason: 'gap.never_given', closed: true }]);
  });

  it('reports events that the owner no longer stores as missing, and an owner without an address as not reachable', async () => {
    const at = await stage();
    for (const row of upTo(3)) await at.say(KEY, row);
    await lose(at, KEY, 2);
    await execute(at.db, sql`DELETE FROM messaging.outbox WHERE sequence = 2`);
    const nobody = ownersAt({ caller: 'exam', secret: TEST_CALLER_SECRET, addresses: {} });
    await startParts([relayOf(at), consumerOf(at)]);
    await handled(at, KEY, [1, 3]);
    const stop = await startParts(await repairOf(at, { owners: nobody }));
    const reasonIs = (reason: string) =>
      until(
        () => gapRows(at.db),
        ([gap]) => gap?.reason === reason,
      );
    await reasonIs('gap.owner_unknown');
    await stop();
    await startParts(await repairOf(at));
    expect(await reasonIs('gap.forgotten')).toMatchObject([{ first: '2', last: '2', closed: false }]);
  });
});

describe('a consumer whose offsets were set', () => {
  it('to the beginning: ends in the same state, because its inbox has every event', async () => {
    const at = await stage();
    for (const row of upTo(5)) await at.say(KEY, row);
    await startParts([relayOf(at)]);
    const stop = await startParts([consumerOf(at)]);
    await handled(at, KEY, upTo(5));
    await stop();
    await at.kafka.moveGroup('exam', TOPIC, 'beginning');
    await at.say(KEY, 6);
    await startParts([consumerOf(at)]);
    expect(await handled(at, KEY, upTo(6))).toEqual(upTo(6));
    expect(await gapRows(at.db)).toEqual([]);
  });

  it('to the end: finds and handles the skipped events of every key', async () => {
    const at = await stage();
    await at.say(KEY, 1);
    const stopRelay = await startParts([relayOf(at)]);
    const stop = await startParts([consumerOf(at)]);
    await handled(at, KEY, [1]);
    await stop();
    for (const row of [2, 3]) await at.say(KEY, row);
    await at.say(OTHER, 1);
    await sent(at);
    await at.kafka.moveGroup('exam', TOPIC, 'end');
    await startParts([consumerOf(at), ...(await repairOf(at, { compareMs: 300 }))]);
    expect(await handled(at, KEY, upTo(3))).toEqual(upTo(3));
    expect(await handled(at, OTHER, [1])).toEqual([1]);
    await stopRelay();
  });
});
