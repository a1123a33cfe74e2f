// An app's own migrations: apps/<app>/prisma/migrations/NNNN_<name>/migration.sql. The newest folder holds the resulting
// schema (schema.prisma), so that a new migration is the difference between two texts. The WASM engine cannot replay
// migrations on a shadow database, and does not need to.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiffTarget, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { openSession } from '../stack/open-session.mts';
import { FILTERS, openOffline, withEngine } from './engine.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LOCK_FILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/** Apps that own a database, in alphabetical order. */
export const appsWithDatabase = (): string[] =>
  readdirSync(join(root, 'apps'))
    .filter((app) => existsSync(join(root, 'apps', app, 'prisma', 'schema.prisma')))
    .sort();

const schemaOf = (app: string) => {
  const file = join(root, 'apps', app, 'prisma', 'schema.prisma');
  if (!existsSync(file))
    throw new Error(`apps/${app} has no prisma/schema.prisma. Apps with a database: ${appsWithDatabase().join(', ') || 'none'}.`);
  return { file, text: readFileSync(file, 'utf8') };
};

const migrationsFolder = (app: string) => join(root, 'apps', app, 'prisma', 'migrations');

const migrationNames = (app: string) => {
  const folder = migrationsFolder(app);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
};

const migrationsList = (app: string): MigrationList => ({
  baseDir: migrationsFolder(app),
  shadowDbInitScript: '',
  lockfile: LOCK_FILE,
  migrationDirectories: migrationNames(app).map((name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok', value: readFileSync(join(migrationsFolder(app), name, 'migration.sql'), 'utf8') },
    },
  })),
});

const keptSchema = (app: string) => {
  const newest = migrationNames(app).at(-1);
  const file = newest && join(migrationsFolder(app), newest, 'schema.prisma');
  return file && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

/** The SQL between the newest stored schema and the current one; empty if there is no difference. */
export const pendingChange = async (app: string): Promise<string> => {
  const schema = schemaOf(app);
  const kept = keptSchema(app);
  const engine = await openOffline(schema);
  const from: DiffTarget =
    kept === undefined ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: 'kept.prisma', content: kept }] };
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [{ path: schema.file, content: schema.text }] };
  const outcome = await engine.diff({ from, to, script: true, exitCode: true, filters: FILTERS });
  return outcome.exitCode === 2 ? (outcome.stdout ?? '') : '';
};

/**
 * Writes the next numbered migration of an app and moves the stored schema to its folder. Partitions, triggers and similar
 * objects are added to the migration by a person afterwards.
 * @param name snake_case, without the number
 * @returns the new folder, or nothing when the schema has not changed
 */
export const createAppMigration = async (app: string, name: string): Promise<string | undefined> => {
  const sql = await pendingChange(app);
  if (sql === '') return undefined;
  const names = migrationNames(app);
  const number = String(Number(names.at(-1)?.slice(0, 4) ?? 0) + 1).padStart(4, '0');
  const folder = join(migrationsFolder(app), `${number}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  for (const older of names) rmSync(join(migrationsFolder(app), older, 'schema.prisma'), { force: true });
  writeFileSync(join(folder, 'schema.prisma'), schemaOf(app).text);
  writeFileSync(join(migrationsFolder(app), LOCK_FILE.path), LOCK_FILE.content);
  return folder;
};

/**
 * @param url of the app's database
 * @returns names applied now
 */
export const deployAppMigrations = (app: string, url: string): Promise<string[]> =>
  withEngine(schemaOf(app), url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ filters: FILTERS, migrationsList: migrationsList(app) });
    return appliedMigrationNames;
  });

/**
 * Names of the app's migrations that its database has not applied. Names that only the database knows are no matter: a newer version
 * has applied them, and they leave the tables usable for this one.
 */
export const unappliedAppMigrations = async (app: string, url: string): Promise<string[]> => {
  const client = await openSession(url);
  try {
    const { rows: ledger } = await client.query<{ present: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`);
    if (!ledger[0]?.present) return migrationNames(app);
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Set(rows.map(({ name }) => name));
    return migrationNames(app).filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
};

/**
 * The differences between the folders and the database: migrations that are unapplied, edited after they were applied, or
 * failed.
 */
export const appMigrationStatus = (app: string, url: string) =>
  withEngine(schemaOf(app), url, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList: migrationsList(app), optInToShadowDatabase: false, filters: FILTERS }),
  );
