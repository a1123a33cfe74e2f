// The fixture of the measurements: PostgreSQL, Kafka, the platform, and the order's institution loaded into it. The first
// measurement that needs a part starts that part, and later measurements share it. All of it is in a separate data folder,
// which is removed afterwards.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type OwnStack, type Platform, ROOT, type Stack, tools } from './neighbours';
import { runProvince } from './province';

/** The duration of each import stream. */
export interface Loaded {
  readonly ms: number;
  readonly streams: readonly { readonly stream: string; readonly rows: number; readonly ms: number }[];
}

export interface Ground {
  stack(): Promise<Stack>;
  platform(): Promise<Platform>;
  /** Loads the institution with this many certificates through the import endpoints of the services; once per fixture. */
  loaded(certificates: number): Promise<Loaded>;
  close(): Promise<void>;
}

const STACK_FOLDER = join(ROOT, '.stack');
const PREFIX = 'bench-';
const dataFolder = join(STACK_FOLDER, `${PREFIX}${process.pid}`);
const log = (line: string): void => console.error(line);

/** The rate limit would refuse a client that sends requests as fast as a bench does. */
const ENVIRONMENT_FOR = { verify: { RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '0' }, gateway: { RATE_LIMIT_PER_MINUTE: '1000000000' } };

const newPlatform = async (): Promise<Platform> =>
  (await tools.platform()).startPlatform({
    dataFolder,
    log,
    name: 'bench',
    topicPrefix: `bench-${process.pid}.`,
    environmentFor: ENVIRONMENT_FOR,
  });

const newStack = async (): Promise<OwnStack> => (await tools.stack()).startStack({ dataFolder, log });

const sweep = async (): Promise<void> => (await tools.claim()).sweepAbandoned(STACK_FOLDER, PREFIX, log);

/** A fixture that is started part by part; the caller that opens it closes it. */
export const openGround = (): Ground => {
  let platform: Promise<Platform> | undefined;
  let stack: Promise<OwnStack> | undefined;
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

// The institution of the order holds a tenth of a province's certificates.
const TENTH = 10;

const loadInstitution = async (platform: Platform, certificates: number): Promise<Loaded> => {
  const line = await runProvince(platform, ['load', '--certificates', String(certificates * TENTH), '--only-first', '--streams']);
  return line as Loaded;
};
