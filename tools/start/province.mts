// Runs the program in tools/province, which loads the sample province and carries out its order through the endpoints of
// the services.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platform.mts';

const program = fileURLToPath(new URL('../../dist/tools/province/main.js', import.meta.url));

/**
 * Runs one of its commands in the foreground.
 * @param args `load --size small`, `order`, with `--json` for one line of figures at the end
 * @returns once it has ended successfully
 */
export const runProvince = (platform: Platform, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const cwd = join(program, '..', '..', '..', '..');
    const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
      cwd,
      env: { ...process.env, ...platform.environment },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`the sample province: '${args.join(' ')}' ended with ${signal ?? `code ${code}`}`)),
    );
  });
