// The program of the targets `types`, `lint`, `unit`, `integration` and `e2e` of every project, and of the targets of the
// whole repository. It runs the target for one folder and writes the counts that `npm test` reads.
//   node tools/test/task.mts <target> <folder of the project>
import { CHECKS } from './checks.mts';
import { KINDS, runJest, type Kind } from './jest-runs.mts';
import { forgetReport, sum, writeReport, type Tally } from './reports.mts';
import { runCheck } from './run-check.mts';

const isKind = (target: string): target is Kind => KINDS.some((kind) => kind === target);

const runTask = async (target: string, folder: string): Promise<Tally> => {
  if (isKind(target)) return runJest({ kind: target, folders: [folder] });
  const checks = CHECKS[target];
  if (checks === undefined) throw new Error(`there is no target ${target}: use ${[...Object.keys(CHECKS), ...KINDS].join(', ')}`);
  const tallies: Tally[] = [];
  for (const check of checks(folder)) tallies.push(await runCheck(check));
  return sum(tallies);
};

const [target = '', folder = ''] = process.argv.slice(2);
forgetReport(target, folder);
const tally = await runTask(target, folder);
writeReport(target, folder, tally);
process.exitCode = tally.failed === 0 ? 0 : 1;
