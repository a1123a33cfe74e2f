// Reads a whole topic from its beginning, for a service that keeps its state in memory (`verify`): no database, no committed offsets, a
// group of its own. After any connection failure reading continues at the same position; each record is passed to the listener once. An
// event that its owner publishes again is another record of the same event: the listener recognizes it by its sequence number. A record
// without the seal of the topic's owner is not passed to the listener.
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
   * Where unsealed records are accepted (the first upgrade), only those before the first sealed record of their partition are accepted:
   * the older history. An unsealed record after that is refused.
   */
  readonly seals: SealReader;
  /** Called once per record, in order per key. An exception here is a defect: it is logged and counted, and reading continues. */
  readonly onEvent: (event: E, headers: Readonly<Record<string, string>>, value: Uint8Array) => void;
  readonly log: Log;
}

const RECORDS_A_TURN = 500;
/** How often a record whose key is not known yet is checked again. */
const LOOK_AGAIN_MS = 1_000;

const unheard = metrics.counter('hengji_tail_unheard_total', 'Records that a tail could not read or use', ['topic']);

export interface Tail extends Part {
  /** Per partition the offset after the last record read: the listener got all records before it, and transaction markers were skipped. */
  told(): ReadonlyMap<number, bigint>;
  /** Begins at the beginning again: the topic was created again under the same name. */
  restart(): Promise<void>;
  alive(): boolean;
}

/** Passes the event of an accepted record to the listener. */
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
      // A writer that seals also numbers its events: an event without a number would never be compared.
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

/** One reading of the topic from its beginning: its positions, and the seals that it has found. */
interface Reading {
  readonly told: Map<number, bigint>;
  readonly seals: TailSeals;
}

/** Reads the whole topic and then continues with new records. */
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
      // A batch of the previous reader may still be in flight.
      if (mine !== reading) return;
      if (record.offset >= (mine.told.get(partition) ?? 0n)) {
        hear(record);
        mine.told.set(partition, record.offset + 1n);
      }
      if (index % RECORDS_A_TURN === RECORDS_A_TURN - 1) {
        await control.heartbeat();
        // A long history must not keep the process from answering requests.
        await new Promise(setImmediate);
        if (!control.running()) return;
      }
    }
    // Transaction markers are not records; without counting them the end of the topic would never be reached.
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
