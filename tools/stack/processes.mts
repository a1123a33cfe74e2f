// Processes that we started, identified again after a crash. A process id alone may belong to another process by then, so
// a record stores the id together with the start time of the process. Only if both agree may we end the process.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type ProcessRecord = { name: string; pid: number; started: string };

const LOOK_EVERY_MS = 50;

/** @returns the start time of that process, in the system's format; nothing if it is gone */
export const startedAt = (pid: number): string | undefined => {
  try {
    // Field 22 of /proc/<pid>/stat. The command in brackets may contain spaces, so the fields are counted after it. A
    // process in state Z has already ended.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
};

export const recordOf = (name: string, pid: number): ProcessRecord => ({ name, pid, started: startedAt(pid) ?? 'unknown' });

export const isAlive = (record: ProcessRecord) => startedAt(record.pid) === record.started;

const goneWithin = async (record: ProcessRecord, limitMs: number) => {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (!isAlive(record)) return true;
    await pause(LOOK_EVERY_MS);
  }
  return !isAlive(record);
};

const send = (record: ProcessRecord, signal: NodeJS.Signals) => {
  try {
    if (isAlive(record)) process.kill(record.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Processes that this one has started; PostgreSQL, for example, starts one for each session. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .flatMap(([child]) => child ?? []);

const signalAll = (pids: readonly number[], signal: NodeJS.Signals) => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
};

/**
 * Stops a process and its children with SIGSTOP until `thawProcess`. The process itself is stopped first, so that it
 * starts no further children.
 */
export const freezeProcess = (record: ProcessRecord) => {
  send(record, 'SIGSTOP');
  signalAll(childrenOf(record.pid), 'SIGSTOP');
};

export const thawProcess = (record: ProcessRecord) => {
  signalAll(childrenOf(record.pid), 'SIGCONT');
  send(record, 'SIGCONT');
};

/** Ends a process and waits until it is gone: first with the requested signal, after the limit with SIGKILL. */
export const endProcess = async (
  record: ProcessRecord,
  { signal = 'SIGTERM', limitMs = 15_000 }: { signal?: NodeJS.Signals; limitMs?: number } = {},
) => {
  send(record, signal);
  if (await goneWithin(record, limitMs)) return;
  send(record, 'SIGKILL');
  await goneWithin(record, 5_000);
};
