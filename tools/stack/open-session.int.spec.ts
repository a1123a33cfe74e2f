// Tools that open their own session refuse a session that is not in UTC. Such a session occurs behind a pooler that drops
// startup parameters, on a server in Asia/Shanghai. There, a default of now() without a zone or a time that a migration
// moves would be eight hours off.
import { droppingPooler, query, testDatabase, testPostgresUrl } from '@hengji/testing';
import { withEngine } from '../migrate/engine.mts';
import { deployLibraryMigrations, libraryMigrationStatus } from '../migrate/library-migrations.mts';
import { appMigrationStatus, deployAppMigrations, unappliedAppMigrations } from '../migrate/app-migrations.mts';
import { deploy } from '../migrate/migrate.mts';
import { prepareDatabases } from '../start/databases.mts';
import { givenPostgres } from './given.mts';
import { openSession } from './open-session.mts';
import { buildTemplates } from './templates.mts';

const NOT_UTC = /Asia\/Shanghai.*must be UTC.*时区.*ignore_startup_parameters.*ALTER ROLE/s;
const SCHEMA = { file: 'none.prisma', text: 'datasource db {\n  provider = "postgresql"\n}\n' };

const TOOLS: [string, (url: string) => Promise<unknown>][] = [
  ['migrate deploy', (url) => deploy('exam', url)],
  ['migrate status', (url) => appMigrationStatus('exam', url)],
  ['the schema engine', (url) => withEngine(SCHEMA, url, async () => undefined)],
  ['migrations of a service', (url) => deployAppMigrations('exam', url)],
  ['what a service misses', (url) => unappliedAppMigrations('exam', url)],
  ['migrations of the libraries', deployLibraryMigrations],
  ['the status of the libraries', libraryMigrationStatus],
  ['templates', (url) => buildTemplates(url, [])],
  ['the databases of npm start', (url) => prepareDatabases({ postgresUrl: url, services: [], nameOf: (name) => name, keep: true })],
  ['a given PostgreSQL', givenPostgres],
  ['any other tool', async (url) => (await openSession(url)).end()],
];

let url: string;
let pooled: string;
beforeAll(async () => {
  ({ url } = await testDatabase('exam'));
  pooled = await droppingPooler(url);
});

it.each(TOOLS)('%s is refused behind a pooler that drops the time zone', async (_name, tool) => {
  const before = await query(url, 'SELECT count(*) FROM messaging.migration');
  const refusal: Error & { what?: string } = await tool(pooled).then(
    () => new Error('it went on'),
    (error: Error) => error,
  );
  expect(`${refusal.message} ${refusal.what ?? ''}`).toMatch(NOT_UTC);
  expect(await query(url, 'SELECT count(*) FROM messaging.migration')).toEqual(before);
});

it('a role whose default time zone is UTC may work behind such a pooler', async () => {
  const role = `utc_${process.pid}`;
  await query(testPostgresUrl(), `CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD 'hengji'`);
  try {
    await query(testPostgresUrl(), `ALTER ROLE ${role} SET timezone = 'UTC'`);
    const asRole = new URL(pooled);
    Object.assign(asRole, { username: role, password: 'hengji' });
    expect(await deploy('exam', asRole.toString())).toEqual([]);
  } finally {
    await query(testPostgresUrl(), `DROP ROLE ${role}`);
  }
});
