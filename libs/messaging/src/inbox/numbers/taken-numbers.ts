// A writer uses each number of a key once. A number that was seen before arrives either with the same event (delivered twice) or with an
// event that was missing. Another event with the number means that the writer's counter was set back.
import { idOf, isReadable, isUnsealed, numberOf, writerOf, type Arrival, type Readable } from '../arrival';
import { handledAmong, nameText, waitingAmong } from './known-events';
import type { SqlTx } from '../../sql';

export interface KnownNumbers {
  /** The highest number seen before these arrivals. The map key is the JSON list of source and key. */
  readonly lasts: ReadonlyMap<string, bigint>;
  /** Numbers that were missing until now. */
  readonly missing: readonly { readonly source: string; readonly key: string; readonly sequence: string }[];
}

const numberName = (source: string, key: string, sequence: bigint | string): string => JSON.stringify([source, key, String(sequence)]);

/** Arrivals whose number is not new here, without repetitions of an event within the same arrivals. */
const suspects = <Tx extends SqlTx>(arrivals: readonly Arrival<Tx>[], { lasts, missing }: KnownNumbers): Readable<Tx>[] => {
  const open = new Set(missing.map(({ source, key, sequence }) => numberName(source, key, sequence)));
  const owners = new Map<string, string>();
  const isSuspect = (arrival: Arrival<Tx>): boolean => {
    const sequence = isUnsealed(arrival) ? undefined : numberOf(arrival);
    if (sequence === undefined || sequence === 0n) return false;
    const source = writerOf(arrival.raw);
    const name = numberName(source, arrival.raw.key, sequence);
    const isOld = sequence <= (lasts.get(JSON.stringify([source, arrival.raw.key])) ?? 0n) && !open.has(name);
    if (!owners.has(name) && isOld) return true;
    if (!owners.has(name)) owners.set(name, idOf(arrival));
    return owners.get(name) !== idOf(arrival);
  };
  return arrivals
    .filter(isSuspect)
    .filter((arrival) => isReadable(arrival))
    .filter(({ handler }) => handler !== 'ignored');
};

/**
 * The arrivals whose number another event had before. Includes arrivals whose key is held: once they wait, the owner of the number cannot
 * be found any more. Discarded events are left out: they are not handled.
 */
export const findTaken = async <Tx extends SqlTx>(
  tx: SqlTx,
  topic: string,
  arrivals: readonly Arrival<Tx>[],
  known: KnownNumbers,
): Promise<Set<Arrival<Tx>>> => {
  const doubtful = suspects(arrivals, known);
  const handled = await handledAmong(tx, doubtful);
  const waiting = await waitingAmong(tx, topic, doubtful);
  return new Set(doubtful.filter((arrival) => !handled.has(nameText(arrival)) && !waiting.has(nameText(arrival))));
};
