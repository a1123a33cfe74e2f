// Stops what jest-setup.mts started, once, and removes its folder.
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { STACK_FOLDER } from '../stack/standing.mts';

export default async () => {
  const stop = globalThis.stopTestStack;
  if (stop === undefined) return;
  globalThis.stopTestStack = undefined;
  await stop();
  rmSync(join(STACK_FOLDER, `test-${process.pid}`), { recursive: true, force: true });
};
