// Where log lines go: written at once, so that the last words of a process are not lost. A line that cannot be written (disk
// full, closed pipe) is counted and given up; a process must not end because nobody takes its log. No import of ours: a
// spec runs this file in a process of its own.
import { writeSync } from 'node:fs';

/** The little of pino's destination that is used. */
export interface Lines {
  write(line: string): void;
}

/** A reader that is slow is waited for, in all at most 100 ms a line; a service has other things to do. */
const FULL_PIPE = { tries: 20, pauseMs: 5 };

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : 'unknown';

const waitFor = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Tells of each line that `to` did not take, with the code of the failure; throws nothing. */
export const surviving = (to: Lines, lost: (code: string) => void): Lines => ({
  write: (line) => {
    try {
      to.write(line);
    } catch (failure) {
      lost(codeOf(failure));
    }
  },
});

/** Lines into a file descriptor, at once. Throws what the system says when a line cannot be written. */
export const linesInto = (fd: number): Lines => {
  let torn = false;
  // Whoever did not read for one line is not waited for again until a line goes out: or every line would cost the wait.
  let patient = true;
  return {
    write: (line) => {
      // A line of which only half went out is ended, so that the next one can be read.
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
