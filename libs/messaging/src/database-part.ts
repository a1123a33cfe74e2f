// The service's database as a part: the first to start, the last to stop.
import { checkTimeZone, type Part } from '@hengji/host';
import type { SqlTx } from './sql';

interface Pool extends SqlTx {
  $disconnect(): Promise<void>;
}

/** Connects at start, so that a wrong address or a session with another time zone is known at once; disconnects last. */
export const databasePart = (db: Pool): Part => ({
  name: 'database',
  start: () => checkTimeZone((sql) => db.$queryRawUnsafe(sql)),
  stop: () => db.$disconnect(),
});
