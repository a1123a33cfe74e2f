// The counts of each task, in a file that is the task's output for nx: a task that comes from the cache has its counts
// with it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './checks.mts';

export interface Tally {
  passed: number;
  failed: number;
  readonly failures: string[];
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((count, { passed }) => count + passed, 0),
  failed: tallies.reduce((count, { failed }) => count + failed, 0),
  failures: tallies.flatMap(({ failures }) => failures),
});

/** nx.json also names this folder. */
const FOLDER = join(root, '.reports');

/** `unit/apps/exam.json`, and `all-types/all.json` where the folder is the root. */
const fileOf = (target: string, folder: string) => join(FOLDER, target, `${folder === '.' ? 'all' : folder}.json`);

/** Deletes the counts of an earlier run, so that they are not used in this run. */
export const forgetReports = () => rmSync(FOLDER, { recursive: true, force: true });

export const forgetReport = (target: string, folder: string) => rmSync(fileOf(target, folder), { force: true });

export const writeReport = (target: string, folder: string, tally: Tally) => {
  mkdirSync(dirname(fileOf(target, folder)), { recursive: true });
  writeFileSync(fileOf(target, folder), JSON.stringify(tally));
};

/** A task without counts did not run to its end. */
export const readReport = (target: string, folder: string): Tally => {
  try {
    return JSON.parse(readFileSync(fileOf(target, folder), 'utf8')) as Tally;
  } catch {
    return { passed: 0, failed: 1, failures: [`${target} of ${folder}: could not be run`] };
  }
};
