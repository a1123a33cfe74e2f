// The seals of a topic that is read from its beginning, by a reader that can park nothing: what lacks a key for now is kept and
// looked at again, and the history from before there were seals ends with the first seal of its partition.
import type { IncomingRecord } from '../kafka/kafka';
import { KEY_UNKNOWN, sealCheck, type SealCheck, type SealedTopic, type SealReader } from './seal-check';

/** Records that wait for a key; further ones are given up until the topic is read again. */
const MOST_WAITING = 10_000;
/** Of their values, in all: whoever can write to the topic must not fill the memory. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

interface Hearing {
  /** Takes a record whose seal holds. */
  tell(record: IncomingRecord): void;
  /** Takes note of one whose seal does not hold, with the reason. */
  notHeard(reason: Error): void;
  /** The trust list cannot be read, so what waits for a key goes on waiting. */
  cannotLook(failure: unknown): void;
}

export interface TailSeals {
  /** Hears the records of one batch. Throws when the trust list cannot be read: the batch is to be read again. */
  batch(partition: number): (record: IncomingRecord) => void;
  /** Hears those whose key has come since. */
  lookAgain(): void;
}

export const tailSeals = (reader: SealReader, topic: SealedTopic, hearing: Hearing): TailSeals => {
  const begun = new Set<number>();
  const waiting: { readonly partition: number; readonly record: IncomingRecord }[] = [];

  const waitingBytes = (): number => waiting.reduce((sum, { record }) => sum + record.value.length, 0);

  const checkOf = (partition: number): SealCheck => {
    const check = sealCheck(reader, topic);
    return (record) => {
      const verdict = check(record);
      if (!verdict.holds) return verdict;
      if (verdict.sealed) begun.add(partition);
      return verdict.sealed || !begun.has(partition) ? verdict : { holds: false, reason: 'seal.missing' };
    };
  };

  const hear = (partition: number, record: IncomingRecord, check: SealCheck): void => {
    const verdict = check(record);
    if (verdict.holds) return hearing.tell(record);
    if (verdict.reason === KEY_UNKNOWN && waiting.length < MOST_WAITING && waitingBytes() + record.value.length <= MOST_WAITING_BYTES)
      waiting.push({ partition, record });
    hearing.notHeard(new Error(verdict.reason));
  };

  return {
    batch: (partition) => {
      const check = checkOf(partition);
      return (record) => hear(partition, record, check);
    },
    lookAgain: () => {
      for (const { partition, record } of waiting.splice(0)) {
        const check = checkOf(partition);
        try {
          const verdict = check(record);
          if (verdict.holds) hearing.tell(record);
          else if (verdict.reason === KEY_UNKNOWN) waiting.push({ partition, record });
        } catch (failure) {
          hearing.cannotLook(failure);
          waiting.push({ partition, record });
        }
      }
    },
  };
};
