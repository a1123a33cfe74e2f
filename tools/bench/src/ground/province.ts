// The sample province's program, run as a child: what a user sees loading and ordering is what is measured.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Platform } from './neighbours';

const PROGRAM = join(__dirname, '..', 'province', 'main.js');

/** Runs one command with --json; returns the object of its last line. */
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
