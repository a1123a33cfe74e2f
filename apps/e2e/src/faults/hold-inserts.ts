// Catches a writer between its look at the guard and its commit: a trigger lets an institution's rows into a table only once they are
// released. Nothing else waits for it: the order's own changes of the table go through, so an order that does not wait for
// the writer runs past it to its end.
import { databaseClient } from '@hengji/testing';

/** Of the trigger; the service's own gate is `GATE` in libs/participation/src/holds.ts. */
const HELD_HERE = 0x68656c64;
const GATE = 0x6865;

export interface InsertHold {
  /** Writers that stand before their row. */
  writing(): Promise<number>;
  /** Fences that wait for writers under way. */
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
      // Waits until those that were held have committed, and takes the table only for this moment.
      await holder.query(`DROP TRIGGER held_here ON "${table}"; DROP FUNCTION held_here()`);
      await Promise.allSettled([holder.end(), watcher.end()]);
    },
  };
};
