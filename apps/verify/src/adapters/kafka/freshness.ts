// Asks the brokers repeatedly which topics exist and where they begin and end, and compares that with the positions of the tails. Lookups
// make no requests: they read the state stored here.
import { every, metrics, type Log, type Part, type Round } from '@hengji/host';
import type { Bounds, Kafka, Tail, TopicNow } from '@hengji/messaging';
import { proofOfReading } from '../../domain/proof-of-reading';

export interface Freshness extends Part {
  fresh(): boolean;
  /** True once everything has been read to its end since the start. */
  caughtUp(): boolean;
  /** Everything was read up to the ends requested at or after this moment of `performance.now()`. */
  provenSince(moment: number): boolean;
  /** When the ends were requested that were last reached. */
  asOf(): Date;
}

/** Why the topic differs from what was read of it. */
export type TopicDoubt = 'recreated' | 'beginning_gone';

export interface FreshnessOptions {
  readonly kafka: Kafka;
  readonly tails: ReadonlyMap<string, Pick<Tail, 'told' | 'restart'>>;
  readonly log: Log;
  readonly now: () => Date;
  /** The copy of the topic may lack events that the topic has lost. */
  readonly onDoubt: (topic: string, why: TopicDoubt) => void;
}

const ASK_EVERY_MS = 400;
/** The interval while ends are not reached yet. */
const LOOK_EVERY_MS = 25;

const doubts = metrics.counter('hengji_verify_topic_doubts_total', 'Topics that were found to be recreated, or without their beginning', [
  'topic',
  'reason',
]);
const provenAge = metrics.gauge('hengji_verify_proven_age_seconds', 'Age of the last proof that everything was read');

type Told = ReadonlyMap<number, bigint>;
type Ends = ReadonlyMap<number, Bounds>;

/** An empty partition needs no reading. */
const reached = (told: Told, ends: Ends): boolean =>
  [...ends].every(([partition, { low, high }]) => high === low || (told.get(partition) ?? 0n) >= high);

const isShorter = (told: Told, ends: Ends): boolean =>
  // A partition that no longer exists counts as the shortest.
  [...told].some(([partition, offset]) => offset > (ends.get(partition)?.high ?? 0n));

const lacksBeginning = (told: Told, ends: Ends): boolean => [...ends].some(([partition, { low }]) => low > (told.get(partition) ?? 0n));

interface Asked {
  readonly at: number;
  readonly wall: Date;
  readonly ends: ReadonlyMap<string, Ends>;
}

/** Checks whether the topics are still those that were read; restarts the reading of one that is not. */
const comparison = ({ tails, log, onDoubt }: Pick<FreshnessOptions, 'tails' | 'log' | 'onDoubt'>) => {
  const withoutBeginning = new Map<string, string>();
  const ids = new Map<string, string>();
  const doubt = (topic: string, why: TopicDoubt): void => {
    doubts.inc({ topic, reason: why });
    log.error({ topic, why }, 'the topic is not what was read of it; the copy is compared with its owner');
    onDoubt(topic, why);
  };

  /** Whether the topic's id is the one from the start of its tail; unknown for what was read before the first request. */
  const sameId = (topic: string, id: string, told: Told): 'same' | 'another' | 'unknown' => {
    const known = ids.get(topic);
    ids.set(topic, id);
    if (known === undefined) return told.size > 0 ? 'unknown' : 'same';
    return known === id ? 'same' : 'another';
  };

  /** Compares with the positions from before the request: a topic only grows, so its ends cannot be lower. */
  return async (before: ReadonlyMap<string, Told>, found: ReadonlyMap<string, TopicNow>): Promise<boolean> => {
    let same = true;
    for (const [topic, { id, ends: own }] of found) {
      const told = before.get(topic) ?? new Map();
      const itsId = sameId(topic, id, told);
      if (itsId !== 'same' || isShorter(told, own)) {
        same = false;
        // A broker that started late does not mean that a topic was created again; the topic is only read again.
        if (itsId !== 'unknown' || isShorter(told, own)) doubt(topic, 'recreated');
        await tails.get(topic)?.restart();
        continue;
      }
      const lows = [...own].map(([partition, { low }]) => `${partition}:${low}`).join();
      if (lacksBeginning(told, own) && withoutBeginning.get(topic) !== lows) {
        withoutBeginning.set(topic, lows);
        doubt(topic, 'beginning_gone');
      }
    }
    return same;
  };
};

export const freshness = ({ kafka, tails, log, now, onDoubt }: FreshnessOptions): Freshness => {
  const watch = kafka.topicWatch();
  const proof = proofOfReading();
  const compare = comparison({ tails, log, onDoubt });
  let asked: Asked | undefined;
  let provenAt = Number.NEGATIVE_INFINITY;
  let provenWall = new Date(0);

  const look = (): number => {
    const at = performance.now();
    proof.look(at, now().getTime());
    return at;
  };

  const ask = async (): Promise<void> => {
    const at = look();
    const wall = now();
    const before = new Map([...tails].map(([topic, tail]) => [topic, new Map(tail.told())]));
    const found = await watch.look([...tails.keys()]);
    look();
    const same = await compare(before, found);
    asked = same ? { at, wall, ends: new Map([...found].map(([topic, { ends }]) => [topic, ends])) } : undefined;
  };

  const prove = (): void => {
    if (!asked) return;
    const { at, wall, ends } = asked;
    if (![...ends].every(([topic, own]) => reached(tails.get(topic)?.told() ?? new Map(), own))) return;
    proof.proven(at);
    [provenAt, provenWall] = [at, wall];
    asked = undefined;
  };

  const turn = async ({ running, pause }: Round): Promise<void> => {
    const since = look();
    try {
      await ask();
      prove();
      while (running() && asked && performance.now() - since < ASK_EVERY_MS) {
        await pause(LOOK_EVERY_MS);
        look();
        prove();
      }
    } finally {
      provenAge.set((performance.now() - provenAt) / 1_000);
      await pause(ASK_EVERY_MS - LOOK_EVERY_MS - (performance.now() - since));
    }
  };
  const turns = every(LOOK_EVERY_MS, { work: turn, failed: (err) => log.warn({ err }, 'the broker does not answer') });

  let looking: NodeJS.Timeout | undefined;
  return {
    name: 'freshness',
    start: async () => {
      // A request to an unavailable broker takes seconds; a timer shows that the process runs meanwhile.
      looking = setInterval(look, LOOK_EVERY_MS * 4);
      turns.start();
    },
    stop: async () => {
      clearInterval(looking);
      const stopped = turns.stop();
      await watch.close();
      await stopped;
    },
    fresh: () => proof.fresh(look()),
    caughtUp: () => provenAt > Number.NEGATIVE_INFINITY,
    provenSince: (moment) => provenAt >= moment,
    asOf: () => provenWall,
  };
};
