// The public answer when the copy can no longer be trusted. Its owners confirm nothing, one number has two events, a snapshot is not its
// owner's, or the topic has another writer's transaction.
import { createRequire } from 'node:module';
import { TOPICS } from '@hengji/contracts';
import { metrics } from '@hengji/host';
import { sealSnapshot } from '@hengji/messaging';
import { testBrokers, testSealer, until } from '@hengji/testing';
import { CODE, issued, numberOf, openStage, OTHER, TOPIC, voided, type Stage } from './stage';

const [first, second] = [numberOf(CODE, 1), numberOf(CODE, 2)];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('owners that confirm nothing', () => {
  beforeAll(() => stage.start({ OWNERS_CONFIRM_WITHIN_SECONDS: '3' }));
  afterAll(() => stage.stop());

  it('end "valid" and "not in the register" after a while, and no other answer; a shorter outage has no effect', async () => {
    await stage.say(CODE, issued(CODE, 3));
    await stage.say(CODE, voided(second));
    await stage.becomes(second, 'void');
    await stage.becomes(first, 'valid');
    // As long as a restart takes, compared with this limit.
    const asked = stage.owner.asked.length;
    stage.owner.away = true;
    const since = performance.now();
    const seen = new Set<string>();
    const look = async (): Promise<number> => {
      seen.add(await stage.saysOf(first));
      return performance.now() - since;
    };
    await until(look, (elapsed) => elapsed > 1_000);
    stage.owner.away = false;
    await until(look, () => stage.owner.asked.length > asked);
    expect([...seen]).toEqual(['valid']);
    stage.owner.away = true;
    await stage.becomes(first, '503 whole');
    expect([await stage.saysOf(numberOf(CODE, 9)), await stage.saysOf(second)]).toEqual(['503 whole', 'void']);
    stage.owner.away = false;
    await stage.becomes(first, 'valid', '404');
  });

  it('end "valid" also when only enforcement is unavailable', async () => {
    stage.enforcement.owner.away = true;
    await stage.becomes(first, '503 whole', '404');
    stage.enforcement.owner.away = false;
  });
});

describe('a copy that is contradicted', () => {
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());

  it('by two events under one number has no answer: the owner is asked for its state', async () => {
    const [one, none] = [numberOf(OTHER, 1), numberOf(OTHER, 9)];
    await stage.say(OTHER, issued(OTHER, 3));
    await stage.becomes(one, 'valid');
    stage.owner.away = true;
    const { meta } = stage.eventOf(OTHER, issued(OTHER, 3), 0n);
    // Sealed by certificate, under a number that was already consumed.
    await stage.probe.publish(TOPICS.certificate, { meta, body: voided(one) });
    await stage.becomes(one, '503 complete', 'void');
    await stage.becomes(none, '503 complete');
    stage.owner.away = false;
    await stage.becomes(one, 'valid');
    expect(stage.owner.asked).toContain(`snapshot ${OTHER}`);
  });

  const altered = TOPICS.certificate.codec.encode({ meta: undefined, body: voided() }).finish();
  const ON_WAY: Readonly<Record<string, Stage['owner']['onWay']>> = {
    'an event taken out': (part, number) => [number === 2 ? { ...part, events: [] } : part],
    'an event put in': (part, number) => [number === 2 ? { ...part, events: [...part.events, Buffer.from(altered)] } : part],
    'another position': (part) => [{ ...part, position: part.position + 1n }],
    'without its last part': (part) => (part.last ? [] : [part]),
    'a part left out': (part, number) => (number === 2 ? [] : [part]),
    'a part twice': (part) => (part.last ? [part, part] : [part]),
    'without seals': (part) => [{ ...part, seal: undefined }],
    'sealed without a time': (part) => [{ ...part, seal: part.seal && { ...part.seal, sealedAt: undefined } }],
    'by a key that nobody knows': (part) => [{ ...part, seal: part.seal && { ...part.seal, keyId: 'certificate:0000000000000000' } }],
  };
  const sealing = (service: string) => ({ service, signer: testSealer(service), now: () => new Date() });
  const REPLACED: Readonly<Record<string, Stage['owner']['replace']>> = {
    'of another service': (request, state) => sealSnapshot(sealing('exam'), request, state),
    'asked for by somebody else': (request, state) => sealSnapshot(sealing('certificate'), { ...request, nonce: 'before' }, state),
    'of another institution': (request, state) => sealSnapshot(sealing('certificate'), { ...request, key: OTHER }, state),
  };

  it('accepts no snapshot that was altered in transit, cut off, returned before, or sealed by another service', async () => {
    const kinds = [...Object.keys(ON_WAY), ...Object.keys(REPLACED)];
    const kindOf = new Map(kinds.map((kind, i) => [`S0000210101${String(i).padStart(2, '0')}`, kind]));
    const codes = [...kindOf.keys()];
    stage.owner.keeps = false;
    stage.owner.onWay = (part, number, key) => ON_WAY[kindOf.get(key) ?? '']?.(part, number, key) ?? [part];
    stage.owner.replace = (request, state) => REPLACED[kindOf.get(request.key) ?? '']?.(request, state);
    for (const code of codes) {
      stage.lose(code, issued(code, 3));
      await stage.say(code, voided(numberOf(code, 2)));
    }
    const refusals = async (): Promise<number> =>
      ((await metrics.registry.getSingleMetric('hengji_verify_snapshots_refused_total')?.get())?.values ?? []).reduce(
        (sum, { value }) => sum + value,
        0,
      );
    const before = await refusals();
    await until(refusals, (count) => count >= before + codes.length, { withinMs: 20_000 });
    expect(codes.filter((code) => !stage.owner.asked.includes(`snapshot ${code}`))).toEqual([]);
    const says = await Promise.all(codes.map(async (code) => [kindOf.get(code), await stage.saysOf(numberOf(code, 1))]));
    expect(says).toEqual(codes.map((code) => [kindOf.get(code), '503 complete']));
    stage.owner.onWay = (part) => [part];
    stage.owner.replace = () => undefined;
    await Promise.all(codes.map((code) => stage.becomes(numberOf(code, 1), 'valid', '404')));
    expect(await Promise.all(codes.map((code) => stage.saysOf(numberOf(code, 2))))).toEqual(codes.map(() => 'void'));
  });
});

