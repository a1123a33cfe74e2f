// One migrated template database per service, `tpl_<service>`, and `tpl_scratch`, which has only the schemas of the
// libraries. Copying a template takes about 50 ms; migrating takes several times that. A template stores the checksum of
// the migrations it was made from, so a server that outlives a run builds each template only once.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from './open-session.mts';
import { deployLibraryMigrations, LIBRARY_SCHEMAS, libraryMigrations } from '../migrate/library-migrations.mts';
import { appsWithDatabase, deploy } from '../migrate/migrate.mts';
import type { Client } from 'pg';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ADVISORY_LOCK = 7_210_002;

/** Not a service: the database for the specs of libraries. */
const SCRATCH = 'scratch';

/** @returns name of its template database */
export const templateOf = (service: string): string => `tpl_${service.replaceAll('-', '_')}`;

/**
 * @param url of any database of a server
 * @returns url of that database
 */
export const databaseUrl = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).toString();

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const checksum = (service: string) => {
  const hash = createHash('sha256');
  const own = service === SCRATCH ? [] : [join(root, 'apps', service, 'prisma', 'migrations')];
  for (const folder of [...own, ...LIBRARY_SCHEMAS.map(libraryMigrations)]) {
    for (const file of filesBelow(folder)) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
};

const isCurrent = async (client: Client, name: string, sum: string) => {
  const { rows } = await client.query<{ sum: string }>(
    `SELECT shobj_description(oid, 'pg_database') AS sum FROM pg_database WHERE datname = $1`,
    [name],
  );
  return rows[0]?.sum === sum;
};

const build = async (client: Client, postgresUrl: string, service: string) => {
  const name = templateOf(service);
  const sum = checksum(service);
  if (await isCurrent(client, name, sum)) return;
  await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const url = databaseUrl(postgresUrl, name);
  await (service === SCRATCH ? deployLibraryMigrations(url) : deploy(service, url));
  await client.query(`COMMENT ON DATABASE "${name}" IS '${sum}'`);
};

/**
 * Builds templates that are missing or out of date; several processes may call it on one server at once.
 * @param postgresUrl maintenance database
 * @returns services whose migrations failed; their template does not exist
 */
export const buildTemplates = async (
  postgresUrl: string,
  services: readonly string[] = [SCRATCH, ...appsWithDatabase()],
): Promise<Map<string, Error>> => {
  const client = await openSession(postgresUrl);
  const failures = new Map<string, Error>();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    for (const service of services) {
      try {
        await build(client, postgresUrl, service);
      } catch (error) {
        failures.set(service, error as Error);
        await client.query(`DROP DATABASE IF EXISTS "${templateOf(service)}" WITH (FORCE)`);
      }
    }
  } finally {
    await client.end();
  }
  return failures;
};
