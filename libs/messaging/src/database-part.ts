// The service's database as a part: the first to start, the last to stop.
import { checkTimeZone, type Part } from '@hengji/host';
import { raw } from 'sql-template-tag';
import { rowsOf, type SqlTx } from './sql';

interface Pool extends SqlTx {
  $disconnect(): Promise<void>;
}

/** Connects at start, so that a wrong address or a session with another time zone fails at once; disconnects last. */
export const databasePart = (db: Pool): Part => ({
  name: 'database',
  start: () => checkTimeZone((query) => rowsOf(db, raw(query))),
  stop: () => db.$disconnect(),
});
