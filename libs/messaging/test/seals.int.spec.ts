// Records without a valid seal: they have no effect, are stored with their reason, and delay no sealed record.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS } from '@hengji/contracts';
import { keyring, replaceFile, signer, trustListText, type TrustedKey } from '@hengji/host';
import {
  closeAfterEachTest,
  closeAfterSuite,
  kafkaProbe,
  query,
  sealedMessages,
  startParts,
  testKeyConfig,
  until,
  type KafkaProbe,
  type ProbeMessage,
} from '@hengji/testing';
import { consumer, sealReader, sealRecords, tail, type SealReader } from '../src';
import { consumerOf, event, gapsOf, KEY, OTHER, parkedRows } from './hearing';
import { effectsOf, listening, log, stage, upTo, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement;

const sealedOnes = (n: number, otherwise?: Parameters<typeof sealedMessages>[2]): ProbeMessage[] =>
  sealedMessages(TOPIC, [event(n)], otherwise);
const one = (messages: readonly ProbeMessage[]): ProbeMessage => {
  const [message] = messages;
  if (!message) throw new Error('no message');
  return message;
};
const withHeader = (message: ProbeMessage, headers: Record<string, string>): ProbeMessage => ({
  ...message,
  headers: { ...message.headers, ...headers },
});
const altered = (message: ProbeMessage): ProbeMessage => {
  const value = Buffer.from(message.value);
  value.writeUInt8(value.readUInt8(value.length - 1) ^ 1, value.length - 1);
  return { ...message, value };
};
const sealOf = (message: ProbeMessage): string => message.headers?.['hengji_seal'] ?? '';

const FORGED: Readonly<Record<string, { reason: string; make: () => ProbeMessage }>> = {
  'without a seal': { reason: 'seal.missing', make: () => ({ ...one(sealedOnes(9)), headers: { ce_source: 'hengji/enforcement' } }) },
  'without any header': { reason: 'seal.wrong_source', make: () => ({ ...one(sealedOnes(9)), headers: {} }) },
  'of another source, sealed by it': { reason: 'seal.wrong_source', make: () => one(sealedOnes(9, { writer: 'exam' })) },
  'sealed by another service’s key': { reason: 'seal.wrong_key', make: () => one(sealedOnes(9, { sealer: 'exam' })) },
  'with another value': { reason: 'seal.forged', make: () => altered(one(sealedOnes(9))) },
  'with another sequence': { reason: 'seal.forged', make: () => withHeader(one(sealedOnes(9)), { ce_sequence: '499999' }) },
  'with another id': {
    reason: 'seal.forged',
    make: () => withHeader(one(sealedOnes(9)), { ce_id: '01900000-0000-7000-8000-0000000000ff' }),
  },
  'with another time': { reason: 'seal.forged', make: () => withHeader(one(sealedOnes(9)), { ce_time: '2020-01-01T00:00:00.000Z' }) },
  'with another type': { reason: 'seal.forged', make: () => withHeader(one(sealedOnes(9)), { ce_type: 'hengji.enforcement.v1.x' }) },
  'sealed for another topic': {
    reason: 'seal.forged',
    make: () => ({ ...one(sealedOnes(9)), headers: one(sealedMessages({ ...TOPIC, name: 'exam.v1' }, [event(9)])).headers ?? {} }),
  },
  'with the seal of another record': {
    reason: 'seal.forged',
    make: () => withHeader(one(sealedOnes(9)), { hengji_seal: sealOf(one(sealedOnes(8))) }),
  },
  'with a seal that is none': { reason: 'seal.forged', make: () => withHeader(one(sealedOnes(9)), { hengji_seal: 'x' }) },
  'with a seal of another place': {
    reason: 'seal.forged',
    make: () => withHeader(one(sealedOnes(9)), { hengji_seal: sealOf(one(sealedOnes(9))).replace('0/1', '1/2') }),
  },
  'with an earlier time of sealing': {
    reason: 'seal.forged',
    make: () => withHeader(one(sealedOnes(9)), { hengji_seal: sealOf(one(sealedOnes(9))).replace(/20\d\d-/, '2001-') }),
  },
};

describe('a record without the seal of its owner', () => {
  let at: Stage;
  let probe: KafkaProbe;
  beforeAll(async () => {
    at = await stage();
    probe = kafkaProbe(at.prefix);
    await startParts([consumerOf(at)]);
  });

  it.each(Object.entries(FORGED).map(([what, forged], i) => [what, forged, i + 1] as const))(
    '%s is quarantined, has no effect, and the true record after it has its effect',
    async (_what, { reason, make }, n) => {
      const forged = make();
      await probe.produce(TOPIC.name, forged);
      await probe.publish(TOPIC, event(n));
      await until(
        () => effectsOf(at.db, KEY),
        (rows) => rows.includes(n),
      );
      expect(await effectsOf(at.db, KEY)).toEqual(upTo(n));
      const rows = await parkedRows(at);
      expect(rows.at(-1)).toMatchObject({ state: 'quarantined', reason, key: KEY, type: 'unreadable', tries: 0 });
      const [kept] = await query<{ value: Buffer }>(at.databaseUrl, 'SELECT value FROM messaging.parked ORDER BY id DESC LIMIT 1');
      expect(kept?.value).toEqual(Buffer.from(forged.value));
      expect(rows).toHaveLength(n);
      expect(await gapsOf(at)).toEqual([]);
      const held = await query(at.databaseUrl, 'SELECT key FROM messaging.parked_key');
      expect(held).toEqual([]);
    },
  );

  it('a true record under another key is quarantined there, and one in another partition is recognized as a duplicate', async () => {
    const last = Object.keys(FORGED).length;
    await probe.produce(TOPIC.name, { ...one(sealedOnes(last)), key: OTHER });
    await probe.publish(TOPIC, event(last), event(last + 1));
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.includes(last + 1),
    );
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(last + 1));
    await until(
      () => parkedRows(at),
      (rows) => rows.some(({ key, reason }) => key === OTHER && reason === 'seal.forged'),
    );
    expect(await effectsOf(at.db, OTHER)).toEqual([]);
  });
});

