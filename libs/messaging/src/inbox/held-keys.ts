// Which keys of a topic are held, and by which writer's message. In a topic with several writers each writer orders its own events, so a
// message holds only the events of the same writer and institution. '' holds all writers: in topics with one writer, and in rows of the
// version before.
import { hasManyWriters } from '@hengji/contracts';
import { writerOf, type RawRecord } from './arrival';

/** The writer that a hold by this record names. */
export const holderOf = (topic: string, raw: RawRecord): string => (hasManyWriters(topic) ? writerOf(raw) : '');

export interface HeldKeys {
  holds(raw: RawRecord): boolean;
  /** Holds the key of the record for its writer. */
  hold(raw: RawRecord): void;
}

/** `held` are rows of parked_key. */
export const heldKeys = (topic: string, held: readonly { readonly key: string; readonly source: string }[]): HeldKeys => {
  const idOf = (key: string, source: string): string => JSON.stringify([key, source]);
  const ids = new Set(held.map(({ key, source }) => idOf(key, source)));
  return {
    holds: (raw) => ids.has(idOf(raw.key, '')) || ids.has(idOf(raw.key, holderOf(topic, raw))),
    hold: (raw) => void ids.add(idOf(raw.key, holderOf(topic, raw))),
  };
};
