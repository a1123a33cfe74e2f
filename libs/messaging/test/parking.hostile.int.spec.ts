// A record with any bytes: it is parked and holds only its own key, and all other records are handled.
import { TOPICS } from '@hengji/contracts';
import { closeAfterEachTest, startParts, testSealer, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { eventHeaders, rowsOf, sealRecords, sourceOf } from '../src';
import { keyText } from '../src/kafka/key-text';
import { CALL, consumerOf, event, KEY, OTHER, parkedRows, parkingOf, relayOf } from './hearing';
import { rawProducer, type RawMessage } from './raw-producer';
import { effectsOf, stage, type Stage } from './stage';

closeAfterEachTest();

const encoded = (change: object = {}): Buffer => {
  const { meta, body } = event(1);
  return Buffer.from(TOPICS.enforcement.codec.encode({ meta: meta && { ...meta, ...change }, body }).finish());
};
const sealedTooLarge = 2n ** 64n - 1n;
/** 450,000 empty rows of an order. */
const BOMB = Buffer.alloc(900_000, Buffer.from([0x32, 0x00]));

const HOSTILE: Readonly<Record<string, RawMessage>> = {
  'U+0000 in the key': { key: 'S0002\0', value: encoded({ institution: 'S0002\0' }) },
  'U+0000 in ce_source': { key: KEY, value: encoded(), headers: { ce_source: 'a\0b' } },
  'U+0000 in the institution': { key: KEY, value: encoded({ institution: 'S0\0' }) },
  'a ce_source of 100 kB': { key: KEY, value: encoded(), headers: { ce_source: 'x'.repeat(100_000) } },
  'a sequence of 2^64-1': { key: KEY, value: encoded({ sequence: sealedTooLarge }) },
  'a sequence of 2^63': { key: KEY, value: encoded({ sequence: 2n ** 63n }) },
  'a key that is not UTF-8': { key: Buffer.from([0xc3, 0x28]), value: encoded() },
  'half of a surrogate pair in the key': { key: Buffer.from([0xed, 0xa0, 0x80]), value: encoded() },
  'a key of 500 kB': { key: Buffer.alloc(500_000, 0x41), value: encoded() },
  'no key': { key: null, value: encoded() },
  'a tombstone': { key: KEY, value: null },
  'neither key nor value': { key: null, value: null },
  'headers of 500 kB with U+0000': { key: KEY, value: Buffer.from([0xff]), headers: { x: Buffer.alloc(500_000), ['a\0']: '\0' } },
  'U+0000 in a reason': { key: KEY, value: encoded({ institution: 'S000210000001\0' }) },
  '450,000 empty rows': { key: KEY, value: BOMB },
};

/** The same record with the seal of its topic's owner: a seal alone makes no record readable. */
const sealed = (message: RawMessage): RawMessage => {
  const key = keyText(message.key === null ? null : Buffer.from(message.key));
  const headers = eventHeaders({
    ...{ eventId: event(1).meta?.eventId ?? '', source: sourceOf('enforcement'), topic: TOPICS.enforcement.name, key },
    ...{ sequence: '1', type: 'rowReleased', occurredAt: new Date() },
  });
  const record = { key, value: message.value ?? Buffer.alloc(0), headers };
  const by = { service: 'enforcement', signer: testSealer('enforcement'), at: new Date() };
  const [batch] = sealRecords([{ topic: TOPICS.enforcement.name, records: [record] }], by);
  return { ...message, headers: { ...batch?.records[0]?.headers, ...message.headers } };
};

const hearsOthers = async (at: Stage): Promise<void> => {
  await at.say(OTHER, 1);
  await until(
    () => effectsOf(at.db, OTHER),
    (rows) => rows.length === 1,
    { withinMs: 20_000 },
  );
};

const HOSTILE_BOTH_WAYS = Object.entries(HOSTILE).flatMap(([what, message]) => [
  [`${what}, unsealed,`, message, 'quarantined'] as const,
  // A record that names another source has no seal of the owner.
  ...(message.headers?.['ce_source'] ? [] : [[`${what}, sealed,`, sealed(message), 'poison'] as const]),
]);

describe('a record with', () => {
  it.each(HOSTILE_BOTH_WAYS)('%s is parked, and the others are handled', async (_what, message, state) => {
    const at = await stage();
    const produce = await rawProducer(at.prefix);
    // Copies of a sealed record are parked once; unsealed copies are separate records, and their number is limited.
    const copies = state === 'poison' ? 1 : 3;
    for (const partition of [0, 1, 2]) await produce(TOPICS.enforcement.name, partition, [message]);
    await startParts([relayOf(at), consumerOf(at)]);
    await until(
      () => parkedRows(at),
      (rows) => rows.length === copies,
      { withinMs: 20_000 },
    );
    await hearsOthers(at);
    const [first, ...others] = await parkedRows(at);
    expect(others).toHaveLength(copies - 1);
    expect(first?.state).toBe(state);
    const look = await parkingOf(at).getParked({ parkedId: first?.parkedId ?? '' }, CALL);
    expect(look.keyHex).toBe(
      Buffer.from(message.key ?? '')
        .subarray(0, 256)
        .toString('hex'),
    );
    const [kept] = await rowsOf<{ value: Buffer }>(at.db, sql`SELECT value FROM messaging.parked LIMIT 1`);
    expect(kept?.value.equals(message.value ?? Buffer.alloc(0))).toBe(true);
  });

  it('a traceparent with U+0000 is handled; the traceparent is dropped', async () => {
    const at = await stage();
    const produce = await rawProducer(at.prefix);
    await produce(TOPICS.enforcement.name, 0, [sealed({ key: KEY, value: encoded(), headers: { traceparent: '00-\0' } })]);
    await startParts([relayOf(at), consumerOf(at)]);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 1,
    );
    expect(await parkedRows(at)).toEqual([]);
  });
});

