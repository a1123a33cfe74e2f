// Runs the program of the sample province as a child process: the bench measures the same loading and ordering that a user
// sees.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Platform } from './neighbours';

const PROGRAM = join(__dirname, '..', 'province', 'main.js');

/** Runs one command with --json; returns the object in the last line of its output. */
export const runProvince = (platform: Platform, args: readonly string[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...args, '--json'], {
      env: { ...process.env, ...platform.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
      else reject(new Error(`province ${args.join(' ')} ended with ${signal ?? `code ${String(code)}`}`));
    });
  });
