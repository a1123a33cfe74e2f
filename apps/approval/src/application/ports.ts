// What the use cases need from outside, and nothing of how it is done. `Tx` is the open transaction; the edge opens it.
import type { FilingRecord } from '../domain/filing-status';
import type { Filing } from '../domain/institution';

export interface FilingStore<Tx> {
  /** Adds those whose code is not taken; returns the codes added. By set, in order of code. */
  add(tx: Tx, filings: readonly Filing[], now: Date): Promise<Set<string>>;
  /** Those that exist, by code, with everything that decides how they stand. */
  find(tx: Tx, codes: readonly string[]): Promise<Map<string, FilingRecord>>;
  count(tx: Tx): Promise<bigint>;
}

export interface Ports<Tx> {
  readonly filings: FilingStore<Tx>;
  /** Publishes InstitutionFiled. */
  readonly announce: (tx: Tx, record: FilingRecord) => Promise<void>;
  readonly now: () => Date;
}
