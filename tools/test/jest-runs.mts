// One kind of specs in one run of jest, its figures read from the report that jest writes. A suite that could not even be
// loaded has no tests to count, and counts as one that failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export type Kind = 'unit' | 'integration' | 'e2e';

export interface Tally {
  passed: number;
  failed: number;
  readonly failures: string[];
}

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

const failuresIn = (report: Report, root: string) =>
  report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => `${file}: ${test.fullName}`);
    return status === 'failed' && failed.length === 0 ? [`${file}: could not be run`] : failed;
  });

/** The border specs run eslint, whose configuration is an ES module; jest lets such in only with this flag. */
const FLAGS: Partial<Record<Kind, readonly string[]>> = { unit: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'] };

const jest = (root: string, kind: Kind, args: readonly string[]) =>
  new Promise<number>((resolve, reject) => {
    const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const env = { ...process.env, NODE_OPTIONS: [process.env['NODE_OPTIONS'], ...(FLAGS[kind] ?? [])].filter(Boolean).join(' ') };
    const child = spawn(process.execPath, [program, '--selectProjects', kind, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

/**
 * @param root of the project
 * @param more arguments for jest
 */
export const runJest = async (root: string, kind: Kind, more: readonly string[] = []): Promise<Tally> => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-jest-'));
  const reportFile = join(folder, 'report.json');
  const code = await jest(root, kind, ['--passWithNoTests', '--json', `--outputFile=${reportFile}`, ...more]);
  const report = readReport(reportFile);
  rmSync(folder, { recursive: true, force: true });
  if (report === undefined)
    return code === 0
      ? { passed: 0, failed: 0, failures: [] }
      : { passed: 0, failed: 1, failures: [`${kind} specs: jest ended with code ${code}`] };
  const failures = failuresIn(report, root);
  if (code !== 0 && failures.length === 0) failures.push(`${kind} specs: jest ended with code ${code} although no test failed`);
  return { passed: report.numPassedTests, failed: failures.length, failures };
};