interface Transaction {
  send(o: { topic: string; messages: { key: string; partition: number; value: string }[] }): Promise<unknown>;
  abort(): Promise<void>;
}
interface Producer {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  transaction(): Promise<Transaction>;
}
interface KafkaJs {
  readonly Kafka: new (o: object) => { producer(o: object): Producer };
}

/** A transaction of another writer that has written into every partition. */
const openTransaction = async () => {
  const { Kafka } = createRequire(__filename)('kafkajs') as KafkaJs;
  const client = new Kafka({ brokers: testBrokers(), logLevel: 0 });
  const producer = client.producer({ transactionalId: `${stage.prefix}stranger`, maxInFlightRequests: 1, transactionTimeout: 60_000 });
  await producer.connect();
  const transaction = await producer.transaction();
  const messages = Array.from({ length: TOPICS.certificate.settings.partitions }, (_, partition) => ({ key: 'x', partition, value: 'x' }));
  await transaction.send({ topic: `${stage.prefix}${TOPIC}`, messages });
  return { abort: () => transaction.abort(), leave: () => producer.disconnect() };
};

describe("another writer's transaction", () => {
  const code = 'S000021010003';
  const [one, other, more] = [numberOf(code, 1), numberOf(code, 2), numberOf(code, 3)];
  beforeAll(async () => {
    await stage.start();
    await stage.say(code, issued(code, 3));
    await stage.becomes(one, 'valid');
  });
  afterAll(() => stage.stop());

  it('that was aborted does not hide the end of the topic', async () => {
    const transaction = await openTransaction();
    await transaction.abort();
    await transaction.leave();
    // Older proofs have expired by then.
    const since = performance.now();
    const seen: string[] = [];
    await until(
      async () => seen.push(await stage.saysOf(one)),
      () => performance.now() - since > 3_000,
    );
    expect(seen.slice(-5)).toEqual(Array(5).fill('valid'));
    await stage.say(code, voided(other));
    await stage.becomes(other, 'void');
  });

  it('that stays open delays no true record behind it', async () => {
    const transaction = await openTransaction();
    await stage.say(code, voided(more));
    await stage.becomes(more, 'void');
    await stage.becomes(one, 'valid');
    await transaction.leave();
  });
});
