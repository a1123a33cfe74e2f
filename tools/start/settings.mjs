// What one running platform is given: ports and secrets. Both are made up once per data folder.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, isFree } from '../stack/ports.mjs';
import { SERVICES } from './services.mjs';

const hex32Bytes = () => randomBytes(32).toString('hex');

/** The demo's accounts are known to everyone who reads the README; they exist only where DEMO_ACCOUNTS is on. */
const DEMO_PASSWORD = 'hengji-demo';

/**
 * Secrets of this machine's development platform. They are kept, because sealed data outlives a run when the data is kept.
 * @param {string} folder
 * @returns {Record<'CALLER_SECRET' | 'SEAL_KEY' | 'PERSON_KEY' | 'SESSION_KEY' | 'AGENCY_SECRET' | 'DEMO_PASSWORD', string>}
 */
export const secretsIn = (folder) => {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    const names = ['CALLER_SECRET', 'SEAL_KEY', 'PERSON_KEY', 'SESSION_KEY', 'AGENCY_SECRET'];
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(names.map((name) => [name, hex32Bytes()])), null, 2), { mode: 0o600 });
  }
  return { ...JSON.parse(readFileSync(file, 'utf8')), DEMO_PASSWORD };
};

/**
 * One port for each that the table names; a service's public port is the preferred one where nobody has it.
 * @param {Record<string, number>} preferred HTTP port by service
 * @param {(line: string) => void} log
 * @returns {Promise<Record<string, Record<string, number>>>}
 */
export const assignPorts = async (preferred, log) => {
  const free = await freePorts(SERVICES.reduce((count, { ports }) => count + ports.length, 0));
  const assigned = {};
  for (const { name, ports } of SERVICES) {
    assigned[name] = Object.fromEntries(ports.map((port) => [port, free.pop()]));
    const wish = preferred[name];
    if (wish === undefined) continue;
    if (await isFree(wish)) assigned[name].HTTP_PORT = wish;
    else log(`port ${wish} is taken; ${name} listens on ${assigned[name].HTTP_PORT} instead`);
  }
  return assigned;
};