/** A service's key that is not in the trust list yet, and functions that change the list. */
const newKey = (
  acceptUnsealed = false,
): { message: (n: number) => ProbeMessage; seals: SealReader; publishKey: () => void; end: (how: Partial<TrustedKey>) => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-late-key-'));
  closeAfterSuite(async () => rmSync(folder, { recursive: true, force: true }));
  const listed = keyring(join(folder, 'readers'));
  listed.make('enforcement', 'ED25519', new Date(0));
  const keys = keyring(join(folder, 'writer'));
  keys.make('enforcement', 'ED25519', new Date(0));
  const message = (n: number): ProbeMessage => {
    const unsealed = one(sealedOnes(n));
    const { hengji_seal: _seal, ...headers } = unsealed.headers ?? {};
    const batch = { topic: TOPIC.name, records: [{ ...unsealed, headers }] };
    const by = { service: 'enforcement', signer: signer({ keyFile: keys.keyFile('enforcement') }), at: new Date() };
    return one(sealRecords([batch], by)[0]?.records ?? []);
  };
  const config = { TRUSTED_KEYS_FILE: listed.trustFile, ACCEPT_UNSEALED_RECORDS: acceptUnsealed };
  const publishKey = (): void => replaceFile(listed.trustFile, trustListText([...listed.list(), ...keys.list()]), 0o644);
  // Ends the key that sealed the messages.
  const end = (how: Partial<TrustedKey>): void =>
    replaceFile(
      listed.trustFile,
      trustListText(listed.list().map((key) => ({ ...key, ...(keys.list().some(({ keyId }) => keyId === key.keyId) && how) }))),
      0o644,
    );
  return { message, seals: sealReader(config), publishKey, end };
};

