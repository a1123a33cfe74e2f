// Holds a writer between its check of the guard and its commit: a trigger lets an institution's rows into a table only
// once they are released. Nothing else waits for the trigger: the order's own changes of the table pass. An order that
// does not wait for the writer therefore completes before it.
import { databaseClient } from '@hengji/testing';

/** The lock key of the trigger; the service's own gate is `GATE` in libs/participation/src/holds.ts. */
const HELD_HERE = 0x68656c64;
const GATE = 0x6865;

export interface InsertHold {
  /** Writers that are held before their row. */
  writing(): Promise<number>;
  /** Fences that wait for writers in progress. */
  fencing(): Promise<number>;
  /** Writers that wait for a fence. */
  queued(): Promise<number>;
  release(): Promise<void>;
}

const WAITING = `
  SELECT count(*)::int AS waiting FROM pg_locks
  WHERE NOT granted AND locktype = 'advisory' AND mode = $2
    AND $1 = CASE WHEN objsubid = 1 THEN objid::bigint ELSE classid::bigint END
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** `rows`: an SQL condition over NEW. */
export const holdInserts = async (databaseUrl: string, table: string, rows: string): Promise<InsertHold> => {
  const [holder, watcher] = await Promise.all([databaseClient(databaseUrl), databaseClient(databaseUrl)]);
  await holder.query(`SELECT pg_advisory_lock(${HELD_HERE})`);
  await holder.query(`
    CREATE FUNCTION held_here() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${HELD_HERE}); RETURN NEW; END $$;
    CREATE TRIGGER held_here BEFORE INSERT ON "${table}" FOR EACH ROW WHEN (${rows}) EXECUTE FUNCTION held_here()`);
  let isHeld = true;
  const waiting = async (key: number, mode: string): Promise<number> => {
    const { rows: counted } = await watcher.query<{ waiting: number }>(WAITING, [key, mode]);
    return counted[0]?.waiting ?? 0;
  };
  return {
    writing: () => waiting(HELD_HERE, 'ShareLock'),
    fencing: () => waiting(GATE, 'ExclusiveLock'),
    queued: () => waiting(GATE, 'ShareLock'),
    release: async () => {
      if (!isHeld) return;
      isHeld = false;
      await holder.query(`SELECT pg_advisory_unlock(${HELD_HERE})`);
      // Waits until the held writers have committed; the table is locked only for this moment.
      await holder.query(`DROP TRIGGER held_here ON "${table}"; DROP FUNCTION held_here()`);
      await Promise.allSettled([holder.end(), watcher.end()]);
    },
  };
};
