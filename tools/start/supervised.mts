// One service's process, kept running. If the process ends without a request, it starts again a second later. A user may
// therefore kill any service and watch the order continue. The output goes to a log file.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess, recordOf, type ProcessRecord } from '../stack/processes.mts';

const RESTART_AFTER_MS = 1_000;
const READY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;
const ANSWER_LIMIT_MS = 2_000;
const STOP_LIMIT_MS = 15_000;

/**
 * Without this limit, Node uses all the memory there is. An import of a million records or an order over them needs no
 * more than this limit (docs/BENCH.md). A service that needs more has a defect, which should appear early. One helper
 * thread of V8 is enough where nine processes share two processors: each further compiling thread takes about ten
 * megabytes.
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=192', '--max-semi-space-size=8', '--v8-pool-size=1'];

const lastLines = (file: string, count = 12) => {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
};

const answersReady = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );

/** A service whose log file cannot be opened (a full disk) runs without a log file. */
const outputInto = (logFile: string) => {
  try {
    mkdirSync(dirname(logFile), { recursive: true });
    return openSync(logFile, 'a');
  } catch {
    return 'ignore';
  }
};

/** In a separate process group: Ctrl-C reaches only us, and we stop the services one after the other. */
const spawnLogged = ({ program, env, cwd, logFile }: Pick<SupervisedOptions, 'program' | 'env' | 'cwd' | 'logFile'>): ChildProcess => {
  const output = outputInto(logFile);
  const child = spawn(process.execPath, [...NODE_FLAGS, program], { cwd, env, detached: true, stdio: ['ignore', output, output] });
  if (output !== 'ignore') closeSync(output);
  return child;
};

export interface Supervised {
  readonly name: string;
  /** Starts the process and waits until it is ready */
  start(): Promise<void>;
  /** Asks it to end, and keeps it down */
  stop(): Promise<void>;
  /** SIGKILL; the service starts again by itself unless it must stay down */
  kill(o?: { stayDown?: boolean }): Promise<void>;
  untilReady(): Promise<void>;
  pid(): number | undefined;
}

export interface SupervisedOptions {
  readonly name: string;
  readonly program: string;
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly logFile: string;
  readonly readyUrl: string;
  readonly log: (line: string) => void;
  readonly started: (record: ProcessRecord) => void;
}

export const supervised = ({ name, program, env, cwd, logFile, readyUrl, log, started }: SupervisedOptions): Supervised => {
  let child: ChildProcess | undefined;
  let record: ProcessRecord;
  let exited: Promise<unknown>;
  let wanted = false;
  let wasReady = false;
  let gaveUp: string | undefined;

  const ended = async (reason: string) => {
    child = undefined;
    if (!wanted) return;
    if (!wasReady) gaveUp = `${name} ended with ${reason} before it was ready; ${logFile} ends with:\n${lastLines(logFile)}`;
    if (!wasReady) return;
    log(`${name} ended with ${reason}; starting it again in ${RESTART_AFTER_MS / 1000} s`);
    await pause(RESTART_AFTER_MS);
    if (!wanted || child) return;
    run();
    const current = child;
    await untilReady().then(
      () => child === current && log(`${name} is back`),
      (error: Error) => child === current && log(error.message),
    );
  };

  const run = () => {
    const begun = spawnLogged({ program, env, cwd, logFile });
    child = begun;
    record = recordOf(name, begun.pid ?? -1);
    started(record);
    exited = new Promise((resolve) => {
      begun.once('exit', (code, signal) => {
        resolve(undefined);
        void ended(signal ?? `code ${code}`);
      });
    });
  };

  const untilReady = async () => {
    for (const limit = Date.now() + READY_LIMIT_MS; Date.now() < limit; await pause(LOOK_EVERY_MS)) {
      if (gaveUp) throw new Error(gaveUp);
      if (child && (await answersReady(readyUrl))) {
        wasReady = true;
        return;
      }
    }
    throw new Error(`${name} was not ready after ${READY_LIMIT_MS / 1000} s; ${logFile} ends with:\n${lastLines(logFile)}`);
  };

  /**
   * Also waits until Node has reported the exit. A process that was started before that would be taken for the one that
   * ended.
   */
  const end = async (how: { signal?: NodeJS.Signals; limitMs?: number }) => {
    if (!child) return;
    await endProcess(record, how);
    await exited;
  };

  return {
    name,
    pid: () => child?.pid,
    untilReady,
    start: async () => {
      wanted = true;
      gaveUp = undefined;
      if (!child) run();
      await untilReady();
    },
    stop: async () => {
      wanted = false;
      await end({ limitMs: STOP_LIMIT_MS });
    },
    kill: async ({ stayDown = false } = {}) => {
      wanted = !stayDown;
      await end({ signal: 'SIGKILL' });
    },
  };
};
