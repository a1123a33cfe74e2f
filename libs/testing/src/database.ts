// A separate database for each suite, copied from the service's migrated template. A copy takes about 50 ms, and no suite
// sees another's rows.
import { databaseSession } from '@hengji/host';
import { Client } from 'pg';
import { closeAfterSuite } from './cleanup';
import { testPostgresUrl, unique } from './environment';

export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to the database and drops it; the end of the suite does the same. */
  drop(): Promise<void>;
}

/** A separate connection of the suite, in UTC like every other; the caller that opens it must end it. */
export const databaseClient = async (url: string): Promise<Client> => {
  const client = new Client(databaseSession(url, { name: 'test' }));
  await client.connect();
  return client;
};

const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = await databaseClient(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const urlOf = (database: string): string => {
  const url = new URL(testPostgresUrl());
  url.pathname = `/${database}`;
  return url.toString();
};

const ADMIN_DATABASE = 'postgres';

const create = async (name: string, template: string): Promise<TestDatabase> => {
  await withClient(urlOf(ADMIN_DATABASE), (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`));
  const drop = async (): Promise<void> => {
    await withClient(urlOf(ADMIN_DATABASE), (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  };
  return { url: urlOf(name), drop: closeAfterSuite(drop) };
};

/** A fresh, migrated database of a service, from template `tpl_<service>` (dashes become underscores). */
export const testDatabase = (service: string): Promise<TestDatabase> => {
  const name = service.replaceAll('-', '_');
  return create(`test_${name}_${unique()}`, `tpl_${name}`);
};

/** A fresh database with only the schemas of the libraries, for the specs of libs; copied from a template too. */
export const scratchDatabase = (): Promise<TestDatabase> => testDatabase('scratch');

/** Rows of a query on a database, for checks that the service's API does not cover. */
export const query = <Row extends object>(url: string, sql: string, params: readonly unknown[] = []): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query<Row>(sql, [...params])).rows);

/**
 * Writes to a database directly as a user with all rights and with triggers switched off; only a sweep can find such a
 * change. Throws when no row was changed.
 */
export const alter = (url: string, sql: string, params: readonly unknown[] = []): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('SET session_replication_role = replica');
    const { rowCount } = await client.query(sql, [...params]);
    if (rowCount === 0) throw new Error(`nothing was altered by ${sql}`);
  });
