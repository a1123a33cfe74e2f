// The output of log lines: written synchronously, so that the last lines of a process are not lost. A line that cannot be written (disk
// full, closed pipe) is counted and dropped; a failing log must not end a process. No project imports: a spec runs this file in a process
// of its own.
import { writeSync } from 'node:fs';

/** The small part of pino's destination that is used. */
export interface Lines {
  write(line: string): void;
}

/** The wait for a slow reader, at most 100 ms a line in all. */
const FULL_PIPE = { tries: 20, pauseMs: 5 };

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : 'unknown';

const waitFor = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Calls `lost` for each line that `to` did not accept, with the code of the failure; throws nothing. */
export const surviving = (to: Lines, lost: (code: string) => void): Lines => ({
  write: (line) => {
    try {
      to.write(line);
    } catch (failure) {
      lost(codeOf(failure));
    }
  },
});

/** Writes lines to a file descriptor synchronously. Throws the system's error when a line cannot be written. */
export const linesInto = (fd: number): Lines => {
  let torn = false;
  // After a reader was too slow for one line, there is no wait until a line is written: otherwise every line would cost the wait.
  let patient = true;
  return {
    write: (line) => {
      // A line that was written only in part is ended, so that the next one can be read.
      const bytes = Buffer.from(torn ? `\n${line}` : line);
      let written = 0;
      for (let tries = 0; written < bytes.length;) {
        try {
          written += writeSync(fd, bytes, written);
        } catch (failure) {
          if (codeOf(failure) !== 'EAGAIN' || (tries += 1) > (patient ? FULL_PIPE.tries : 0)) {
            torn ||= written > 0;
            patient = false;
            throw failure;
          }
          waitFor(FULL_PIPE.pauseMs);
        }
      }
      torn = false;
      patient = true;
    },
  };
};
