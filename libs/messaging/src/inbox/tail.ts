// A whole topic from its beginning, for a reader that keeps its state in memory (`verify`): no database, no committed
// offsets, a group of its own. After any failure of the connection reading begins at the start again; what was told
// already is not told twice, and never an older state after a newer one. A record that its topic's owner has not sealed is not
// told at all, and what it says of its number is not believed.
import { randomUUID } from 'node:crypto';
import { writersOf, type Envelope, type Topic } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka } from '../kafka/kafka';
import { pauses } from '../pauses';
import { SEAL_HEADER } from '../seal/record-seal';
import type { SealReader } from '../seal/seal-check';
import { tailSeals } from '../seal/tail-seals';
import { newsFilter } from './news-filter';

export interface TailOptions<E extends Envelope> {
  readonly kafka: Kafka;
  readonly topic: Topic<E>;
  /**
   * Where it accepts unsealed records (the first upgrade), only those are that lie before the first sealed one of their partition:
   * the history of before. Whoever writes there later comes too late.
   */
  readonly seals: SealReader;
  /** Called once per event, per key in order. What it throws is a defect: it is logged and counted, reading goes on. */
  readonly onEvent: (event: E, headers: Readonly<Record<string, string>>) => void;
  readonly log: Log;
}

const RECORDS_A_TURN = 500;
/** So often a record whose key is not known yet is looked at again. */
const LOOK_AGAIN_MS = 1_000;

const unheard = metrics.counter('hengji_tail_unheard_total', 'Records that a tail could not read or use', ['topic']);

/** Tells the event of a record that may be told. */
const teller = <E extends Envelope>({ topic, log, onEvent }: TailOptions<E>) => {
  const isNews = newsFilter();
  const notHeard = (err: unknown): void => {
    unheard.inc({ topic: topic.name });
    log.error({ err, topic: topic.name }, 'an event was not heard');
  };
  const tell = ({ value, headers, key }: IncomingRecord): void => {
    try {
      const event = topic.codec.decode(value);
      const { meta } = event;
      if (!meta || !event.body) throw new Error('envelope without meta or without a body known here');
      if (headers[SEAL_HEADER] !== undefined && headers['ce_sequence'] !== String(meta.sequence))
        throw new Error(`number ${meta.sequence} is not the ${headers['ce_sequence']} of the headers`);
      if (meta.institution !== key) throw new Error(`key ${key} is not the institution ${meta.institution} of the envelope`);
      if (isNews(`${headers['ce_source'] ?? ''} ${key}`, meta.sequence)) onEvent(event, headers);
    } catch (failure) {
      notHeard(failure);
    }
  };
  return { tell, notHeard };
};

/** Reads all of the topic and goes on. `caughtUp` turns true when all that was there at the start has been told. */
export const tail = <E extends Envelope>(o: TailOptions<E>): Part & { caughtUp(): boolean; alive(): boolean } => {
  const { topic, log } = o;
  const told = new Map<number, bigint>();
  let ends: ReadonlyMap<number, bigint> | undefined;
  let running = false;
  let looking: NodeJS.Timeout | undefined;
  let finding: Promise<void> = Promise.resolve();
  const pause = pauses({ firstMs: 200, longestMs: 2_000 });

  const { tell, notHeard } = teller(o);
  const seals = tailSeals(
    o.seals,
    { topic: topic.name, writers: writersOf(topic) },
    { tell, notHeard, cannotLook: (err) => log.warn({ err, topic: topic.name }, 'the trust list cannot be read') },
  );

  const onBatch = async ({ partition, records }: IncomingBatch, control: BatchControl): Promise<void> => {
    const hear = seals.batch(partition);
    for (const [index, record] of records.entries()) {
      if (record.offset >= (told.get(partition) ?? 0n)) {
        hear(record);
        told.set(partition, record.offset + 1n);
      }
      if (index % RECORDS_A_TURN === RECORDS_A_TURN - 1) {
        await control.heartbeat();
        // A long history must not keep the process from answering meanwhile.
        await new Promise(setImmediate);
        if (!control.running()) return;
      }
    }
  };

  const findEnds = async (): Promise<void> => {
    while (running && !ends) {
      try {
        ends = await o.kafka.endOffsets(topic.name);
      } catch (failure) {
        log.warn({ err: failure, topic: topic.name }, 'the end of the topic is not known yet');
        await pause.next();
      }
    }
  };

  const reader = o.kafka.reader({ group: `tail-${randomUUID()}`, topics: [topic.name], commit: false, onBatch });
  return {
    name: `tail ${topic.name}`,
    start: async () => {
      running = true;
      finding = findEnds();
      looking = setInterval(seals.lookAgain, LOOK_AGAIN_MS);
      await reader.start();
    },
    stop: async () => {
      running = false;
      clearInterval(looking);
      pause.cancel();
      await reader.stop();
      await finding;
    },
    caughtUp: () => ends !== undefined && [...ends].every(([partition, end]) => (told.get(partition) ?? 0n) >= end),
    alive: () => reader.alive(),
  };
};
