// Whether the consumer gets on: for each of its partitions the lag against the end of the topic, asked of the broker by a timer, and
// since when nothing was settled although something waits. A batch that never ends would otherwise look like a topic without news.
import { metrics, type Log } from '@hengji/host';
import type { Reader, Standing } from '../kafka/kafka';
import type { Deadly } from './attempts';

/** A stretch of a hundred records takes less than a second; one that takes so long is worth a look, though it may end yet. */
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
  /** What processes before this one died of: a crash loop is no progress either. */
  readonly deadly: () => Promise<readonly Deadly[]>;
}

interface Place {
  /** The next offset to be settled. */
  next: bigint;
  /** When it last moved, or was last seen with nothing waiting. */
  since: number;
  /** The offset after the last record, as the broker last said. */
  end: bigint;
  /** What another member of the group works on is its own to answer for. */
  own: boolean;
  /** Processes died in the batch that is next. */
  dying: boolean;
}

export interface Progress {
  /** The consumer settled everything before this offset, or was told where it stands. */
  settled(topic: string, partition: number, next: bigint): void;
  /** The partition is another one under the same name, and is read from its beginning. */
  recreated(topic: string, partition: number): void;
  /** Asks the broker where all partitions end. */
  measure(): Promise<void>;
  /**
   * Why the consumer is not ready: a partition of its own with records waiting, of which none was settled for too long. Before it has any
   * partition, one in which the processes before it died.
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
