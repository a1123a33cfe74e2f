// Who took which list out of the platform. It is written to the audit lines of the log: the gateway has no database. This function is
// the one place where the record of acts takes over.
import type { Log } from '@hengji/host';
import type { Person } from '../../../domain/access';

export interface ExportRecord {
  readonly person: Person;
  /** Name of the ListSpec. */
  readonly list: string;
  /** The filters, the sort and the search, as JSON. */
  readonly query: string;
  readonly at: Date;
  readonly rows: number;
  /** Recorded when it begins, since rows leave from then on, and when it is over. */
  readonly step: 'began' | 'ended' | 'broken off';
}

export type RecordExport = (record: ExportRecord) => void;

export const exportRecorder =
  (log: Log): RecordExport =>
  ({ person, ...record }) => {
    const { officerId, role, authority, institution } = person;
    log.info({ audit: true, officer: officerId, role, authority, institution, ...record }, 'exported a list');
  };
