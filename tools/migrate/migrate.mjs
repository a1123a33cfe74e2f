// Migrations of a service's database, from the command line and for whoever sets databases up (start, tests):
//   node tools/migrate/migrate.mjs create <app> <name>     writes apps/<app>/prisma/migrations/NNNN_<name>
//   node tools/migrate/migrate.mjs deploy <app> <url>      applies what is missing, the libraries' schemas included
//   node tools/migrate/migrate.mjs status [<app> <url>]    without a database: schemas that have drifted from their migrations
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appMigrationStatus, appsWithDatabase, createAppMigration, deployAppMigrations, pendingChange } from './app-migrations.mjs';
import { deployLibraryMigrations, libraryMigrationStatus } from './library-migrations.mjs';

export { appsWithDatabase, createAppMigration, pendingChange };

/**
 * Brings one service's database up to date; safe to call at any time and by several at once.
 * The libraries' schemas come first: an app's migration may move rows of its own into a table of theirs.
 * @param {string} app
 * @param {string} url
 * @returns {Promise<string[]>} names applied now
 */
export const deploy = async (app, url) => [...(await deployLibraryMigrations(url)), ...(await deployAppMigrations(app, url))];

const COMMANDS = {
  create: async ([app, name]) => {
    if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) throw new Error('A migration name is snake_case, for example: create exam add_sessions');
    const folder = await createAppMigration(app, name);
    return folder === undefined ? `apps/${app}: schema.prisma has not changed` : `wrote ${relative(process.cwd(), folder)}`;
  },
  deploy: async ([app, url]) => {
    const names = await deploy(app, url);
    return names.length === 0 ? `${app}: up to date` : `${app}: applied ${names.join(', ')}`;
  },
  status: async ([app, url]) => {
    if (app !== undefined && url !== undefined) {
      return JSON.stringify({ app: await appMigrationStatus(app, url), ...(await libraryMigrationStatus(url)) }, null, 2);
    }
    const drifted = [];
    for (const name of appsWithDatabase()) if ((await pendingChange(name)) !== '') drifted.push(name);
    if (drifted.length > 0)
      throw new Error(`schema.prisma without a migration: ${drifted.join(', ')}. Run: migrate.mjs create <app> <name>`);
    return 'every schema.prisma has its migration';
  },
};

const main = async ([command, ...args]) => {
  const run = COMMANDS[command];
  const needed = { create: 2, deploy: 2, status: 0 }[command];
  if (run === undefined || args.length < needed)
    throw new Error('Use: migrate.mjs create <app> <name> | deploy <app> <url> | status [<app> <url>]');
  console.log(await run(args));
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message ?? error);
    process.exitCode = 1;
  });
}
