// Failures of PostgreSQL, produced by a real server: it answers but cannot be written; it ends sessions; it refuses new
// sessions; it aborts one of two transactions. Each failure can begin and end while a service is at work.
import { databaseClient, query } from '../database';
import type { TroubledWay, WayMode } from './troubled-way';

/** Ends the failure. */
type End = () => Promise<void>;

export interface Trouble {
  readonly name: string;
  /** The reason of the refusal that an RPC returns meanwhile. */
  readonly refusal: 'database.unavailable' | 'database.conflict';
  /**
   * Whether no write can succeed during the failure. During the other failures a write may succeed between two
   * interruptions.
   */
  readonly isWhole: boolean;
  /** Returns the function that ends the failure. */
  begin(databaseUrl: string): Promise<End>;
}

/** A failure between the service and its database. */
export interface WayTrouble extends Omit<Trouble, 'begin'> {
  begin(way: TroubledWay): Promise<End>;
}

const nameOf = (databaseUrl: string): string => new URL(databaseUrl).pathname.slice(1);

/** On another database of the same server, because the failing one may refuse new sessions. */
const beside = (databaseUrl: string, sql: string, params: readonly unknown[] = []): Promise<object[]> => {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  return query(url.toString(), sql, params);
};

const endSessions = (databaseUrl: string, which = 'true'): Promise<object[]> =>
  beside(databaseUrl, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND ${which}`, [nameOf(databaseUrl)]);

/** A database setting that applies to new sessions until it is set back. */
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

/**
 * Run once for each database: a trigger on every table. The trigger's function can be changed without a lock on the
 * tables.
 */
const prepare = async (databaseUrl: string): Promise<void> => {
  const client = await databaseClient(databaseUrl);
  try {
    await client.query(body(''));
    const { rows } = await client.query<{ name: string }>(TABLES);
    // One transaction for each table, because a working service locks tables in any order.
    for (const { name } of rows) {
      await client.query(
        `CREATE TRIGGER test_trouble BEFORE INSERT OR UPDATE OR DELETE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION test_trouble()`,
      );
    }
  } finally {
    await client.end();
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

/** Ends sessions repeatedly: all, or those that match an SQL condition on pg_stat_activity. */
const endingSessions =
  (everyMs: number, which?: string): Trouble['begin'] =>
  async (databaseUrl) => {
    let going = true;
    const loop = (async () => {
      while (going) {
        await endSessions(databaseUrl, which);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    })();
    return async () => {
      going = false;
      await loop;
    };
  };

const UNRESOLVED_CHANGES_MS = 6_000;

const becoming =
  (mode: WayMode): WayTrouble['begin'] =>
  async (way) => {
    await way.become(mode);
    return () => way.become('open');
  };

/** First one error, then the other. */
const unresolved =
  (first: string, then: string): WayTrouble['begin'] =>
  async (way) => {
    await way.unresolved(first);
    const change = setTimeout(() => void way.unresolved(then), UNRESOLVED_CHANGES_MS);
    return () => {
      clearTimeout(change);
      return way.unresolved(undefined);
    };
  };

type Kind<T> = Omit<T, 'name' | 'begin'>;
const outage = { refusal: 'database.unavailable', isWhole: true } as const satisfies Kind<Trouble>;
const flicker = { refusal: 'database.unavailable', isWhole: false } as const satisfies Kind<Trouble>;
const conflict = { refusal: 'database.conflict', isWhole: true } as const satisfies Kind<Trouble>;

/**
 * One failure of each kind; each service is tested with them. Sessions that became read-only stay so after the database
 * has recovered.
 */
export const TROUBLES: readonly Trouble[] = [
  {
    ...{ ...outage, name: 'read only (25006)' },
    begin: altered('SET default_transaction_read_only = on', 'RESET default_transaction_read_only'),
  },
  { ...outage, name: 'disk full (53100)', begin: raising('53100') },
  { ...outage, name: 'nobody let in (55000)', begin: altered('ALLOW_CONNECTIONS false', 'ALLOW_CONNECTIONS true') },
  { ...outage, name: 'connection limit (53300)', begin: altered('CONNECTION LIMIT 0', 'CONNECTION LIMIT -1') },
  { ...flicker, name: 'sessions ended (57P01)', begin: endingSessions(20) },
  { ...flicker, name: 'idle sessions ended (57P01)', begin: endingSessions(100, `state = 'idle'`) },
  { ...conflict, name: 'serialization (40001)', begin: raising('40001') },
  { ...conflict, name: 'deadlock (40P01)', begin: raising('40P01') },
];

/** Each service is also tested with these. */
export const WAY_TROUBLES: readonly WayTrouble[] = [
  { ...outage, name: 'nothing arrives (ETIMEDOUT)', begin: becoming('silent') },
  { ...outage, name: 'refused (ECONNREFUSED)', begin: becoming('closed') },
  { ...flicker, name: 'cut again and again (ECONNRESET)', begin: becoming('cut') },
  { ...outage, name: 'starting up (57P03)', begin: becoming({ says: '57P03' }) },
  { ...outage, name: 'its name cannot be resolved (ENOTFOUND, EAI_AGAIN)', begin: unresolved('ENOTFOUND', 'EAI_AGAIN') },
];

/** Other failures with the same meaning; the library is also tested with these. */
export const MORE_TROUBLES: readonly Trouble[] = [
  { ...outage, name: 'out of memory (53200)', begin: raising('53200') },
  { ...outage, name: 'i/o error (58030)', begin: raising('58030') },
  { ...outage, name: 'page damaged (XX001)', begin: raising('XX001') },
  { ...outage, name: 'statement ended (57014)', begin: raising('57014') },
  { ...conflict, name: 'lock not available (55P03)', begin: raising('55P03') },
];

const ROLE = 'hengji_test_plain';

/** The same database for a role that is no superuser, as services have it: connection limits apply to this role. */
export const asPlainRole = async (databaseUrl: string): Promise<string> => {
  // Several suites may create the role at once, and the role outlives them.
  await query(databaseUrl, `CREATE ROLE ${ROLE} LOGIN PASSWORD '${ROLE}'`).catch(async (failure: unknown) => {
    const rows = await query(databaseUrl, 'SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
    if (rows.length === 0) throw failure;
  });
  for (const schema of ['public', 'messaging', 'procedure']) {
    await query(databaseUrl, `GRANT ALL ON SCHEMA ${schema} TO ${ROLE}`);
    await query(databaseUrl, `GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${ROLE}`);
    await query(databaseUrl, `GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO ${ROLE}`);
  }
  const url = new URL(databaseUrl);
  url.username = ROLE;
  url.password = ROLE;
  return url.toString();
};
