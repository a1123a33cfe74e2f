// A data folder belongs to one running stack. Its stack.json names the process that owns the stack and the servers that
// this process started. A folder without a living owner was left by a crash: its servers are stopped before anything new
// starts in it.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '../launch/problem.mjs';
import { endProcess, isAlive, recordOf, type ProcessRecord } from './processes.mts';

export type Claim = { folder: string; add(record: ProcessRecord): void; release(): void };

const RECORD = 'stack.json';
const NEEDED_MEGABYTES = 600;
const RETRY_MS = 2_000;
/** PostgreSQL interprets SIGTERM as "stop when the last client has disconnected". */
const END_SIGNALS: Readonly<Record<string, NodeJS.Signals>> = { PostgreSQL: 'SIGINT' };

interface Kept {
  readonly owner: ProcessRecord;
  readonly processes: ProcessRecord[];
}

const readRecord = (folder: string): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, RECORD), 'utf8'));
  } catch {
    return undefined;
  }
};

const endLeftovers = async (folder: string, log: (line: string) => void) => {
  const record = readRecord(folder);
  const left = record?.processes.filter(isAlive) ?? [];
  for (const process of left) log(`ending ${process.name} (process ${process.pid}), left by an earlier crash`);
  await Promise.all(left.map((process) => endProcess(process, { signal: END_SIGNALS[process.name] ?? 'SIGTERM', limitMs: 5_000 })));
};

const checkSpace = (folder: string) => {
  const { bavail, bsize } = statfsSync(folder);
  const megabytes = Math.floor((bavail * bsize) / 2 ** 20);
  if (megabytes >= NEEDED_MEGABYTES) return;
  throw new SetupProblem({
    what: `Only ${megabytes} MB are free on the disk of ${folder}.`,
    why: 'the data of PostgreSQL and Kafka',
    mend: `free at least ${NEEDED_MEGABYTES} MB (see: df -h ${folder})`,
  });
};

/** Written to a second file that then replaces the first: on a full disk the older record stays, not an empty one. */
const put = (file: string, record: Kept) => {
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
  renameSync(`${file}.new`, file);
};

/**
 * Writes the record to disk. If the record cannot be written now (a full disk), this is logged once and tried again. The
 * processes keep running, because only a crash would make the record necessary.
 */
const kept = (file: string, record: Kept, log: (line: string) => void) => {
  let retry: NodeJS.Timeout | undefined;
  let failing = false;
  const save = () => {
    clearTimeout(retry);
    try {
      put(file, record);
      if (failing) log(`${file} is written again`);
      failing = false;
    } catch (error) {
      if (!failing) log(`${file} cannot be written (${(error as Error).message}); it is tried again, nothing is stopped`);
      failing = true;
      retry = setTimeout(save, RETRY_MS);
      retry.unref();
    }
  };
  return { save, forget: () => clearTimeout(retry) };
};

/** Claims the folder for this process, or returns the process that owns it. */
export const claimFolder = async (folder: string, log: (line: string) => void): Promise<Claim> => {
  const owner = readRecord(folder)?.owner;
  if (owner && owner.pid !== process.pid && isAlive(owner)) {
    throw new SetupProblem({
      what: `${folder} is in use by process ${owner.pid}.`,
      why: 'one data folder serves one running stack',
      mend: `stop the other one (Ctrl-C in its terminal, or: kill ${owner.pid})`,
    });
  }
  await endLeftovers(folder, log);
  mkdirSync(folder, { recursive: true });
  checkSpace(folder);
  const record: Kept = { owner: recordOf('owner', process.pid), processes: [] };
  const file = join(folder, RECORD);
  put(file, record);
  const { save, forget } = kept(file, record, log);
  return {
    folder,
    add: (process) => {
      record.processes.push(process);
      save();
    },
    release: () => {
      forget();
      for (const one of [file, `${file}.new`]) rmSync(one, { force: true });
    },
  };
};

/** @returns whether a living process owns the folder */
export const isClaimed = (folder: string): boolean => {
  const owner = readRecord(folder)?.owner;
  return owner !== undefined && isAlive(owner);
};

/** Removes folders below `parent` whose name begins with `prefix` and whose owner is gone; stops their servers first. */
export const sweepAbandoned = async (parent: string, prefix: string, log: (line: string) => void) => {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(parent, name);
    if (isClaimed(folder)) continue;
    await endLeftovers(folder, log);
    rmSync(folder, { recursive: true, force: true });
  }
};
