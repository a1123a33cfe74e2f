// Requests a consumer's missing events from their owner. A comparison with the owner's last numbers finds missing events that no later
// event would reveal. A gap that cannot be filled stays listed with its reason.
import { TOPICS } from '@hengji/contracts';
import type { Head } from '@hengji/contracts/messaging/v1/republish_service';
import { metrics, type Log, type Part } from '@hengji/host';
import type { Inspector, Kafka } from '../kafka/kafka';
import { bell } from '../pauses';
import { sourceOf } from '../seal/seal-check';
import type { SqlDb, SqlTx } from '../sql';
import { claimDue, closeNeverGiven, noteReason, openRevealed, type DueGap, type GapReason } from './gap-rows';
import type { Owner, Owners } from './owners';

export interface GapRepairOptions<Tx extends SqlTx> {
  /** Also the name of the consumer group. */
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kafka: Kafka;
  readonly topics: readonly { readonly topic: string }[];
  readonly owners: Owners;
  readonly log: Log;
  /** How often the numbers are compared; a minute. */
  readonly compareMs?: number;
  /** How often gaps are looked for, and the first pause after a request; five seconds. */
  readonly lookMs?: number;
}

const COMPARE_MS = 60_000;
const LOOK_MS = 5_000;
const GAPS_A_LOOK = 20;
const MOST_AT_ONCE = 1_000n;
const HEADS_A_TRANSACTION = 500;
/** How long a comparison waits for the consumer to reach the end; after that the next comparison does it. */
const PATIENCE_MS = 10_000;
const POLL_MS = 250;

const asked = metrics.counter('hengji_gaps_asked_total', 'Stretches of missing events that were asked for again, by what came of it', [
  'service',
  'topic',
  'reason',
]);
const revealed = metrics.counter('hengji_gaps_revealed_total', 'Gaps that only the owner’s count revealed', ['service', 'topic']);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const writerOf = (source: string): string => source.replace(/^hengji\//, '');

/** The writers of a topic; for the reply box, all known ones. */
const writersOf = (topic: string, owners: Owners): string[] => {
  const owner = Object.values(TOPICS).find(({ name }) => name === topic)?.owner ?? '';
  return owner === 'many' ? owners.names() : [owner];
};

const askOwner = async <Tx extends SqlTx>({ db }: GapRepairOptions<Tx>, owner: Owner, gap: DueGap): Promise<GapReason> => {
  const { topic, key, first, last } = gap;
  const given = (await owner.head(topic, key))?.last ?? 0n;
  if (last > given) await db.$transaction((tx) => closeNeverGiven(tx, gap, given));
  if (first > given) return 'gap.never_given';
  const { forgotten } = await owner.republish({ topic, key, first, last: least(least(last, given), first + MOST_AT_ONCE - 1n) });
  return forgotten > 0 ? 'gap.forgotten' : 'gap.asked_again';
};

const askFor = async <Tx extends SqlTx>(o: GapRepairOptions<Tx>, gap: DueGap): Promise<void> => {
  const owner = o.owners.find(writerOf(gap.source));
  const told = { topic: gap.topic, source: gap.source, institution: gap.key, first: String(gap.first), last: String(gap.last) };
  const reason = owner
    ? await askOwner(o, owner, gap).catch((err: unknown): GapReason => {
        o.log.warn({ err, ...told }, 'the owner of missing events does not answer');
        return 'gap.owner_away';
      })
    : 'gap.owner_unknown';
  asked.inc({ service: o.service, topic: gap.topic, reason });
  o.log.warn({ ...told, tries: gap.tries, reason }, 'events are missing');
  if (reason !== 'gap.never_given') await noteReason(o.db, gap.id, reason);
};

/** Whether the group has handled everything that was in the topic at the time of the call. */
const consumedAll = async (
  service: string,
  inspector: Inspector,
  topic: string,
  wait: (ms: number) => Promise<boolean>,
): Promise<boolean> => {
  const ends = [...(await inspector.bounds(topic))].filter(([, { low, high }]) => high > low);
  for (let left = PATIENCE_MS; left > 0; left -= POLL_MS) {
    const done = await inspector.committed(service, topic);
    const now = await inspector.bounds(topic);
    // An offset beyond the end belongs to an earlier topic with the same name.
    const reached = (partition: number, end: bigint): boolean => {
      const offset = done.get(partition) ?? -1n;
      return offset >= end && offset <= (now.get(partition)?.high ?? -1n);
    };
    if (ends.every(([partition, { high }]) => reached(partition, high))) return true;
    if (!(await wait(POLL_MS))) return false;
  }
  return false;
};

const stretchesOf = (heads: readonly Head[]): Head[][] => {
  const stretches: Head[][] = [];
  for (let from = 0; from < heads.length; from += HEADS_A_TRANSACTION) stretches.push(heads.slice(from, from + HEADS_A_TRANSACTION));
  return stretches;
};

type Compare = (topic: string, writer: string) => Promise<void>;

const comparing =
  <Tx extends SqlTx>(o: GapRepairOptions<Tx>, inspector: Inspector, wait: (ms: number) => Promise<boolean>): Compare =>
  async (topic, writer) => {
    const heads = await o.owners.find(writer)?.heads(topic);
    if (!heads || heads.length === 0 || !(await consumedAll(o.service, inspector, topic, wait))) return;
    for (const stretch of stretchesOf(heads)) {
      const opened = await o.db.$transaction((tx) => openRevealed(tx, { topic, source: sourceOf(writer) }, stretch));
      if (opened === 0) continue;
      revealed.inc({ service: o.service, topic }, opened);
      o.log.error({ topic, writer, opened }, 'the owner has published events that never arrived');
    }
  };

/** Starts also while owners, Kafka or PostgreSQL are unavailable. */
export const gapRepair = <Tx extends SqlTx>(o: GapRepairOptions<Tx>): Part => {
  const { compareMs = COMPARE_MS, lookMs = LOOK_MS, log } = o;
  const inspector = o.kafka.inspector();
  const rest = bell();
  let running = false;
  let comparedAt = performance.now();
  let work: Promise<void> = Promise.resolve();
  const wait = async (ms: number): Promise<boolean> => {
    if (running) await rest.wait(ms);
    return running;
  };
  const compare = comparing(o, inspector, wait);

  const turn = async (): Promise<void> => {
    for (const gap of await claimDue(o.db, GAPS_A_LOOK, lookMs)) await askFor(o, gap);
    if (performance.now() - comparedAt < compareMs) return;
    comparedAt = performance.now();
    for (const { topic } of o.topics) {
      for (const writer of writersOf(topic, o.owners)) {
        await compare(topic, writer).catch((err: unknown) => log.debug({ err, topic, writer }, 'counts were not compared'));
      }
    }
  };

  return {
    name: 'gap-repair',
    start: async () => {
      running = true;
      const keepRepairing = async (): Promise<void> => {
        while (await wait(Math.min(lookMs, compareMs)))
          await turn().catch((err: unknown) => log.warn({ err }, 'missing events could not be looked for'));
      };
      work = keepRepairing();
    },
    stop: async () => {
      running = false;
      rest.ring();
      await inspector.close();
      await work;
    },
  };
};
