// A whole topic from its beginning, for a reader that keeps its state in memory (`verify`): no database, no committed
// offsets, a group of its own. After any failure of the connection reading goes on where it was; no record is told twice. An event
// that its owner sends once more is another record of the same event: who listens knows it by its sequence. A record that its
// topic's owner has not sealed is not told at all.
import { randomUUID } from 'node:crypto';
import { countElements, MAX_ELEMENTS, writersOf, type Envelope, type Topic } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka, Reader } from '../kafka/kafka';
import { SEAL_HEADER } from '../seal/record-seal';
import type { SealReader } from '../seal/seal-check';
import { tailSeals, type TailSeals } from '../seal/tail-seals';

export interface TailOptions<E extends Envelope> {
  readonly kafka: Kafka;
  readonly topic: Topic<E>;
  /**
   * Where it accepts unsealed records (the first upgrade), only those are that lie before the first sealed one of their partition:
   * the history of before. Whoever writes there later comes too late.
   */
  readonly seals: SealReader;
  /** Called once per record, per key in order. What it throws is a defect: it is logged and counted, reading goes on. */
  readonly onEvent: (event: E, headers: Readonly<Record<string, string>>, value: Uint8Array) => void;
  readonly log: Log;
}

const RECORDS_A_TURN = 500;
/** So often a record whose key is not known yet is looked at again. */
const LOOK_AGAIN_MS = 1_000;

const unheard = metrics.counter('hengji_tail_unheard_total', 'Records that a tail could not read or use', ['topic']);

export interface Tail extends Part {
  /** Per partition the offset after what was read: all of its records were told, and markers of transactions were passed. */
  told(): ReadonlyMap<number, bigint>;
  /** Begins at the beginning once more: the topic is another one under the same name. */
  restart(): Promise<void>;
  alive(): boolean;
}

/** Tells the event of a record that may be told. */
const teller = <E extends Envelope>({ topic, log, onEvent }: TailOptions<E>) => {
  const notHeard = (err: unknown): void => {
    unheard.inc({ topic: topic.name });
    log.error({ err, topic: topic.name }, 'an event was not heard');
  };
  const tell = ({ value, headers, key }: IncomingRecord): void => {
    try {
      if (countElements(topic.codec, value, MAX_ELEMENTS) > MAX_ELEMENTS) throw new Error(`record has more than ${MAX_ELEMENTS} elements`);
      const event = topic.codec.decode(value);
      const { meta } = event;
      if (!meta || !event.body) throw new Error('envelope without meta or without a body known here');
      // Who seals numbers what he says: an event without a number would never be compared.
      if (headers[SEAL_HEADER] !== undefined && meta.sequence === 0n) throw new Error('a sealed event without a number');
      if (headers[SEAL_HEADER] !== undefined && headers['ce_sequence'] !== String(meta.sequence))
        throw new Error(`number ${meta.sequence} is not the ${headers['ce_sequence']} of the headers`);
      if (meta.institution !== key) throw new Error(`key ${key} is not the institution ${meta.institution} of the envelope`);
      onEvent(event, headers, value);
    } catch (failure) {
      notHeard(failure);
    }
  };
  return { tell, notHeard };
};

/** One reading of the topic from its beginning: what it has told, and which seals it has met. */
interface Reading {
  readonly told: Map<number, bigint>;
  readonly seals: TailSeals;
}

/** Reads all of the topic and goes on. */
export const tail = <E extends Envelope>(o: TailOptions<E>): Tail => {
  const { topic, log } = o;
  const { tell, notHeard } = teller(o);
  const cannotLook = (err: unknown): void => log.warn({ err, topic: topic.name }, 'the trust list cannot be read');
  const newReading = (): Reading => ({
    told: new Map(),
    seals: tailSeals(o.seals, { topic: topic.name, writers: writersOf(topic) }, { tell, notHeard, cannotLook }),
  });
  let reading = newReading();
  let looking: NodeJS.Timeout | undefined;

  const onBatch = async (mine: Reading, { partition, records, nextOffset }: IncomingBatch, control: BatchControl): Promise<void> => {
    const hear = mine.seals.batch(partition);
    for (const [index, record] of records.entries()) {
      // A batch of the reader before this one may still be under way.
      if (mine !== reading) return;
      if (record.offset >= (mine.told.get(partition) ?? 0n)) {
        hear(record);
        mine.told.set(partition, record.offset + 1n);
      }
      if (index % RECORDS_A_TURN === RECORDS_A_TURN - 1) {
        await control.heartbeat();
        // A long history must not keep the process from answering meanwhile.
        await new Promise(setImmediate);
        if (!control.running()) return;
      }
    }
    // Markers of transactions are no records; without them the end of the topic would never be reached.
    if (mine === reading && nextOffset > (mine.told.get(partition) ?? 0n)) mine.told.set(partition, nextOffset);
  };

  const newReader = (): Reader => {
    const mine = reading;
    return o.kafka.reader({
      group: `tail-${randomUUID()}`,
      topics: [topic.name],
      commit: false,
      goOnAt: (_, partition) => mine.told.get(partition),
      onBatch: (batch, control) => onBatch(mine, batch, control),
    });
  };
  let reader = newReader();
  return {
    name: `tail ${topic.name}`,
    start: async () => {
      looking = setInterval(() => reading.seals.lookAgain(), LOOK_AGAIN_MS);
      await reader.start();
    },
    stop: async () => {
      clearInterval(looking);
      await reader.stop();
    },
    told: () => reading.told,
    restart: async () => {
      reading = newReading();
      const old = reader;
      reader = newReader();
      await Promise.all([old.stop(), reader.start()]);
    },
    alive: () => reader.alive(),
  };
};
