// The settings of one running platform: ports and secrets. Both are generated once per data folder.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, isFree } from '../stack/ports.mts';
import { SERVICES, type PortName, type PortsByService, type Secrets } from './services.mts';

const hex32Bytes = () => randomBytes(32).toString('hex');

/** The README publishes the demo's accounts; they exist only if DEMO_ACCOUNTS is on. */
const DEMO_PASSWORD = 'hengji-demo';

const MADE_UP = ['CALLER_SECRET', 'SEAL_KEY', 'PERSON_KEY', 'SESSION_KEY', 'AGENCY_SECRET'] as const;

/**
 * Secrets of this machine's development platform. The secrets are kept, because sealed data outlives a run when the data
 * is kept.
 */
export const secretsIn = (folder: string): Secrets => {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(MADE_UP.map((name) => [name, hex32Bytes()])), null, 2), { mode: 0o600 });
  }
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Secrets, 'DEMO_PASSWORD'>), DEMO_PASSWORD };
};

/**
 * One port for each name in the table; a service's public port is the preferred one if that port is free.
 * @param preferred HTTP port by service
 */
export const assignPorts = async (preferred: Record<string, number>, log: (line: string) => void): Promise<PortsByService> => {
  const free = await freePorts(SERVICES.reduce((count, { ports }) => count + ports.length, 0));
  const assigned: Record<string, PortsByService[string]> = {};
  for (const { name, ports } of SERVICES) {
    const own: Partial<Record<PortName, number>> = Object.fromEntries(ports.map((port) => [port, free.pop()]));
    assigned[name] = own;
    const wish = preferred[name];
    if (wish === undefined) continue;
    if (await isFree(wish)) own.HTTP_PORT = wish;
    else log(`port ${wish} is taken; ${name} listens on ${own.HTTP_PORT} instead`);
  }
  return assigned;
};
