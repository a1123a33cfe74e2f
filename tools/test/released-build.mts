// The last released version of the services, built beside ours, so that two versions can run at once, as during an
// upgrade. There is one build per commit. The packages come from this checkout; the generated code is the released
// version's own.
//   node tools/test/released-build.mts      prints the folder
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICES } from '../start/services.mts';
import { line, releasedCommit, root } from './released.mts';

const WITH_DATABASE = SERVICES.filter(({ database }) => database).map(({ name }) => `apps/${name}`);

/** The released version's own tool; its file was JavaScript until November 2026. */
const toolIn = (folder: string, tool: string) => (existsSync(join(folder, `${tool}.mts`)) ? `${tool}.mts` : `${tool}.mjs`);

const run = (cwd: string, command: string, ...args: string[]) => {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${status}:\n${stderr}`);
};

/** @returns undefined if nothing was released before */
export const releasedBuild = (): { commit: string; dist: string } | undefined => {
  const commit = releasedCommit();
  if (!commit) return undefined;
  const folder = join(root, '.stack', 'released', commit);
  const dist = join(folder, 'dist');
  if (existsSync(folder)) return { commit, dist };
  mkdirSync(dirname(folder), { recursive: true });
  // The folder is renamed only when it is complete, so the files of an aborted run are never taken for a build.
  const making = mkdtempSync(`${folder}-`);
  try {
    run(root, 'git', 'archive', '--format=tar', '--output', join(making, 'released.tar'), commit);
    run(making, 'tar', '-xf', 'released.tar');
    symlinkSync(join(root, 'node_modules'), join(making, 'node_modules'));
    run(making, process.execPath, toolIn(making, 'tools/generate/generate'));
    run(making, process.execPath, toolIn(making, 'tools/build/build'), ...WITH_DATABASE);
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
