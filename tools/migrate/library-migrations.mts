// Migrations of the schemas that every service's database contains beside its own tables, one schema per library. They are
// plain numbered SQL files in libs/<schema>/migrations. Each file is applied in one transaction and recorded with its
// checksum in <schema>.migration. An applied file must never change; if it changed, deploying stops, so that no two
// databases with the same history differ.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '../stack/open-session.mts';
import type { Client } from 'pg';

/** In the order in which they are applied. */
export const LIBRARY_SCHEMAS: readonly string[] = ['messaging', 'procedure'];

const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
/** Any constant that nothing else uses: two deployers of one database wait for each other. */
const ADVISORY_LOCK = 7_210_001;

/** @returns the folder of its migrations */
export const libraryMigrations = (schema: string): string => fileURLToPath(new URL(`../../libs/${schema}/migrations`, import.meta.url));

const ledger = (schema: string) => `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS ${schema}.migration (
    name       text PRIMARY KEY,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  );`;

interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const files = (schema: string): MigrationFile[] => {
  const folder = libraryMigrations(schema);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  for (const name of names)
    if (!FILE_NAME.test(name)) throw new Error(`libs/${schema}/migrations/${name}: the name must be NNNN_words.sql`);
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
};

const applyOne = async (client: Client, schema: string, { name, sql, sha256 }: MigrationFile) => {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(`INSERT INTO ${schema}.migration (name, sha256) VALUES ($1, $2)`, [name, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`libs/${schema}/migrations/${name} failed: ${(error as Error).message}`, { cause: error });
  }
};

/** Checksum by name. */
const appliedIn = async (client: Client, schema: string): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ name: string; sha256: string }>(`SELECT name, sha256 FROM ${schema}.migration`);
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
};

const applyMissing = async (client: Client, schema: string) => {
  await client.query(ledger(schema));
  const applied = await appliedIn(client, schema);
  const names: string[] = [];
  for (const file of files(schema)) {
    const before = applied.get(file.name);
    if (before !== undefined && before !== file.sha256) {
      throw new Error(`libs/${schema}/migrations/${file.name} was changed after this database applied it; add a new file instead.`);
    }
    if (before !== undefined) continue;
    await applyOne(client, schema, file);
    names.push(file.name);
  }
  return names;
};

const withClient = async <T,>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = await openSession(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/**
 * @param url of one service's database
 * @returns names applied now
 */
export const deployLibraryMigrations = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const names: string[] = [];
    for (const schema of LIBRARY_SCHEMAS) names.push(...(await applyMissing(client, schema)));
    return names;
  });

interface MigrationStatus {
  readonly name: string;
  readonly state: 'applied' | 'missing' | 'changed';
}

const statusOf = async (client: Client, schema: string): Promise<MigrationStatus[]> => {
  const { rows } = await client.query<{ present: boolean }>(`SELECT to_regclass('${schema}.migration') IS NOT NULL AS present`);
  const applied = rows[0]?.present ? await appliedIn(client, schema) : new Map<string, string>();
  const stateOf = ({ name, sha256 }: MigrationFile) =>
    !applied.has(name) ? 'missing' : applied.get(name) === sha256 ? 'applied' : 'changed';
  return files(schema).map((file) => ({ name: file.name, state: stateOf(file) }));
};

/** @returns by schema */
export const libraryMigrationStatus = (url: string): Promise<Record<string, MigrationStatus[]>> =>
  withClient(url, async (client) => {
    const status: Record<string, MigrationStatus[]> = {};
    for (const schema of LIBRARY_SCHEMAS) status[schema] = await statusOf(client, schema);
    return status;
  });
