// The state of this process for one topic, key by key, in the right order for any order of arrival. A late event is applied, and after it
// the newer events again: so an older state never replaces a newer one. While a key is being rebuilt from its owner's snapshot, its events
// wait.
import { eventMarks } from './event-marks';
import { sequenceWatch, type Gap } from './sequence-watch';

interface Numbered {
  readonly meta?: { readonly institution: string; readonly sequence: bigint } | undefined;
}

export interface TopicCopy<E> {
  readonly topic: string;
  /** An event from the topic; `mark` is the same for the same bytes, and 0 where it is not known. */
  hear(event: E, mark?: number): void;
  /** The owner has sent everything up to this number to the broker, and the whole topic has been read since. */
  expect(key: string, upTo: bigint): void;
  /** True while no event of the key is known to be missing. */
  complete(key: string): boolean;
  /** Keys with missing events that are not being rebuilt. */
  incomplete(): string[];
  gaps(key: string): readonly Gap[];
  last(key: string): bigint;
  /** The current highest number of every key. */
  lasts(): ReadonlyMap<string, bigint>;
  /** The consumed events of the key are not its owner's: only a snapshot makes the key complete. */
  distrust(key: string): void;
  /** From here on the key's events wait; the caller must call `end` or `leave` of the result. */
  rebuild(key: string): Rebuilding<E>;
}

export interface Rebuilding<E> {
  /** Call once, before the first `apply`: deletes the key's state. */
  begin(): void;
  apply(event: E): void;
  /** The snapshot has this position; newer waiting events are applied. */
  end(position: bigint): void;
  /** The rebuild failed: waiting events are applied as usual; the key stays incomplete. */
  leave(): void;
}

/** Newer events of a key with a gap are kept up to this many; with more, only a snapshot makes it complete. */
const MOST_KEPT = 1_000;

const sequenceOf = (event: Numbered): bigint => event.meta?.sequence ?? 0n;

/** Events of a key since its first gap opened. */
const newerEvents = <E extends Numbered>() => {
  /** `undefined` where there are more than the limit. */
  const kept = new Map<string, E[] | undefined>();
  return {
    keep: (key: string, event: E): void => {
      const before = kept.get(key) ?? [];
      if (kept.has(key) && kept.get(key) === undefined) return;
      if (before.length >= MOST_KEPT) return void kept.set(key, undefined);
      before.push(event);
      kept.set(key, before);
    },
    /** The events newer than this one, in order; undefined when they are no longer kept. */
    since: (key: string, event: E): E[] | undefined => {
      if (!kept.has(key)) return [];
      const newer = kept.get(key)?.filter((one) => sequenceOf(one) > sequenceOf(event));
      return newer?.sort((a, b) => Number(sequenceOf(a) - sequenceOf(b)));
    },
    forget: (key: string): void => void kept.delete(key),
  };
};

export interface TopicCopyOptions<E> {
  readonly topic: string;
  readonly apply: (event: E) => void;
  /** Deletes everything that was applied for the key. */
  readonly forget: (key: string) => void;
  readonly onGap: (key: string, gap: Gap) => void;
  /** Another event has a number that was consumed: only the owner's state shows what is true. */
  readonly onContradiction: (key: string, sequence: bigint) => void;
}

export const topicCopy = <E extends Numbered>(o: TopicCopyOptions<E>): TopicCopy<E> => {
  const watch = sequenceWatch();
  const [newer, marks] = [newerEvents<E>(), eventMarks()];
  const waiting = new Map<string, { readonly event: E; readonly mark: number }[]>();
  const torn = new Set<string>();

  const complete = (key: string): boolean => watch.gaps(key).length === 0 && !waiting.has(key) && !torn.has(key);

  const hearLate = (key: string, event: E): void => {
    o.apply(event);
    const since = newer.since(key, event);
    if (!since) torn.add(key);
    for (const one of since ?? []) o.apply(one);
    if (watch.gaps(key).length === 0) newer.forget(key);
    else newer.keep(key, event);
  };

  const hearNow = (event: E, mark: number): void => {
    const { institution: key, sequence } = event.meta ?? { institution: '', sequence: 0n };
    if (!marks.agrees(key, sequence, mark)) {
      torn.add(key);
      return o.onContradiction(key, sequence);
    }
    const noted = watch.note(key, sequence);
    if (noted.is === 'old') return;
    if (noted.is === 'late') return hearLate(key, event);
    if (noted.is === 'jump') o.onGap(key, noted.gap);
    o.apply(event);
    if (watch.gaps(key).length > 0) newer.keep(key, event);
  };

  const release = (key: string): void => {
    const events = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const { event, mark } of events) hearNow(event, mark);
  };

  return {
    topic: o.topic,
    hear: (event, mark = 0) => {
      const queue = waiting.get(event.meta?.institution ?? '');
      if (queue) queue.push({ event, mark });
      else hearNow(event, mark);
    },
    expect: (key, upTo) => {
      // Waiting events are applied soon; the next comparison includes them.
      if (waiting.has(key)) return;
      const gap = watch.expect(key, upTo);
      if (gap) o.onGap(key, gap);
    },
    complete,
    incomplete: () => [...new Set([...watch.incomplete(), ...torn])].filter((key) => !waiting.has(key)),
    gaps: watch.gaps,
    last: watch.last,
    lasts: watch.lasts,
    distrust: (key) => void torn.add(key),
    rebuild: (key) => {
      waiting.set(key, []);
      return {
        begin: () => {
          torn.add(key);
          marks.forget(key);
          o.forget(key);
        },
        apply: o.apply,
        end: (position) => {
          torn.delete(key);
          newer.forget(key);
          watch.reset(key, position);
          release(key);
        },
        leave: () => release(key),
      };
    },
  };
};
