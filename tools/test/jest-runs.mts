// One kind of specs in one run of jest; its figures come from jest's report. A suite that could not be loaded has no tests
// to count, and counts as one failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './checks.mts';
import type { Tally } from './reports.mts';

/** The same as the projects of jest.config.cjs. */
export const KINDS = ['unit', 'integration', 'e2e'] as const;
export type Kind = (typeof KINDS)[number];

/** The part of jest's report that is used here. */
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

/** The border specs run eslint, whose configuration is an ES module; jest loads an ES module only with this flag. */
const FLAGS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/**
 * The number of suites that run in parallel. An integration suite waits for a database, a broker or a limit for about half
 * of its time, so two of them share two processors. Journeys run one at a time: each runs the whole platform, and the
 * browser's timeouts have expired when two ran. Specs that wait for nothing have a jest run for each project.
 */
const WORKERS: Readonly<Record<Kind, number>> = { unit: 1, integration: 2, e2e: 1 };

interface JestRun {
  readonly kind: Kind;
  /** Folders of projects; all if empty */
  readonly folders: readonly string[];
  /** Additional variables */
  readonly environment?: Readonly<Record<string, string>>;
}

const jest = ({ kind, folders, environment = {} }: JestRun, reportFile: string) =>
  new Promise<number>((resolve, reject) => {
    const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const env = { ...process.env, ...environment, NODE_OPTIONS: [process.env['NODE_OPTIONS'], FLAGS].filter(Boolean).join(' ') };
    // Paths come first, because --selectProjects would take them for project names.
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