const bombsOf = (partition: number): RawMessage[] =>
  Array.from({ length: 8 }, (_, index) => sealed({ key: `bomb ${partition} ${index}`, value: BOMB }));

it('records of 450,000 empty rows each are parked without being decoded', async () => {
  const at = await stage();
  const produce = await rawProducer(at.prefix);
  for (const partition of [0, 1, 2]) for (const bomb of bombsOf(partition)) await produce(TOPICS.enforcement.name, partition, [bomb]);
  await startParts([relayOf(at), consumerOf(at)]);
  const rows = await until(
    () => parkedRows(at),
    (all) => all.length === 24,
    { withinMs: 40_000 },
  );
  expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['record has more than 100000 elements']));
  await hearsOthers(at);
});

it('the broker limits a compressed batch by its uncompressed size', async () => {
  const at = await stage();
  const produce = await rawProducer(at.prefix);
  await expect(produce(TOPICS.enforcement.name, 0, bombsOf(0), { gzip: true })).rejects.toThrow(/larger|too large|size/i);
  await produce(TOPICS.enforcement.name, 0, bombsOf(0).slice(0, 1), { gzip: true });
  await startParts([relayOf(at), consumerOf(at)]);
  await until(
    () => parkedRows(at),
    (all) => all.length === 1,
    { withinMs: 40_000 },
  );
  await hearsOthers(at);
});

it('a sealed record that cannot be read is counted, so that it is not requested again', async () => {
  const at = await stage();
  const produce = await rawProducer(at.prefix);
  await produce(TOPICS.enforcement.name, 0, [sealed({ key: KEY, value: Buffer.from([0xff]) })]);
  await startParts([consumerOf(at)]);
  await until(
    () => parkedRows(at),
    (all) => all.length === 1,
  );
  const seen = await rowsOf(at.db, sql`SELECT key, last::int FROM messaging.seen_sequence`);
  expect(seen).toEqual([{ key: KEY, last: 1 }]);
});
