// Starts one server program detached, with its output in a file, and waits until it is ready. Ctrl-C in the terminal
// reaches the whole foreground group at once, but PostgreSQL must not stop before the services that use it. The program is
// therefore detached.
import { spawn, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess, recordOf, type ProcessRecord } from './processes.mts';

const LOOK_EVERY_MS = 50;

const lastLines = (file: string, count = 15) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');

export interface StartServerOptions {
  /** For messages and the record */
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  /** The file is overwritten */
  readonly logFile: string;
  /** Its folder, environment and user */
  readonly options?: SpawnOptions | undefined;
  /** Called with the output so far until it returns true */
  readonly isReady: (output: string) => boolean | Promise<boolean>;
  readonly limitMs: number;
  /** Called at once, so that a crash leaves a record */
  readonly started: (record: ProcessRecord) => void;
}

export const startServer = async ({
  name,
  command,
  args,
  logFile,
  options = {},
  isReady,
  limitMs,
  started,
}: StartServerOptions): Promise<ProcessRecord> => {
  const output = openSync(logFile, 'w');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `ended with ${signal ?? `code ${code}`}`));
  child.unref();
  const record = recordOf(name, child.pid ?? -1);
  if (child.pid) started(record);
  for (const end = Date.now() + limitMs; ; await pause(LOOK_EVERY_MS)) {
    if (failure === undefined && (await isReady(readFileSync(logFile, 'utf8')))) return record;
    if (failure === undefined && Date.now() < end) continue;
    if (child.pid) await endProcess(record, { limitMs: 2_000 });
    throw new Error(`${name} ${failure ?? `was not ready after ${limitMs / 1000} s`}; ${logFile} ends with:\n${lastLines(logFile)}`);
  }
};
