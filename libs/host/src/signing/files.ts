// The key files of a service, read again when they change: keys are rotated while orders run, without a restart. A file is replaced by
// renaming, so that no process reads an incomplete file.
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';

/** The file's content, parsed by `parse`; each call checks the file and parses it again after a change. */
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

/** Replaces the file atomically. `mode` 0o600 for private keys. */
export const replaceFile = (path: string, text: string, mode: number): void => {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
};
