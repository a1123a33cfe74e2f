// The seals of a topic that is read from its beginning, by a consumer that cannot park records. A record whose key is unknown is kept and
// checked again. The older history without seals ends with the first seal of its partition.
import type { IncomingRecord } from '../kafka/kafka';
import { KEY_UNKNOWN, sealCheck, type SealCheck, type SealedTopic, type SealReader } from './seal-check';

/** Records that wait for a key; further ones are dropped until the topic is read again. */
const MOST_WAITING = 10_000;
/** Total size of their values: a writer to the topic must not fill the memory. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

interface Hearing {
  /** Takes a record with a valid seal. */
  tell(record: IncomingRecord): void;
  /** Records the reason for a record with an invalid seal. */
  notHeard(reason: Error): void;
  /** Called when the trust list cannot be read; records that wait for a key continue to wait. */
  cannotLook(failure: unknown): void;
}

export interface TailSeals {
  /** Takes the records of one batch. Throws when the trust list cannot be read: the batch must be read again. */
  batch(partition: number): (record: IncomingRecord) => void;
  /** Takes the waiting records whose key is in the trust list by now. */
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
