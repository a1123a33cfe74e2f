// A database of its own for the relay: that of a service, migrated and empty.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { prepareDatabases } from '../../../start/databases.mjs';
import { ROOT } from '../ground/ground';

/** Makes the database anew and returns its address. */
export const serviceDatabase = async (postgresUrl: string, service: string): Promise<string> => {
  const module: unknown = await import(pathToFileURL(join(ROOT, 'tools/start/databases.mjs')).href);
  const { prepareDatabases: prepare } = module as { prepareDatabases: typeof prepareDatabases };
  const nameOf = (): string => 'bench_relay';
  await prepare({ postgresUrl, services: [service], nameOf, keep: false });
  return Object.assign(new URL(postgresUrl), { pathname: `/${nameOf()}` }).toString();
};
