// The services as they were last released, built beside ours: two versions can then run at once, as they do during an upgrade.
// Built once a commit; the packages are this checkout's, what is generated is the released one's own.
//   node tools/test/released-build.mjs      prints the folder
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { line, releasedCommit, root } from './released.mjs';

const SERVICES = ['approval', 'exam', 'certificate', 'subsidy', 'exchange', 'enforcement'];

const run = (cwd, command, ...args) => {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${status}:\n${stderr}`);
};

/** @returns {{ commit: string, dist: string } | undefined} undefined where nothing was released before */
export const releasedBuild = () => {
  const commit = releasedCommit();
  if (!commit) return undefined;
  const folder = join(root, '.stack', 'released', commit);
  const dist = join(folder, 'dist');
  if (existsSync(folder)) return { commit, dist };
  mkdirSync(dirname(folder), { recursive: true });
  // Whole or not at all: what a broken run leaves is not taken for a build.
  const making = mkdtempSync(`${folder}-`);
  try {
    run(root, 'git', 'archive', '--format=tar', '--output', join(making, 'released.tar'), commit);
    run(making, 'tar', '-xf', 'released.tar');
    symlinkSync(join(root, 'node_modules'), join(making, 'node_modules'));
    run(making, process.execPath, 'tools/generate/generate.mjs');
    run(making, process.execPath, 'tools/build/build.mjs', ...SERVICES.map((name) => `apps/${name}`));
    if (!existsSync(folder)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return { commit, dist };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = releasedBuild();
  console.log(built === undefined ? 'nothing was released before' : `${line('log', '-1', '--format=%h %s', built.commit)}\n${built.dist}`);
}
