// A database of its own for each suite, copied from the service's migrated template: about 50 ms, and no suite sees
// another's rows.
import { databaseSession } from '@hengji/host';
import { Client } from 'pg';
import { closeAfterSuite } from './cleanup';
import { testPostgresUrl, unique } from './environment';

export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to it and drops it; the suite's end does so too. */
  drop(): Promise<void>;
}

/** A connection of the suite's own, in UTC like every other; whoever opens it ends it. */
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

/** A fresh database with nothing but the schemas of the libraries, for the specs of libs; from a template too. */
export const scratchDatabase = (): Promise<TestDatabase> => testDatabase('scratch');

/** Rows of a query on a database, for looking behind a service's back where its API shows too little. */
export const query = <Row extends object>(url: string, sql: string, params: readonly unknown[] = []): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query<Row>(sql, [...params])).rows);

/**
 * Somebody with all rights who writes to a database behind the service's back, and switches its triggers off for it: what they do, only a
 * sweep can find. Throws when no row was changed.
 */
export const alter = (url: string, sql: string, params: readonly unknown[] = []): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('SET session_replication_role = replica');
    const { rowCount } = await client.query(sql, [...params]);
    if (rowCount === 0) throw new Error(`nothing was altered by ${sql}`);
  });
