// Requests what a copy misses: first the missing events again. When the owner no longer stores them, or never gave those numbers, it
// requests the owner's whole state of the key. Key by key, with growing pauses, until the copy is complete.
import type { Envelope, Topic } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import { every, metrics, type Log, type Part, type Round } from '@hengji/host';
import type { Owner, SealReader } from '@hengji/messaging';
import type { TopicCopy } from '../../domain/topic-copy';

export interface MendingOptions<E extends Envelope> {
  readonly topic: Topic<E>;
  readonly copy: TopicCopy<E>;
  readonly owner: Owner;
  readonly seals: SealReader;
  readonly log: Log;
}

const LOOK_EVERY_MS = 200;
const KEYS_A_TURN = 20;
/** Publishing a longer stretch again costs more than the whole state. */
const MOST_AGAIN = 1_000n;
const MOST_STRETCHES = 10;
/** A republished event goes through the owner's outbox and the broker. */
const ARRIVES_WITHIN_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

const mended = metrics.counter('hengji_verify_gaps_mended_total', 'What was done about missing events', ['topic', 'how']);

const snapshotsRefused = metrics.counter('hengji_verify_snapshots_refused_total', 'Snapshots that their owner has not sealed', [
  'topic',
  'reason',
]);

/** The kind of a key's missing numbers. */
type Missing = 'never_given' | 'again' | 'too_many';

/** Rebuilds the key's state from its owner. */
const rebuild = async <E extends Envelope>({ topic, copy, owner, seals }: MendingOptions<E>, key: string): Promise<void> => {
  const rebuilding = copy.rebuild(key);
  let position: bigint | undefined;
  try {
    for await (const part of owner.snapshot(topic.name, key, seals)) {
      if (position === undefined) rebuilding.begin();
      position = part.position;
      for (const bytes of part.events) rebuilding.apply(topic.codec.decode(bytes));
      await new Promise(setImmediate);
    }
    if (position === undefined) throw new Error('a snapshot without a position');
  } catch (failure) {
    rebuilding.leave();
    if (failure instanceof Refusal && failure.kind === 'forbidden') snapshotsRefused.inc({ topic: topic.name, reason: failure.reason });
    throw failure;
  }
  rebuilding.end(position);
};

export const mending = <E extends Envelope>(o: MendingOptions<E>): Part => {
  const { topic, copy, owner, log } = o;
  const tries = new Map<string, { count: number; nextAt: number }>();

  const missingOf = async (key: string): Promise<Missing> => {
    const gaps = copy.gaps(key);
    const [first, last] = [gaps[0]?.first ?? 1n, gaps.at(-1)?.last ?? 0n];
    const given = (await owner.head(topic.name, key))?.last ?? 0n;
    if (copy.last(key) > given) return 'never_given';
    const few = gaps.length > 0 && gaps.length <= MOST_STRETCHES && last - first < MOST_AGAIN;
    // For a key without any event the state is shorter than the history.
    return few && first > 1n ? 'again' : 'too_many';
  };

  const askAgain = async (key: string): Promise<boolean> => {
    let forgotten = 0;
    for (const stretch of copy.gaps(key)) forgotten += (await owner.republish({ topic: topic.name, key, ...stretch })).forgotten;
    log.warn({ topic: topic.name, institution: key, forgotten }, 'missing events were asked for again');
    return forgotten === 0;
  };

  const mend = async (key: string, count: number): Promise<void> => {
    const missing = await missingOf(key);
    if (missing === 'again' && count === 0 && (await askAgain(key))) {
      mended.inc({ topic: topic.name, how: 'again' });
      return;
    }
    await rebuild(o, key);
    mended.inc({ topic: topic.name, how: missing === 'never_given' ? 'never_given' : 'snapshot' });
    const because =
      missing === 'never_given' ? 'the owner never gave these numbers' : 'the events are not to be had any more, or contradict one another';
    log.warn({ topic: topic.name, institution: key, because }, 'the copy was rebuilt from its owner');
  };

  const turn = async ({ running }: Round): Promise<void> => {
    const incomplete = copy.incomplete();
    for (const key of tries.keys()) if (!incomplete.includes(key)) tries.delete(key);
    const due = incomplete.filter((key) => (tries.get(key)?.nextAt ?? 0) <= performance.now());
    for (const key of due.slice(0, KEYS_A_TURN)) {
      if (!running()) return;
      const count = tries.get(key)?.count ?? 0;
      tries.set(key, { count: count + 1, nextAt: performance.now() + Math.min(ARRIVES_WITHIN_MS * 2 ** count, LONGEST_PAUSE_MS) });
      await mend(key, count).catch((err: unknown) =>
        log.warn({ err, topic: topic.name, institution: key, tries: count + 1 }, 'what is missing could not be had'),
      );
    }
  };

  const loop = every(LOOK_EVERY_MS, { work: turn, failed: (err) => log.warn({ err, topic: topic.name }, 'a round of mending failed') });
  return { name: `mending ${topic.name}`, start: async () => loop.start(), stop: loop.stop };
};
