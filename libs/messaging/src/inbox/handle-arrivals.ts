// Handles a stretch of records of one topic in one transaction: inbox, effects, parking. Either all of the changes are committed or none.
// The consumer uses it for stretches and single records, replay for one parked record at a time.
import { tracing } from '@hengji/host';
import { isQuarantined, isReadable, isUnsealed, numberTaken, traceparentOf, writerOf, type Arrival, type Readable } from './arrival';
import { admit, type Admission } from './admit';
import { nameText } from './numbers/known-events';
import { park } from './parking';
import { quarantine } from '../parked/quarantine';
import { serviceOf } from '../seal/seal-check';
import { LONG_TRANSACTION, type SqlDb, type SqlTx } from '../sql';

/** The result for one record. */
export type Outcome = 'handled' | 'ignored' | 'duplicate' | 'poison' | 'behind' | 'quarantined';

export interface Handling<Tx extends SqlTx> {
  readonly db: SqlDb<Tx>;
  readonly topic: string;
  readonly now: () => Date;
}

const byKey = <Tx extends SqlTx>(a: Arrival<Tx>, b: Arrival<Tx>): number => (a.raw.key < b.raw.key ? -1 : Number(a.raw.key > b.raw.key));

/** Handles the arrivals, in their order within each key. Throws what a handler throws; then no change of the stretch is committed. */
export const handleArrivals = <Tx extends SqlTx>(h: Handling<Tx>, arrivals: readonly Arrival<Tx>[]): Promise<Outcome[]> =>
  h.db.$transaction(async (tx) => {
    // Every transaction locks the keys in the same order, so that two transactions do not deadlock.
    const sorted = arrivals.toSorted(byKey);
    const admission = await admit(tx, h.topic, sorted);
    const outcomes: Outcome[] = [];
    for (const one of sorted) {
      const arrival = isReadable(one) && admission.taken.has(one) ? numberTaken(one) : one;
      const outcome = fateOf(arrival, admission);
      if (outcome === 'handled') await hear(h, tx, arrival as Readable<Tx>);
      const isParked = outcome === 'poison' || outcome === 'behind' || outcome === 'quarantined';
      const isKept = isParked && !isUnsealed(arrival) ? await park(tx, h.topic, arrival, outcome) : true;
      outcomes.push(isKept ? outcome : 'duplicate');
    }
    await quarantine(tx, h.topic, sorted.filter(isUnsealed));
    return outcomes;
  }, LONG_TRANSACTION);

/** Decides what to do with a record; a poison record holds its key from here on. */
const fateOf = <Tx extends SqlTx>(arrival: Arrival<Tx>, { held, fresh, handled, discarded }: Admission<Tx>): Outcome => {
  // A record without a valid seal does not wait for its key and does not hold it.
  if (isQuarantined(arrival)) return 'quarantined';
  if (discarded.has(arrival)) return 'duplicate';
  // A known event does not wait: a sender that repeats it would fill the parking table.
  if (isReadable(arrival) && handled.has(nameText(arrival))) return 'duplicate';
  if (held.holds(arrival.raw)) return 'behind';
  if (!isReadable(arrival)) {
    held.hold(arrival.raw);
    return 'poison';
  }
  if (arrival.handler === 'ignored') return 'ignored';
  return fresh.delete(nameText(arrival)) ? 'handled' : 'duplicate';
};

/** Runs the handler of one event inside `tx`, in a child span of the span that published the event. */
export const hear = async <Tx extends SqlTx>(h: Handling<Tx>, tx: Tx, arrival: Readable<Tx>): Promise<void> => {
  const { handler, event, meta, raw } = arrival;
  if (handler === 'ignored') return;
  await tracing.withSpan(`${h.topic} ${arrival.type}`, traceparentOf(raw), () =>
    handler(event, { tx, meta, writer: serviceOf(writerOf(raw)), now: h.now() }),
  );
};
