// Migrations of a service's database, from the command line and for the programs that set databases up (start, tests):
//   node tools/migrate/migrate.mts create <app> <name>     writes apps/<app>/prisma/migrations/NNNN_<name>
//   node tools/migrate/migrate.mts deploy <app> <url>      applies what is missing, the libraries' schemas included
//   node tools/migrate/migrate.mts status [<app> <url>]    without a database: schemas that differ from their migrations
//   node tools/migrate/migrate.mts await <app> [<url>]     ends when nothing is missing; without a URL, at DATABASE_URL
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  appMigrationStatus,
  appsWithDatabase,
  createAppMigration,
  deployAppMigrations,
  pendingChange,
  unappliedAppMigrations,
} from './app-migrations.mts';
import { deployLibraryMigrations, libraryMigrationStatus } from './library-migrations.mts';

export { appsWithDatabase, createAppMigration, pendingChange };

/**
 * Brings one service's database up to date. Several processes may call this at any time. The libraries' schemas come
 * first, because an app's migration may move its own rows into a library's table.
 * @returns names applied now
 */
export const deploy = async (app: string, url: string): Promise<string[]> => [
  ...(await deployLibraryMigrations(url)),
  ...(await deployAppMigrations(app, url)),
];

interface Command {
  /** The number of arguments that the command needs. */
  readonly needs: number;
  run(args: readonly string[]): Promise<string>;
}

const create = async ([app = '', name = '']: readonly string[]): Promise<string> => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('A migration name is snake_case, for example: create exam add_sessions');
  const folder = await createAppMigration(app, name);
  return folder === undefined ? `apps/${app}: schema.prisma has not changed` : `wrote ${relative(process.cwd(), folder)}`;
};

const deployAndTell = async ([app = '', url = '']: readonly string[]): Promise<string> => {
  const names = await deploy(app, url);
  return names.length === 0 ? `${app}: up to date` : `${app}: applied ${names.join(', ')}`;
};

const status = async ([app, url]: readonly string[]): Promise<string> => {
  if (app !== undefined && url !== undefined) {
    return JSON.stringify({ app: await appMigrationStatus(app, url), ...(await libraryMigrationStatus(url)) }, null, 2);
  }
  const drifted: string[] = [];
  for (const name of appsWithDatabase()) if ((await pendingChange(name)) !== '') drifted.push(name);
  if (drifted.length > 0) throw new Error(`schema.prisma without a migration: ${drifted.join(', ')}. Run: migrate.mts create <app> <name>`);
  return 'every schema.prisma has its migration';
};

const AWAIT_MS = 10 * 60_000;
const LOOK_EVERY_MS = 1_000;

/** Names of migrations, the libraries' included, that a database has not applied. */
export const missingMigrations = async (app: string, url: string): Promise<string[]> => {
  const libraries = Object.entries(await libraryMigrationStatus(url));
  const missing = libraries.flatMap(([schema, files]) =>
    files.flatMap(({ name, state }) => (state === 'missing' ? [`${schema}/${name}`] : [])),
  );
  return [...missing, ...(await unappliedAppMigrations(app, url))];
};

/** A pod of a new version waits here for the job that migrates; the job may have to create the database first. */
const awaitMigrated = async ([app = '', url = process.env['DATABASE_URL'] ?? '']: readonly string[]): Promise<string> => {
  const until = Date.now() + AWAIT_MS;
  for (;;) {
    const missing = await missingMigrations(app, url).catch((error: Error) => [error.message]);
    if (missing.length === 0) return `${app}: up to date`;
    if (Date.now() > until) throw new Error(`${app}: still missing after ${AWAIT_MS / 60_000} minutes: ${missing.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};

const COMMANDS: Readonly<Record<string, Command>> = {
  create: { needs: 2, run: create },
  deploy: { needs: 2, run: deployAndTell },
  status: { needs: 0, run: status },
  await: { needs: 1, run: awaitMigrated },
};

const main = async ([name = '', ...args]: readonly string[]): Promise<void> => {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined || args.length < command.needs)
    throw new Error('Use: migrate.mts create <app> <name> | deploy <app> <url> | status [<app> <url>] | await <app> [<url>]');
  console.log(await command.run(args));
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error: { message?: string }) => {
    console.error(error.message ?? error);
    process.exitCode = 1;
  });
}
