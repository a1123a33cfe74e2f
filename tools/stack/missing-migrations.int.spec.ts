// A pod of a new version waits until its database has what the version knows (`migrate.mts await`). An older version does not mind that the
// database knows more.
import { query, testDatabase } from '@hengji/testing';
import { missingMigrations } from '../migrate/migrate.mts';

let url: string;
beforeAll(async () => {
  ({ url } = await testDatabase('exam'));
});

it('nothing is missing in a migrated database, nor in one that a newer version has migrated', async () => {
  expect(await missingMigrations('exam', url)).toEqual([]);
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ('newer', 'x', '9999_of_a_newer_version', now(), now(), 1)`,
  );
  await query(url, `INSERT INTO messaging.migration (name, sha256) VALUES ('9999_of_a_newer_version.sql', 'x')`);
  expect(await missingMigrations('exam', url)).toEqual([]);
});

it('a migration that was not applied, or has not ended, is missing; so is one of a library', async () => {
  await query(url, `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0001_exam'`);
  expect(await missingMigrations('exam', url)).toEqual(['0001_exam']);
  await query(url, `DELETE FROM messaging.migration WHERE name LIKE '0001%'`);
  expect(await missingMigrations('exam', url)).toEqual([expect.stringMatching(/^messaging\/0001_/), '0001_exam']);
});

it('everything is missing in an empty database', async () => {
  await query(url, 'DROP TABLE _prisma_migrations');
  await query(url, 'DROP SCHEMA messaging CASCADE; DROP SCHEMA procedure CASCADE');
  const missing = await missingMigrations('exam', url);
  expect(missing).toContain('0001_exam');
  expect(missing.filter((name) => name.startsWith('procedure/')).length).toBeGreaterThan(0);
});
