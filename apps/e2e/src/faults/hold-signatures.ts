// Holds the signature of an order inside PostgreSQL: one before its row is written, another in its commit. Other
// signatures continue.
import { databaseClient } from '@hengji/testing';

const LOCK = 0x7369676e;

export interface SignatureHold {
  /** The number of held signatures. */
  standing(): Promise<number>;
  release(): Promise<void>;
}

const trigger = (name: string, timing: string, orderId: string): string => `
  CREATE ${timing} ON orders ${name === 'signs_in_commit' ? 'DEFERRABLE INITIALLY DEFERRED' : ''} FOR EACH ROW
  WHEN (NEW.id = '${orderId}' AND OLD.state = 'PREVIEWED' AND NEW.state = 'SIGNED') EXECUTE FUNCTION stand_at_signature()`;

export const holdSignatures = async (
  databaseUrl: string,
  { beforeWrite, inCommit }: { beforeWrite: string; inCommit: string },
): Promise<SignatureHold> => {
  const holder = await databaseClient(databaseUrl);
  await holder.query(`
    CREATE FUNCTION stand_at_signature() RETURNS trigger LANGUAGE plpgsql AS
    $stand$ BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN NEW; END $stand$`);
  await holder.query(trigger('signs_before_write', 'TRIGGER signs_before_write BEFORE UPDATE', beforeWrite));
  await holder.query(trigger('signs_in_commit', 'CONSTRAINT TRIGGER signs_in_commit AFTER UPDATE', inCommit));
  await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
  return {
    standing: async () => {
      const { rows } = await holder.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = ${LOCK}`,
      );
      return rows[0]?.n ?? 0;
    },
    release: async () => {
      await holder.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await holder.query('DROP FUNCTION stand_at_signature() CASCADE');
      await holder.end();
    },
  };
};
