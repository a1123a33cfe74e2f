// The other tools that start servers and services. They are modules that run unbundled and find their files by their own
// location. The bench therefore loads them from their folders at run time; these types are all that the bench uses of
// them.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Stack {
  readonly postgresUrl: string;
  /** host:port, separated by commas. */
  readonly kafkaBrokers: string;
}

export interface OwnStack extends Stack {
  stop(): Promise<void>;
}

export interface Platform {
  /** EXAM_ADDR …, GATEWAY_URL, VERIFY_URL. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The environment of a program that calls the platform. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stack: Stack;
  databaseUrl(service: string): string;
  pid(service: string): number | undefined;
  stop(): Promise<void>;
}

type Log = (line: string) => void;

interface PlatformModule {
  startPlatform(o: {
    dataFolder: string;
    log: Log;
    name: string;
    topicPrefix: string;
    environmentFor: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }): Promise<Platform>;
}

interface StackModule {
  startStack(o: { dataFolder: string; log: Log }): Promise<OwnStack>;
}

interface ClaimModule {
  sweepAbandoned(parent: string, prefix: string, log: Log): Promise<void>;
}

interface DatabasesModule {
  prepareDatabases(o: {
    postgresUrl: string;
    services: readonly string[];
    nameOf: (service: string) => string;
    keep: boolean;
  }): Promise<void>;
}

/** The root of the project: this program is dist/tools/bench/main.js. */
export const ROOT = resolve(__dirname, '../../..');

const load =
  <T>(path: string) =>
  (): Promise<T> =>
    import(pathToFileURL(join(ROOT, 'tools', path)).href) as Promise<T>;

export const tools = {
  platform: load<PlatformModule>('start/platform.mts'),
  stack: load<StackModule>('stack/stack.mts'),
  claim: load<ClaimModule>('stack/claim.mts'),
  databases: load<DatabasesModule>('start/databases.mts'),
} as const;
