// A writer gives each number of a key once. A number that was seen already comes either with the event that had it (delivered twice),
// or with one that was missing; another event under it means that the writer's counter was set back.
import { writerOf, type Arrival, type Readable } from '../arrival';
import type { SqlTx } from '../../sql';

export interface KnownNumbers {
  /** The highest number seen before these arrivals, by the JSON list of source and key. */
  readonly lasts: ReadonlyMap<string, bigint>;
  /** Numbers that were missing until now. */
  readonly missing: readonly { readonly source: string; readonly key: string; readonly sequence: string }[];
}

const idOf = (source: string, key: string, sequence: bigint | string): string => JSON.stringify([source, key, String(sequence)]);

/** Those whose number is not new here, and that are not the event itself once more within the same arrivals. */
const suspects = <Tx extends SqlTx>(admitted: readonly Readable<Tx>[], { lasts, missing }: KnownNumbers): Readable<Tx>[] => {
  const open = new Set(missing.map(({ source, key, sequence }) => idOf(source, key, sequence)));
  const owners = new Map<string, string>();
  return admitted.filter(({ raw, meta: { sequence, eventId } }) => {
    if (sequence === 0n) return false;
    const source = writerOf(raw);
    const id = idOf(source, raw.key, sequence);
    if (!owners.has(id) && sequence <= (lasts.get(JSON.stringify([source, raw.key])) ?? 0n) && !open.has(id)) return true;
    if (!owners.has(id)) owners.set(id, eventId);
    return owners.get(id) !== eventId;
  });
};

/**
 * The arrivals under a number that was seen before, and then not with them. An event that was discarded is among them when it is read
 * again: it is not handled either.
 */
export const findTaken = async <Tx extends SqlTx>(
  tx: SqlTx,
  admitted: readonly Readable<Tx>[],
  known: KnownNumbers,
): Promise<Set<Arrival<Tx>>> => {
  const doubtful = suspects(admitted, known);
  if (doubtful.length === 0) return new Set();
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT event_id::text AS id FROM messaging.inbox WHERE event_id IN (SELECT value::uuid FROM jsonb_array_elements_text($1::jsonb) AS e (value))`,
    JSON.stringify(doubtful.map(({ meta }) => meta.eventId)),
  );
  const handled = new Set(rows.map(({ id }) => id));
  return new Set(doubtful.filter(({ meta }) => !handled.has(meta.eventId)));
};
