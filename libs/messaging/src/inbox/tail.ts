// A whole topic from its beginning, for a reader that keeps its state in memory (`verify`): no database, no committed
// offsets, a group of its own. After any failure of the connection reading begins at the start again; what was told
// already is not told twice, and never an older state after a newer one.
import { randomUUID } from 'node:crypto';
import type { Envelope, Topic } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import type { BatchControl, IncomingBatch, IncomingRecord, Kafka } from '../kafka/kafka';
import { pauses } from '../pauses';
import { newsFilter } from './news-filter';

export interface TailOptions<E extends Envelope> {
  readonly kafka: Kafka;
  readonly topic: Topic<E>;
  /** Called once per event, per key in order. What it throws is a defect: it is logged and counted, reading goes on. */
  readonly onEvent: (event: E, headers: Readonly<Record<string, string>>) => void;
  readonly log: Log;
}

const RECORDS_A_TURN = 500;

const unheard = metrics.counter('hengji_tail_unheard_total', 'Records that a tail could not read or use', ['topic']);

/** Reads all of the topic and goes on. `caughtUp` turns true when all that was there at the start has been told. */
export const tail = <E extends Envelope>(o: TailOptions<E>): Part & { caughtUp(): boolean; alive(): boolean } => {
  const { topic, log } = o;
  const told = new Map<number, bigint>();
  const isNews = newsFilter();
  let ends: ReadonlyMap<number, bigint> | undefined;
  let running = false;
  let finding: Promise<void> = Promise.resolve();
  const pause = pauses({ firstMs: 200, longestMs: 2_000 });

  const tell = ({ value, headers, key }: IncomingRecord): void => {
    try {
      const event = topic.codec.decode(value);
      const { meta } = event;
      if (!meta || !event.body) throw new Error('envelope without meta or without a body known here');
      if (meta.institution !== key) throw new Error(`key ${key} is not the institution ${meta.institution} of the envelope`);
      if (isNews(`${headers['ce_source'] ?? ''} ${key}`, meta.sequence)) o.onEvent(event, headers);
    } catch (failure) {
      unheard.inc({ topic: topic.name });
      log.error({ err: failure, topic: topic.name }, 'an event was not heard');
    }
  };

  const onBatch = async ({ partition, records }: IncomingBatch, control: BatchControl): Promise<void> => {
    for (const [index, record] of records.entries()) {
      if (record.offset >= (told.get(partition) ?? 0n)) {
        tell(record);
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
      await reader.start();
    },
    stop: async () => {
      running = false;
      pause.cancel();
      await reader.stop();
      await finding;
    },
    caughtUp: () => ends !== undefined && [...ends].every(([partition, end]) => (told.get(partition) ?? 0n) >= end),
    alive: () => reader.alive(),
  };
};
