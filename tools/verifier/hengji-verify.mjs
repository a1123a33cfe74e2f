#!/usr/bin/env node
// What `npx hengji-verify` runs in this repository: the one file that outsiders are given, built if it is not there yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const bundle = fileURLToPath(new URL('dist/tools/verifier/hengji-verify.js', root));

if (!existsSync(bundle)) {
  const built = spawnSync(process.execPath, ['tools/build/build.mjs', 'tools/verifier'], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) process.exit(2);
}
createRequire(import.meta.url)(bundle);
