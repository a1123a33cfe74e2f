// `npm test` and `npm run check` (--static, what needs nothing running). Every step says what it was and how long it took; a
// failing step does not stop the others. What was not tried is said with its reason. The last line is for machines: `N passed, N failed`.
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../launch/child.mjs';
import { printProblem } from '../launch/problem.mjs';
import { checksOf, type Check } from './checks.mts';
import { containersNotTried, tellContainers } from './containers.mts';
import { runJest, type Kind, type Tally } from './jest-runs.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Checks that run at the same time; most keep one processor busy. */
const AT_ONCE = 2;
/**
 * Suites that run side by side. A suite waits for a database, a broker or a limit for more than half of its time, so two of them
 * share the processors of a small machine without being late. Journeys do not: each has the whole platform, and a browser's
 * patience was seen to end.
 */
const SIDE_BY_SIDE = '--maxWorkers=2';

const tally: Tally = { passed: 0, failed: 0, failures: [] };

const report = (name: string, good: boolean, began: number) =>
  console.log(`${good ? '✔' : '✘'} ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`);

const runCheck = async ({ name, command, args, mend }: Check) => {
  const began = Date.now();
  try {
    await runQuietly(command, args, { cwd: root, env: process.env });
    report(name, true, began);
    tally.passed += 1;
    return true;
  } catch (failure) {
    const { output, message } = failure as Error & { output?: string };
    report(name, false, began);
    console.log(`${(output ?? message).trim()}\n  look again with: ${mend}\n`);
    tally.failed += 1;
    tally.failures.push(name);
    return false;
  }
};

const runChecks = async (checks: readonly Check[]) => {
  const waiting = [...checks];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(check);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const runSpecs = async (name: string, kind: Kind, more: readonly string[] = []) => {
  const began = Date.now();
  const { passed, failed, failures } = await runJest(root, kind, more);
  tally.passed += passed;
  tally.failed += failed;
  tally.failures.push(...failures);
  report(`${name} (${passed} passed, ${failed} failed)`, failed === 0, began);
};

const main = async (isStatic: boolean) => {
  const began = Date.now();
  const { first, rest, build } = checksOf(root);
  const generated = await runCheck(first);
  if (generated) await runChecks(rest);
  if (isStatic) await runSpecs('house rules', 'unit', ['tools/tidy']);
  if (generated && !isStatic) {
    await runSpecs('unit specs', 'unit');
    await tellContainers();
    await runSpecs('integration specs', 'integration', [SIDE_BY_SIDE]);
    if (await runCheck(build)) await runSpecs('journeys', 'e2e', ['--runInBand']);
  }
  if (tally.failures.length > 0) console.log(`\nfailed:\n${tally.failures.map((failure) => `  ${failure}`).join('\n')}`);
  if (containersNotTried() !== undefined) console.log(`\n${containersNotTried()}`);
  console.log(`\nin ${((Date.now() - began) / 1000).toFixed(0)} s`);
};

main(process.argv.includes('--static'))
  .catch((error) => {
    printProblem(error);
    tally.failed += 1;
  })
  .finally(() => {
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
    process.exitCode = tally.failed === 0 ? 0 : 1;
  });
