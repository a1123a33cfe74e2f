// One database per service, copied from its migrated template; a database that already exists is migrated in place.
import { openSession } from '../stack/open-session.mts';
import { deploy } from '../migrate/migrate.mts';
import { buildTemplates, databaseUrl, templateOf } from '../stack/templates.mts';

export interface PrepareDatabasesOptions {
  /** Maintenance database */
  readonly postgresUrl: string;
  readonly services: readonly string[];
  /** Database of a service */
  readonly nameOf: (service: string) => string;
  /** Use databases that exist; else they are created again */
  readonly keep: boolean;
}

export const prepareDatabases = async ({ postgresUrl, services, nameOf, keep }: PrepareDatabasesOptions) => {
  const failures = await buildTemplates(postgresUrl, services);
  for (const [service, error] of failures) throw new Error(`the migrations of ${service} failed`, { cause: error });
  const client = await openSession(postgresUrl);
  try {
    for (const service of services) {
      const name = nameOf(service);
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (rowCount === 1 && keep) {
        await deploy(service, databaseUrl(postgresUrl, name));
        continue;
      }
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await client.query(`CREATE DATABASE "${name}" TEMPLATE "${templateOf(service)}"`);
    }
  } finally {
    await client.end();
  }
};
