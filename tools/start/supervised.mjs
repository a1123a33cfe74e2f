// One service's process, kept running: it is started again a second after it ends without having been asked to, so a user may
// kill any service and watch the order go on. What it prints goes to a log file.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess, recordOf } from '../stack/processes.mjs';

const RESTART_AFTER_MS = 1_000;
const READY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;
const ANSWER_LIMIT_MS = 2_000;
const STOP_LIMIT_MS = 15_000;

/**
 * Node takes what memory there is unless it is told. An import of a million records or an order over them needs no more
 * than this (docs/BENCH.md), and a service that would need more has a defect that is better seen early. Of V8's helper threads one
 * is enough where nine processes share two processors: each that compiles beside it takes some ten megabytes.
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=192', '--max-semi-space-size=8', '--v8-pool-size=1'];

const lastLines = (file, count = 12) => {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch (error) {
    return error.message;
  }
};

const answersReady = (url) =>
  fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );

/** A service whose log file cannot be opened (a full disk) runs without one. */
const outputInto = (logFile) => {
  try {
    mkdirSync(dirname(logFile), { recursive: true });
    return openSync(logFile, 'a');
  } catch {
    return 'ignore';
  }
};

/** In a group of its own: Ctrl-C is for us, and we stop the services one after the other. */
const spawnLogged = ({ program, env, cwd, logFile }) => {
  const output = outputInto(logFile);
  const child = spawn(process.execPath, [...NODE_FLAGS, program], { cwd, env, detached: true, stdio: ['ignore', output, output] });
  if (output !== 'ignore') closeSync(output);
  return child;
};

/**
 * @typedef {object} Supervised
 * @property {string} name
 * @property {() => Promise<void>} start starts the process and waits until it is ready
 * @property {() => Promise<void>} stop asks it to end, and keeps it down
 * @property {(o?: { stayDown?: boolean }) => Promise<void>} kill SIGKILL; it comes back by itself unless it shall stay down
 * @property {() => Promise<void>} untilReady
 * @property {() => number | undefined} pid
 */

/**
 * @param {object} o
 * @param {string} o.name
 * @param {string} o.program
 * @param {Record<string, string>} o.env
 * @param {string} o.cwd
 * @param {string} o.logFile
 * @param {string} o.readyUrl
 * @param {(line: string) => void} o.log
 * @param {(record: import('../stack/processes.mjs').ProcessRecord) => void} o.started
 * @returns {Supervised}
 */
export const supervised = ({ name, program, env, cwd, logFile, readyUrl, log, started }) => {
  let child;
  let record;
  let exited;
  let wanted = false;
  let wasReady = false;
  let gaveUp;

  const ended = async (reason) => {
    child = undefined;
    if (!wanted) return;
    if (!wasReady) {
      gaveUp = `${name} ended with ${reason} before it was ready; ${logFile} ends with:\n${lastLines(logFile)}`;
      return;
    }
    log(`${name} ended with ${reason}; starting it again in ${RESTART_AFTER_MS / 1000} s`);
    await pause(RESTART_AFTER_MS);
    if (!wanted || child) return;
    run();
    const current = child;
    await untilReady().then(
      () => child === current && log(`${name} is back`),
      (error) => child === current && log(error.message),
    );
  };

  const run = () => {
    child = spawnLogged({ program, env, cwd, logFile });
    record = recordOf(name, child.pid);
    started(record);
    exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
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

  /** Until Node has told us of the end too: a process started before that would be taken for the one that ended. */
  const end = async (how) => {
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
