// What the measurements stand on, started when the first of them needs it and shared by the others: PostgreSQL and Kafka,
// the platform on them, and the order's institution loaded into it. All in a data folder of its own, gone afterwards.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { startPlatform } from '../../../start/platform.mjs';
import type { sweepAbandoned } from '../../../stack/claim.mjs';
import type { startStack } from '../../../stack/stack.mjs';
import { runProvince } from './province';

export type Platform = Awaited<ReturnType<typeof startPlatform>>;
export type Stack = Pick<Awaited<ReturnType<typeof startStack>>, 'postgresUrl' | 'kafkaBrokers'>;

/** How long each import stream took. */
export interface Loaded {
  readonly ms: number;
  readonly streams: readonly { readonly stream: string; readonly rows: number; readonly ms: number }[];
}

export interface Ground {
  stack(): Promise<Stack>;
  platform(): Promise<Platform>;
  /** The institution with this many certificates, loaded through the services' doors; once per ground. */
  loaded(certificates: number): Promise<Loaded>;
  close(): Promise<void>;
}

/** The root of the project: this program is dist/tools/bench/main.js. */
export const ROOT = resolve(__dirname, '../../..');

/** The tools next door are modules that run as they stand; bundled, they would lose their places. */
const tool = (path: string): Promise<unknown> => import(pathToFileURL(join(ROOT, 'tools', path)).href);

const STACK_FOLDER = join(ROOT, '.stack');
const PREFIX = 'bench-';
const dataFolder = join(STACK_FOLDER, `${PREFIX}${process.pid}`);
const log = (line: string): void => console.error(line);

/** Who asks as fast as a bench does would be turned away. */
const ENVIRONMENT_FOR = { verify: { RATE_LIMIT_PER_MINUTE: '0' }, gateway: { RATE_LIMIT_PER_MINUTE: '1000000000' } };

const newPlatform = async (): Promise<Platform> => {
  const { startPlatform: start } = (await tool('start/platform.mjs')) as { startPlatform: typeof startPlatform };
  return start({ dataFolder, log, name: 'bench', topicPrefix: `bench-${process.pid}.`, environmentFor: ENVIRONMENT_FOR });
};

const newStack = async (): ReturnType<typeof startStack> => {
  const { startStack: start } = (await tool('stack/stack.mjs')) as { startStack: typeof startStack };
  return start({ dataFolder, log });
};

const sweep = async (): Promise<void> => {
  const { sweepAbandoned: sweepOld } = (await tool('stack/claim.mjs')) as { sweepAbandoned: typeof sweepAbandoned };
  await sweepOld(STACK_FOLDER, PREFIX, log);
};

/** A ground that is started piece by piece; whoever opens it closes it. */
export const openGround = (): Ground => {
  let platform: Promise<Platform> | undefined;
  let stack: ReturnType<typeof newStack> | undefined;
  let loaded: Promise<Loaded> | undefined;
  let swept: Promise<void> | undefined;

  const started = (): Promise<Platform> => (platform ??= (swept ??= sweep()).then(newPlatform));
  const ground: Ground = {
    platform: started,
    stack: async () => (platform ? (await platform).stack : (stack ??= (swept ??= sweep()).then(newStack))),
    loaded: (certificates) => (loaded ??= started().then((running) => loadInstitution(running, certificates))),
    close: async () => {
      await (await platform?.catch(() => undefined))?.stop();
      await (await stack?.catch(() => undefined))?.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void ground.close().finally(() => process.exit(130)));
  return ground;
};

// A tenth of a province's certificates are with the institution that its order is about.
const TENTH = 10;

const loadInstitution = async (platform: Platform, certificates: number): Promise<Loaded> => {
  const line = await runProvince(platform, ['load', '--certificates', String(certificates * TENTH), '--only-first', '--streams']);
  return line as Loaded;
};