const hearing = (at: Stage, reader: SealReader, keyPatienceMs: number) =>
  consumer({ service: 'exam', db: at.db, kafka: at.kafka, topics: [listening()], seals: reader, keyPatienceMs, log });

describe('a record under a key that the trust list does not have yet', () => {
  it('is handled once the list has the key, before the records after it', async () => {
    const at = await stage();
    const { message, seals, publishKey } = newKey();
    let asked = 0;
    const counting: SealReader = {
      ...seals,
      verifier: { ...seals.verifier, check: (...all) => ((asked += 1), seals.verifier.check(...all)) },
    };
    await kafkaProbe(at.prefix).produce(TOPIC.name, message(1), message(2));
    await startParts([hearing(at, counting, 60_000)]);
    await until(
      () => asked,
      (times) => times > 3,
    );
    expect(await parkedRows(at)).toEqual([]);
    publishKey();
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 2,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1, 2]);
  });

  it('is quarantined when the key does not appear, and the consumer does not wait for it again', async () => {
    const at = await stage();
    const { message, seals } = newKey();
    await kafkaProbe(at.prefix).produce(TOPIC.name, message(1), message(2), message(3));
    await startParts([hearing(at, seals, 1_000)]);
    const rows = await until(
      () => parkedRows(at),
      (all) => all.length === 3,
    );
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual(Array(3).fill(['quarantined', 'seal.key_unknown']));
  });
});

const told = async (at: Stage, seals: SealReader): Promise<number[]> => {
  const rows: number[] = [];
  const part = tail({
    kafka: at.kafka,
    topic: TOPIC,
    seals,
    log,
    onEvent: ({ body }) => void (body?.$case === 'rowReleased' && rows.push(body.value.row)),
  });
  await startParts([part]);
  const ends = await at.kafka.endOffsets(TOPIC.name);
  await until(
    () => [...ends].every(([partition, end]) => (part.told().get(partition) ?? 0n) >= end),
    (isToldToTheEnd) => isToldToTheEnd,
  );
  return rows;
};
const unsealed = (n: number): ProbeMessage => {
  const { hengji_seal: _seal, ...headers } = one(sealedOnes(n)).headers ?? {};
  return { ...one(sealedOnes(n)), headers };
};

describe('a tail', () => {
  it('passes on no forged event, ignores forged numbers, and passes on an event whose key was missing once the list has the key', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const { message, seals, publishKey } = newKey();
    for (const { make } of Object.values(FORGED)) await probe.produce(TOPIC.name, make());
    await probe.produce(TOPIC.name, message(1), message(2), unsealed(3));
    const rows = await told(at, seals);
    expect(rows).toEqual([]);
    publishKey();
    await until(
      () => rows,
      (seen) => seen.length === 2,
    );
    await probe.produce(TOPIC.name, message(3));
    await until(
      () => rows,
      (seen) => seen.length === 3,
    );
    expect(rows).toEqual([1, 2, 3]);
  });

  it('accepts the unsealed history where configured, and no unsealed record after the first sealed one', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    await probe.produce(TOPIC.name, unsealed(1), unsealed(2), one(sealedOnes(3)), unsealed(4), one(sealedOnes(5)));
    const accepting = { ...testKeyConfig('exam'), ACCEPT_UNSEALED_RECORDS: true };
    expect(await told(at, sealReader(accepting))).toEqual([1, 2, 3, 5]);
    expect(await told(at, sealReader(testKeyConfig('exam')))).toEqual([3, 5]);
  });

  it('accepts records that a key sealed before it was retired, and no record of a revoked key', async () => {
    const at = await stage();
    const { message, seals, publishKey, end } = newKey();
    publishKey();
    await kafkaProbe(at.prefix).produce(TOPIC.name, message(1));
    end({ retiredAt: new Date(Date.now() + 1) });
    expect(await told(at, seals)).toEqual([1]);
    end({ revokedAt: new Date() });
    expect(await told(at, seals)).toEqual([]);
  });
});
