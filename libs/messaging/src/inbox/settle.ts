// Settles a stretch of records: each is handled, found to be a duplicate, or parked. First all in one transaction. When this fails, one by
// one: the failing record is found, retried a few times, and parked with its key. A database outage, a database that takes no writes, or a
// conflict is not a fault of a record: then the consumer waits without a time limit.
import { failureKind, type Log, metrics } from '@hengji/host';
import type { BatchControl } from '../kafka/kafka';
import { bell, pauseMs } from '../pauses';
import type { SqlTx } from '../sql';
import { describe, givenUp, isReadable, NotSealed, type Arrival } from './arrival';
import { handleArrivals, type Handling } from './handle-arrivals';

const TRIES = 5;
const PAUSE = { firstMs: 100, longestMs: 3_000 };
const BEAT_MS = 1_000;

const consumed = metrics.counter('hengji_consumed_total', 'Events that arrived, by what became of them', ['service', 'topic', 'outcome']);

const waited = metrics.counter('hengji_consumer_waits_total', 'Tries that ended in an outage or a conflict of the database', [
  'service',
  'topic',
  'kind',
]);

/** Thrown to leave a batch; the next run handles the rest. */
export class Leaving extends Error {}

/** Thrown when a record can be neither handled nor parked: its partition is set aside, and the other partitions continue. */
export class Unsettled extends Error {}

/** What settling needs beside the records. */
export interface Settling<Tx extends SqlTx> {
  readonly service: string;
  readonly handling: Handling<Tx>;
  readonly control: BatchControl;
  readonly log: Log;
}

/** Settles the arrivals in their order and reports each as done after its commit. Throws Leaving when the reader is stopping. */
export const settleStretch = async <Tx extends SqlTx>(s: Settling<Tx>, stretch: readonly Arrival<Tx>[]): Promise<void> => {
  try {
    await handleAndCount(s, stretch);
  } catch (failure) {
    s.log.debug({ err: failure, topic: s.handling.topic }, 'a stretch failed, going one by one');
    for (const arrival of stretch) {
      await settleOne(s, arrival);
      s.control.done(arrival.raw.offset);
    }
  }
  const last = stretch.at(-1);
  if (last) s.control.done(last.raw.offset);
};

const handleAndCount = async <Tx extends SqlTx>({ service, handling }: Settling<Tx>, arrivals: readonly Arrival<Tx>[]): Promise<void> => {
  const outcomes = await handleArrivals(handling, arrivals);
  for (const outcome of outcomes) consumed.inc({ service, topic: handling.topic, outcome });
};

const settleOne = async <Tx extends SqlTx>(s: Settling<Tx>, arrival: Arrival<Tx>): Promise<void> => {
  let current = arrival;
  let failed = 0;
  for (let waits = 1; ; waits += 1) {
    if (!s.control.running()) throw new Leaving();
    try {
      await handleAndCount(s, [current]);
      return;
    } catch (failure) {
      const kind = failureKind(failure);
      const blamed = kind === 'defect';
      if (blamed) failed += 1;
      else waited.inc({ service: s.service, topic: s.handling.topic, kind });
      s.log.warn({ err: failure, topic: s.handling.topic, type: arrival.type, failed, kind }, 'an event was not handled');
      if (failed >= TRIES && !isReadable(current)) throw new Unsettled(`a record cannot be parked: ${describe(failure)}`);
      if (isReadable(current) && (failure instanceof NotSealed || (blamed && failed >= TRIES))) {
        s.log.error({ topic: s.handling.topic, type: arrival.type, reason: describe(failure) }, 'an event is parked');
        current = givenUp(current, failure, failed);
        failed = 0;
        continue;
      }
    }
    await waitAlive(pauseMs(waits, PAUSE), s.control);
  }
};

/** Waits and keeps sending heartbeats; a rebalance ends the wait by throwing. */
export const waitAlive = async (totalMs: number, control: BatchControl): Promise<void> => {
  const rest = bell();
  for (let left = totalMs; left > 0 && control.running(); left -= BEAT_MS) {
    await rest.wait(Math.min(left, BEAT_MS));
    await control.heartbeat();
  }
};
