// The key files of a service, read again when they change: keys are rotated while orders run, and nobody restarts a service
// for it. A file is replaced by renaming, so that nobody ever reads half of one.
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

/** The file's content in the shape that `parse` makes of it; looked at anew with each call, parsed anew when it has changed. */
export const watchedFile = <T>(path: string, parse: (text: string) => T): (() => T) => {
  let seen = '';
  let value: T | undefined;
  return () => {
    const { mtimeMs, ino, size } = statSync(path);
    const stamp = `${mtimeMs}/${ino}/${size}`;
    if (value === undefined || stamp !== seen) {
      value = parse(readFileSync(path, 'utf8'));
      seen = stamp;
    }
    return value;
  };
};

/** Puts the text in the file's place at once. `mode` 0o600 for private keys. */
export const replaceFile = (path: string, text: string, mode: number): void => {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
};
