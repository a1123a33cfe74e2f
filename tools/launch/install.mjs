// Installs node_modules as package-lock.json describes. npm writes a list of what it installed to
// node_modules/.package-lock.json. If the two agree, nothing is done; an unfinished install has no list.
import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { npmCommand } from './node24.mjs';
import { SetupProblem } from './problem.mjs';
import { step } from './step.mjs';

const NEEDED_MEGABYTES = 1_500;

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** @param {string} root @returns {boolean} */
export const isInstalled = (root) => {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  // The lock contains optional packages of other platforms; these packages are correctly absent from the disk.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || present[path]?.version === version || (optional && !present[path]),
  );
};

const freeMegabytes = (root) => {
  const { bavail, bsize } = statfsSync(root);
  return Math.floor((bavail * bsize) / 2 ** 20);
};

const reasonOf = (output) => {
  if (/ENOSPC/.test(output)) return ['the disk is full', `free at least ${NEEDED_MEGABYTES} MB (see: df -h .)`];
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH/.test(output)) {
    return [
      'the npm registry does not answer',
      'check the network; behind a proxy or a mirror: npm config set proxy … / npm config set registry …',
    ];
  }
  return ['npm reported an error', 'read the lines above; after a change of package.json run: npm install'];
};

/** @param {string} root of the project */
export const installPackages = async (root) => {
  if (isInstalled(root)) return;
  const free = freeMegabytes(root);
  if (free < NEEDED_MEGABYTES) {
    throw new SetupProblem({
      what: `Only ${free} MB are free here.`,
      why: 'the packages of the project',
      mend: `free at least ${NEEDED_MEGABYTES} MB (see: df -h .)`,
    });
  }
  const [npm, ...first] = npmCommand();
  try {
    await step('Installing packages (npm ci)', () =>
      runQuietly(npm, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root }),
    );
  } catch (error) {
    const output = error.output ?? error.message;
    const [what, mend] = reasonOf(output);
    throw new SetupProblem(
      {
        what: `${output.trim().split('\n').slice(-12).join('\n')}\nnpm ci failed: ${what}.`,
        why: 'the packages that the project is built from',
        mend,
      },
      error,
    );
  }
};
