// The interfaces that the use cases need; the adapters implement them. `Tx` is the open transaction. The adapter that calls the use case
// opens it.
import type { FilingRecord } from '../domain/filing-status';
import type { Filing } from '../domain/institution';

export interface FilingStore<Tx> {
  /** Adds the filings whose code is new; returns the added codes. One statement for the set, in order of code. */
  add(tx: Tx, filings: readonly Filing[], now: Date): Promise<Set<string>>;
  /** The existing filings, by code, with everything that decides their status. */
  find(tx: Tx, codes: readonly string[]): Promise<Map<string, FilingRecord>>;
  count(tx: Tx): Promise<bigint>;
  /** Codes with a wrong check character that two officers confirmed, as `<institution> <uscc>`. */
  confirmedUsccs(tx: Tx, usccs: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface Ports<Tx> {
  readonly filings: FilingStore<Tx>;
  /** Publishes InstitutionFiled. */
  readonly announce: (tx: Tx, record: FilingRecord) => Promise<void>;
  readonly now: () => Date;
  /** The last day of a filing is at most so many days after today. */
  readonly filedForDays: number;
}
