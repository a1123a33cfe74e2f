// What a PostgreSQL does to its clients on a bad day, done by a real one: it answers, and cannot be written; it ends sessions;
// it lets nobody in; it ends one of two transactions. Each trouble can be begun and ended while a service is at work.
import { query } from '../database';

export interface Trouble {
  readonly name: string;
  /** Reason of the refusal that an RPC answers meanwhile. */
  readonly refusal: 'database.unavailable' | 'database.conflict';
  /** Returns how it is ended. */
  begin(databaseUrl: string): Promise<() => Promise<void>>;
}

const nameOf = (databaseUrl: string): string => new URL(databaseUrl).pathname.slice(1);

/** On another database of the same server: the troubled one may let nobody in. */
const beside = (databaseUrl: string, sql: string, params: readonly unknown[] = []): Promise<object[]> => {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  return query(url.toString(), sql, params);
};

const endSessions = (databaseUrl: string): Promise<object[]> =>
  beside(databaseUrl, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [nameOf(databaseUrl)]);

/** A setting of the database that new sessions take over, until it is set back. */
const altered =
  (set: string, back: string): Trouble['begin'] =>
  async (databaseUrl) => {
    await beside(databaseUrl, `ALTER DATABASE "${nameOf(databaseUrl)}" ${set}`);
    await endSessions(databaseUrl);
    return async () => void (await beside(databaseUrl, `ALTER DATABASE "${nameOf(databaseUrl)}" ${back}`));
  };

const body = (raise: string): string => `
  CREATE OR REPLACE FUNCTION test_trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${raise} RETURN NULL; END $$`;

const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'test_trouble')`;

/** Once a database: a trigger on every table. What it does is changed without any lock on them. */
const prepare = async (databaseUrl: string): Promise<void> => {
  await query(databaseUrl, body(''));
  for (const { name } of await query<{ name: string }>(databaseUrl, TABLES)) {
    await query(
      databaseUrl,
      `CREATE TRIGGER test_trouble BEFORE INSERT OR UPDATE OR DELETE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION test_trouble()`,
    );
  }
};

/** Every statement that writes fails with this SQLSTATE. */
const raising =
  (code: string): Trouble['begin'] =>
  async (databaseUrl) => {
    await prepare(databaseUrl);
    await query(databaseUrl, body(`RAISE EXCEPTION 'trouble of the test' USING ERRCODE = '${code}';`));
    return async () => void (await query(databaseUrl, body('')));
  };

const EVERY_MS = 20;

/** Ends all sessions again and again. */
const endingSessions: Trouble['begin'] = async (databaseUrl) => {
  let going = true;
  const loop = (async () => {
    while (going) {
      await endSessions(databaseUrl);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return async () => {
    going = false;
    await loop;
  };
};

const outage = (name: string, begin: Trouble['begin']): Trouble => ({ name, refusal: 'database.unavailable', begin });
const conflict = (name: string, begin: Trouble['begin']): Trouble => ({ name, refusal: 'database.conflict', begin });

const READ_ONLY = outage('read only (25006)', altered('SET default_transaction_read_only = on', 'RESET default_transaction_read_only'));

/** One of each kind; each service is tried with them. */
export const TROUBLES: readonly Trouble[] = [
  READ_ONLY,
  outage('disk full (53100)', raising('53100')),
  outage('nobody let in (55000)', altered('ALLOW_CONNECTIONS false', 'ALLOW_CONNECTIONS true')),
  outage('sessions ended (57P01)', endingSessions),
  conflict('serialization (40001)', raising('40001')),
  conflict('deadlock (40P01)', raising('40P01')),
];

/** Others that mean the same; the library is tried with these as well. `CONNECTION LIMIT` binds ordinary roles only. */
export const MORE_TROUBLES: readonly Trouble[] = [
  outage('connection limit (53300)', altered('CONNECTION LIMIT 0', 'CONNECTION LIMIT -1')),
  outage('out of memory (53200)', raising('53200')),
  outage('i/o error (58030)', raising('58030')),
  outage('statement ended (57014)', raising('57014')),
  conflict('lock not available (55P03)', raising('55P03')),
];

const ROLE = 'hengji_test_plain';

/** The same database for a role that is no superuser, as services have it: limits of connections bind it. */
export const asPlainRole = async (databaseUrl: string): Promise<string> => {
  // Several suites may come at once, and the role outlives them.
  await query(databaseUrl, `CREATE ROLE ${ROLE} LOGIN PASSWORD '${ROLE}'`).catch(async (failure: unknown) => {
    const rows = await query(databaseUrl, 'SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
    if (rows.length === 0) throw failure;
  });
  for (const schema of ['public', 'messaging']) {
    await query(databaseUrl, `GRANT ALL ON SCHEMA ${schema} TO ${ROLE}`);
    await query(databaseUrl, `GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${ROLE}`);
    await query(databaseUrl, `GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO ${ROLE}`);
  }
  const url = new URL(databaseUrl);
  url.username = ROLE;
  url.password = ROLE;
  return url.toString();
};
