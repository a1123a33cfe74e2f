// Asks the brokers again and again which topics these are and where they begin and end, and compares that with what the tails have told.
// Lookups ask nobody: they read what is known here.
import { every, metrics, type Log, type Part, type Round } from '@hengji/host';
import type { Bounds, Kafka, Tail, TopicNow } from '@hengji/messaging';
import { proofOfReading } from '../../domain/proof-of-reading';

export interface Freshness extends Part {
  fresh(): boolean;
  /** True once everything has been read to its end since the start. */
  caughtUp(): boolean;
  /** All was read to the ends as asked for at or after this moment of `performance.now()`. */
  provenSince(moment: number): boolean;
  /** When the ends were asked for that were reached last. */
  asOf(): Date;
}

/** Why a topic is not what was read of it. */
export type TopicDoubt = 'recreated' | 'beginning_gone';

export interface FreshnessOptions {
  readonly kafka: Kafka;
  readonly tails: ReadonlyMap<string, Pick<Tail, 'told' | 'restart'>>;
  readonly log: Log;
  readonly now: () => Date;
  /** The copy of the topic may lack what the topic does not have any more. */
  readonly onDoubt: (topic: string, why: TopicDoubt) => void;
}

const ASK_EVERY_MS = 400;
/** While ends are not reached yet. */
const LOOK_EVERY_MS = 25;

const doubts = metrics.counter('hengji_verify_topic_doubts_total', 'Topics that were found to be recreated, or without their beginning', [
  'topic',
  'reason',
]);
const provenAge = metrics.gauge('hengji_verify_proven_age_seconds', 'Age of the last proof that everything was read');

type Told = ReadonlyMap<number, bigint>;
type Ends = ReadonlyMap<number, Bounds>;

/** Where nothing is, nothing is to be read. */
const reached = (told: Told, ends: Ends): boolean =>
  [...ends].every(([partition, { low, high }]) => high === low || (told.get(partition) ?? 0n) >= high);

const isShorter = (told: Told, ends: Ends): boolean =>
  // A partition that is no more is the shortest.
  [...told].some(([partition, offset]) => offset > (ends.get(partition)?.high ?? 0n));

const lacksBeginning = (told: Told, ends: Ends): boolean => [...ends].some(([partition, { low }]) => low > (told.get(partition) ?? 0n));

interface Asked {
  readonly at: number;
  readonly wall: Date;
  readonly ends: ReadonlyMap<string, Ends>;
}

/** Says whether the topics are still those that were read; begins anew with one that is not. */
const comparison = ({ tails, log, onDoubt }: Pick<FreshnessOptions, 'tails' | 'log' | 'onDoubt'>) => {
  const withoutBeginning = new Map<string, string>();
  const ids = new Map<string, string>();
  const doubt = (topic: string, why: TopicDoubt): void => {
    doubts.inc({ topic, reason: why });
    log.error({ topic, why }, 'the topic is not what was read of it; the copy is compared with its owner');
    onDoubt(topic, why);
  };

  /** Whether the topic's id is the one that it had when its tail began to read; of what was read before the first question, nobody knows. */
  const sameId = (topic: string, id: string, told: Told): 'same' | 'another' | 'unknown' => {
    const known = ids.get(topic);
    ids.set(topic, id);
    if (known === undefined) return told.size > 0 ? 'unknown' : 'same';
    return known === id ? 'same' : 'another';
  };

  /** Compares with what was told before the question: a topic only grows, so its ends cannot lie below. */
  return async (before: ReadonlyMap<string, Told>, found: ReadonlyMap<string, TopicNow>): Promise<boolean> => {
    let same = true;
    for (const [topic, { id, ends: own }] of found) {
      const told = before.get(topic) ?? new Map();
      const itsId = sameId(topic, id, told);
      if (itsId !== 'same' || isShorter(told, own)) {
        same = false;
        // A broker that came up late is no sign of a topic made anew; it is only read once more.
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
      // A question to a broker that is away takes seconds; the process does not stand still meanwhile.
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
