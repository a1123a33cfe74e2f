// One database per service, copied from its migrated template; a database that is there already is migrated where it stands.
import { openSession } from '../stack/open-session.mjs';
import { deploy } from '../migrate/migrate.mjs';
import { buildTemplates, databaseUrl, templateOf } from '../stack/templates.mjs';

/**
 * @param {object} o
 * @param {string} o.postgresUrl maintenance database
 * @param {readonly string[]} o.services
 * @param {(service: string) => string} o.nameOf database of a service
 * @param {boolean} o.keep use databases that exist; else they are made anew
 */
export const prepareDatabases = async ({ postgresUrl, services, nameOf, keep }) => {
  const failures = await buildTemplates(postgresUrl, services);
  for (const [service, error] of failures) throw new Error(`the migrations of ${service} failed`, { cause: error });
  const client = await openSession(postgresUrl);
  try {
    for (const service of services) {
      const name = nameOf(service);
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (rowCount > 0 && keep) {
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
