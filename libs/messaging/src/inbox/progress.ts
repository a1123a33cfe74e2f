// Whether the consumer makes progress. For each of its partitions: the lag against the end of the topic, read from the broker by a timer,
// and the time since the last settled record while records wait. Otherwise a batch that never ends would look like a topic without new
// records.
import { metrics, type Log } from '@hengji/host';
import type { Reader, Standing } from '../kafka/kafka';
import type { Deadly } from './attempts';

/** A stretch of a hundred records takes less than a second; one that takes this long needs a check, although it may still end. */
const STUCK_AFTER_MS = 60_000;

const lag = metrics.gauge('hengji_consumer_lag', 'Records of a partition not yet settled', ['service', 'topic', 'partition']);
const anew = metrics.counter('hengji_topic_recreated_total', 'Partitions that were found to be another topic’s under the same name', [
  'service',
  'topic',
]);

export interface ProgressOptions {
  readonly service: string;
  readonly reader: Pick<Reader, 'standings'>;
  readonly log: Log;
  readonly stuckAfterMs?: number | undefined;
  /** Batches in which earlier processes died: a crash loop is not progress either. */
  readonly deadly: () => Promise<readonly Deadly[]>;
}

interface Place {
  /** The next offset to be settled. */
  next: bigint;
  /** When `next` last moved, or when nothing was waiting. */
  since: number;
  /** The offset after the last record, as the broker last returned it. */
  end: bigint;
  /** False for partitions of other members of the group; those members report them. */
  own: boolean;
  /** Processes died in the next batch. */
  dying: boolean;
}

export interface Progress {
  /** The consumer settled everything before this offset, or received its position. */
  settled(topic: string, partition: number, next: bigint): void;
  /** The topic was created again under the same name; the partition is read from its beginning. */
  recreated(topic: string, partition: number): void;
  /** Asks the broker for the ends of all partitions. */
  measure(): Promise<void>;
  /**
   * Why the consumer is not ready: one of its partitions has records waiting, and none was settled for too long. Before it has a
   * partition: a partition in which earlier processes died.
   */
  trouble(): string | undefined;
}

const waitingOf = ({ next, end }: Place): bigint => (end > next ? end - next : 0n);

const placeOf = (places: Map<string, Place>, topic: string, partition: number): Place => {
  const id = `${topic}[${partition}]`;
  const place = places.get(id) ?? { next: 0n, since: performance.now(), end: 0n, own: false, dying: false };
  places.set(id, place);
  return place;
};

export const progress = ({ service, reader, log, deadly, stuckAfterMs = STUCK_AFTER_MS }: ProgressOptions): Progress => {
  const places = new Map<string, Place>();

  const settled: Progress['settled'] = (topic, partition, next) => {
    const place = placeOf(places, topic, partition);
    if (next > place.next) Object.assign(place, { next, since: performance.now() });
  };

  const recreated: Progress['recreated'] = (topic, partition) => {
    anew.inc({ service, topic });
    log.error({ topic, partition }, 'topic re-created: another one under the same name, it is read from its beginning');
    Object.assign(placeOf(places, topic, partition), { next: 0n, since: performance.now() });
  };

  const see = ({ topic, partition, committed, end, assigned }: Standing): void => {
    settled(topic, partition, committed);
    const place = placeOf(places, topic, partition);
    if (end < place.next) recreated(topic, partition);
    Object.assign(place, { end, own: assigned });
    lag.set({ service, topic, partition }, Number(waitingOf(place)));
    if (!assigned || waitingOf(place) === 0n) place.since = performance.now();
  };

  const mark = (found: readonly Deadly[]): void => {
    for (const place of places.values()) place.dying = false;
    for (const { topic, partition, offset, ageMs } of found) {
      const place = placeOf(places, topic, partition);
      if (place.next > offset || waitingOf(place) === 0n) continue;
      Object.assign(place, { dying: true, since: Math.min(place.since, performance.now() - ageMs) });
    }
  };

  const trouble = (): string | undefined => {
    const now = performance.now();
    const hasAny = [...places.values()].some(({ own }) => own);
    const isMine = ({ own, dying }: Place): boolean => own || (dying && !hasAny);
    const stuck = [...places].filter(([, place]) => isMine(place) && waitingOf(place) > 0n && now - place.since > stuckAfterMs);
    if (stuck.length === 0) return undefined;
    return stuck.map(([id, place]) => `${id}: ${waitingOf(place)} records wait, none settled since offset ${place.next}`).join('; ');
  };

  return {
    settled,
    recreated,
    trouble,
    measure: async () => {
      for (const standing of await reader.standings()) see(standing);
      mark(await deadly());
      const reason = trouble();
      if (reason !== undefined) log.error({ reason }, 'a partition does not get on');
    },
  };
};
