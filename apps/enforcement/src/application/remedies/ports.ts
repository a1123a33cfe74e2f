// The port of the registers of reconsiderations and suits.
import type { Remedy } from '../../domain/remedies/remedy';
import type { Listed, ListedPage } from '../ports';

export interface Remedies<Tx> {
  /** Writes a new remedy with its first entry. */
  insert(tx: Tx, remedy: Remedy): Promise<void>;
  /** Takes the lock of the institution, then reads. Refuses `remedy.unknown`. */
  lock(tx: Tx, id: string): Promise<Remedy>;
  /** Writes the changed fields and the new entries, and derives the tasks. */
  save(tx: Tx, before: Pick<Remedy, 'entries'>, next: Remedy): Promise<void>;
  /** Refuses `remedy.unknown`. */
  get(id: string): Promise<Remedy>;
  /** Of a case, the oldest first. */
  ofCase(tx: Tx, caseId: string): Promise<Remedy[]>;
  /** A page, newest first unless the query sorts it, without entries. Refuses as `readList` of libs/host. */
  list(asked: Listed): Promise<{ readonly remedies: Remedy[] } & ListedPage>;
}
