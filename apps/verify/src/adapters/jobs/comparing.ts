// Checks whether the copy of a topic is complete. The owner returns its last number for each key; when the whole topic was read after that,
// no event may be missing. Compared at the start, whenever the topic is in doubt, and at intervals. Only the comparison finds a lost event
// at the end, because no later event reveals it. An unavailable owner confirms nothing, so its last confirmation expires.
import { every, type Log, type Part, type Round } from '@hengji/host';
import type { Owner } from '@hengji/messaging';
import type { TopicCopy } from '../../domain/topic-copy';

export interface Comparing extends Part {
  /** True while a comparison with the owner succeeded recently, and the copy has not been in doubt since. */
  whole(): boolean;
  doubt(): void;
}

export interface ComparingOptions {
  readonly copy: Pick<TopicCopy<never>, 'topic' | 'expect' | 'lasts' | 'distrust'>;
  readonly owner: Owner;
  readonly provenSince: (moment: number) => boolean;
  /** Three comparisons fit into this time: an owner may miss two, for example during a restart, before an answer changes. */
  readonly ownersConfirmWithinMs: number;
  readonly log: Log;
}

const COMPARISONS = 3;
const IN_DOUBT_EVERY_MS = 500;
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 25;

export const comparing = ({ copy, owner, provenSince, ownersConfirmWithinMs, log }: ComparingOptions): Comparing => {
  let isWhole = false;
  let doubted = 0;
  /** When the last successful comparison began. */
  let confirmedAt = Number.NEGATIVE_INFINITY;

  const readUpTo = async (moment: number, { running, pause }: Round): Promise<boolean> => {
    while (running() && !provenSince(moment) && performance.now() - moment < PATIENCE_MS) await pause(LOOK_EVERY_MS);
    return provenSince(moment);
  };

  const compare = async (round: Round): Promise<void> => {
    const before = doubted;
    const askedAt = performance.now();
    const heard = copy.lasts();
    const heads = await owner.heads(copy.topic);
    const given = new Map(heads.map(({ key, last }) => [key, last]));
    // Numbers that the owner has not given yet: another writer wrote them, or the owner's database was restored from an older state.
    for (const [key, last] of heard) if (last > (given.get(key) ?? 0n)) copy.distrust(key);
    // Everything that was with the broker when the owner answered has been read by now.
    if (!(await readUpTo(performance.now(), round))) return;
    for (const { key, published } of heads) copy.expect(key, published);
    confirmedAt = askedAt;
    if (doubted === before) isWhole = true;
  };

  const loop = every(IN_DOUBT_EVERY_MS, {
    work: async (round) => {
      if (!isWhole || performance.now() - confirmedAt > ownersConfirmWithinMs / COMPARISONS) await compare(round);
    },
    failed: (err) => log.warn({ err, topic: copy.topic }, 'the owner of the topic does not say how far it has counted'),
  });

  return {
    name: `comparing ${copy.topic}`,
    start: async () => loop.start(),
    stop: loop.stop,
    whole: () => isWhole && performance.now() - confirmedAt < ownersConfirmWithinMs,
    doubt: () => {
      doubted += 1;
      isWhole = false;
    },
  };
};
