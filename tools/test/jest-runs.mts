// One kind of specs in one run of jest, its figures read from the report that jest writes. A suite that could not even be
// loaded has no tests to count, and counts as one that failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './checks.mts';
import type { Tally } from './reports.mts';

/** As the projects of jest.config.cjs. */
export const KINDS = ['unit', 'integration', 'e2e'] as const;
export type Kind = (typeof KINDS)[number];

/** What jest writes, as far as it is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const readReport = (file: string): Report | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

const failuresIn = (report: Report) =>
  report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => `${file}: ${test.fullName}`);
    return status === 'failed' && failed.length === 0 ? [`${file}: could not be run`] : failed;
  });

/** The border specs run eslint, whose configuration is an ES module; jest lets such in only with this flag. */
const FLAGS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/**
 * Suites that run side by side. An integration suite waits for a database, a broker or a limit for about half of its time, so two of
 * them and a journey share two processors without being late. Journeys are one at a time: each has the whole platform, and a browser's
 * patience was seen to end. Specs that wait for nothing have a run of jest for each project.
 */
const WORKERS: Readonly<Record<Kind, number>> = { unit: 1, integration: 2, e2e: 1 };

interface JestRun {
  readonly kind: Kind;
  /** Of projects; all where there is none */
  readonly folders: readonly string[];
  /** More of it */
  readonly environment?: Readonly<Record<string, string>>;
}

const jest = ({ kind, folders, environment = {} }: JestRun, reportFile: string) =>
  new Promise<number>((resolve, reject) => {
    const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const env = { ...process.env, ...environment, NODE_OPTIONS: [process.env['NODE_OPTIONS'], FLAGS].filter(Boolean).join(' ') };
    // Paths come first: --selectProjects would take them for names of projects.
    const args = [...folders.map((folder) => `${root}${folder}/`), '--selectProjects', kind, `--maxWorkers=${WORKERS[kind]}`];
    const child = spawn(process.execPath, [program, ...args, '--passWithNoTests', '--json', `--outputFile=${reportFile}`], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

export const runJest = async (run: JestRun): Promise<Tally> => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-jest-'));
  const reportFile = join(folder, 'report.json');
  const code = await jest(run, reportFile);
  const report = readReport(reportFile);
  rmSync(folder, { recursive: true, force: true });
  if (report === undefined)
    return code === 0
      ? { passed: 0, failed: 0, failures: [] }
      : { passed: 0, failed: 1, failures: [`${run.kind} specs: jest ended with code ${code}`] };
  const failures = failuresIn(report);
  if (code !== 0 && failures.length === 0) failures.push(`${run.kind} specs: jest ended with code ${code} although no test failed`);
  return { passed: report.numPassedTests, failed: failures.length, failures };
};
