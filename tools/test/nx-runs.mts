// Runs targets by nx, which takes the result from its cache if the sources are unchanged. The figures come from the file
// that each task wrote.
import { join } from 'node:path';
import { runInForeground } from '../launch/child.mjs';
import { root } from './checks.mts';
import { readReport, sum, type Tally } from './reports.mts';
import type { Project } from './selection.mts';

/** Tasks in parallel; most tasks use one processor fully. */
const AT_ONCE = 2;

/** @param targets that are run for each of the projects that has them */
export const runTargets = async (targets: readonly string[], projects: readonly Project[]): Promise<Tally> => {
  const tasks = projects.flatMap(({ name, folder, targets: has }) =>
    targets.filter((target) => has.includes(target)).map((target) => ({ name, folder, target })),
  );
  if (tasks.length === 0) return sum([]);
  const names = [...new Set(tasks.map(({ name }) => name))].join(',');
  const args = ['run-many', '-t', targets.join(','), '-p', names, `--parallel=${AT_ONCE}`, '--outputStyle=static'];
  // Without this setting, nx writes colours even to a file.
  const env = { FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...process.env };
  const code = await runInForeground(join(root, 'node_modules', '.bin', 'nx'), args, { cwd: root, env });
  const tally = sum(tasks.map(({ target, folder }) => readReport(target, folder)));
  if (code === 0 || tally.failed > 0) return tally;
  return sum([tally, { passed: 0, failed: 1, failures: [`nx ${args.join(' ')} ended with code ${code}`] }]);
};
