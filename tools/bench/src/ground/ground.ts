// What the measurements stand on, started when the first of them needs it and shared by the others: PostgreSQL and Kafka,
// the platform on them, and the order's institution loaded into it. All in a data folder of its own, gone afterwards.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type OwnStack, type Platform, ROOT, type Stack, tools } from './neighbours';
import { runProvince } from './province';

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

const STACK_FOLDER = join(ROOT, '.stack');
const PREFIX = 'bench-';
const dataFolder = join(STACK_FOLDER, `${PREFIX}${process.pid}`);
const log = (line: string): void => console.error(line);

/** Who asks as fast as a bench does would be turned away. */
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

/** A ground that is started piece by piece; whoever opens it closes it. */
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

// A tenth of a province's certificates are with the institution that its order is about.
const TENTH = 10;

const loadInstitution = async (platform: Platform, certificates: number): Promise<Loaded> => {
  const line = await runProvince(platform, ['load', '--certificates', String(certificates * TENTH), '--only-first', '--streams']);
  return line as Loaded;
};
