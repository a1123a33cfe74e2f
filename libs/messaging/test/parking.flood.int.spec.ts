// Any writer to a topic can flood it: the stored part of forged records is limited, sealed records behind them are handled, and a sealed
// record that is parked for another reason loses nothing.
import { TOPICS } from '@hengji/contracts';
import { closeAfterEachTest, kafkaProbe, sealedMessages, startParts, until, type ProbeMessage } from '@hengji/testing';
import sql from 'sql-template-tag';
import { rowsOf } from '../src';
import { MOST_UNSEALED, MOST_UNSEALED_BYTES } from '../src/parked/quarantine';
import { CALL, consumerOf, event, KEY, parkedRows, parkingOf } from './hearing';
import { effectsOf, listening, rowReleased, stage, writeEffect, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement;

const forgedOnes = (records: number, value: Buffer): ProbeMessage[] =>
  Array.from({ length: records }, (_, n) => ({
    key: KEY,
    value,
    // Every second record names its writer and has no seal.
    headers: n % 2 === 0 ? { ce_source: 'hengji/enforcement' } : { ce_source: `hengji/nobody-${n}` },
  }));

const flood = async (at: Stage, records: number, value = Buffer.alloc(200, 7)): Promise<void> => {
  const probe = kafkaProbe(at.prefix);
  for (let sent = 0; sent < records; sent += 2_000) await probe.produce(TOPIC.name, ...forgedOnes(Math.min(2_000, records - sent), value));
};

const unsealedKept = async (at: Stage) => {
  const [kept] = await rowsOf<{ records: number; bytes: number }>(
    at.db,
    sql`SELECT count(*)::integer AS records, coalesce(sum(octet_length(value)), 0)::integer AS bytes FROM messaging.parked WHERE state = 'quarantined'`,
  );
  return kept ?? { records: 0, bytes: 0 };
};

const hears = (at: Stage, row: number): Promise<number[]> =>
  until(
    () => effectsOf(at.db, KEY),
    (rows) => rows.includes(row),
    { withinMs: 60_000 },
  );

it('20,000 forged records leave a bounded table, and the sealed record behind them is handled', async () => {
  const at = await stage();
  await flood(at, 20_000);
  await kafkaProbe(at.prefix).publish(TOPIC, event(1));
  const began = performance.now();
  await startParts([consumerOf(at)]);
  expect(await hears(at, 1)).toEqual([1]);
  expect(performance.now() - began).toBeLessThan(30_000);

  expect((await unsealedKept(at)).records).toBe(MOST_UNSEALED);
  const listed = await parkingOf(at).listParked({ page: undefined }, CALL);
  expect(listed).toMatchObject({ total: BigInt(MOST_UNSEALED), notKept: BigInt(20_000 - MOST_UNSEALED) });
  const counted = await rowsOf<{ reason: string; records: number; bytes: number; last: number }>(
    at.db,
    sql`SELECT reason, sum(records)::integer AS records, sum(bytes)::integer AS bytes, max(last_offset)::integer AS last
     FROM messaging.not_kept GROUP BY reason ORDER BY reason`,
  );
  // An hour may end meanwhile; the senders’ names are not part of the count, because they could make it unlimited.
  expect(counted).toEqual([
    { reason: 'seal.missing', records: 10_000 - MOST_UNSEALED / 2, bytes: expect.any(Number), last: 19_998 },
    { reason: 'seal.wrong_source', records: 10_000 - MOST_UNSEALED / 2, bytes: expect.any(Number), last: 19_999 },
  ]);
  const [rows] = await rowsOf<{ n: number }>(at.db, sql`SELECT count(*)::integer AS n FROM messaging.not_kept`);
  expect(rows?.n).toBeLessThanOrEqual(4);
}, 120_000);

it('forged records of 500 kB are stored up to the limit in bytes', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  const records = 60;
  for (const message of forgedOnes(records, Buffer.alloc(500_000, 7))) await probe.produce(TOPIC.name, message);
  await probe.publish(TOPIC, event(1));
  await startParts([consumerOf(at)]);
  await hears(at, 1);
  const { bytes, records: kept } = await unsealedKept(at);
  expect(bytes).toBeLessThanOrEqual(MOST_UNSEALED_BYTES);
  expect(bytes).toBeGreaterThan(MOST_UNSEALED_BYTES - 600_000);
  expect(await parkingOf(at).listParked({ page: undefined }, CALL)).toMatchObject({ notKept: BigInt(records - kept) });
}, 60_000);

it('a sealed record that is parked while the limit is reached keeps its bytes, and a forged one does not delay it', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  await flood(at, MOST_UNSEALED + 100);
  const subscription = listening(async (released, ctx) => {
    if (released.row === 1) throw new Error('cannot');
    await writeEffect(released, ctx);
  });
  const [large] = sealedMessages(TOPIC, [event(1, rowReleased('x'.repeat(100_000), 1))]);
  if (!large) throw new Error('no message');
  await probe.produce(TOPIC.name, large);
  await startParts([consumerOf(at, subscription)]);
  const poison = await until(
    async () => (await rowsOf<{ value: Buffer }>(at.db, sql`SELECT value FROM messaging.parked WHERE state = 'poison'`))[0],
    (row) => row !== undefined,
    { withinMs: 60_000 },
  );
  expect(poison?.value.equals(Buffer.from(large.value))).toBe(true);
  // A forger’s copy is not a duplicate of it, and counts as one more record that is not stored.
  await probe.produce(TOPIC.name, { ...large, headers: { ...large.headers, hengji_seal: 'x' } });
  await until(
    () => parkingOf(at).listParked({ page: undefined }, CALL),
    ({ notKept }) => notKept === 101n,
    { withinMs: 20_000 },
  );
  expect((await parkedRows(at)).length).toBeGreaterThan(0);
}, 60_000);
