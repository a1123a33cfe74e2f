// `npm test` tests everything, or what the named projects can break. `npm run check` (--static) runs the checks that need
// no running server. A failing step does not stop the others, and the output names what was not tried. The last line is
// for programs: `N passed, N failed`.
import { printProblem } from '../launch/problem.mjs';
import { BUILD, GENERATE, UNCACHED } from './checks.mts';
import { containersNotTried, tellContainers } from './containers.mts';
import { runJest, type Kind } from './jest-runs.mts';
import { runTargets } from './nx-runs.mts';
import { forgetReports, sum, type Tally } from './reports.mts';
import { runCheck } from './run-check.mts';
import { environmentOf, findOrStartStack, type TestStack } from './test-stack.mts';
import { select, WHOLE_PROJECT, type Project, type Selection } from './selection.mts';

/** Targets for all projects at once, if no project is named. */
const WHOLE = ['all-types', 'all-lint', 'all-format'];
/** Targets for each project, if projects are named. */
const OF_EACH = ['types', 'lint'];
/** Targets of the whole repository, whichever projects are named: they take seconds. */
const ALWAYS = ['unused', 'contracts'];

/** The projects whose checks need no spec of a service: the root, and the rules of the repository. */
const RULES = [WHOLE_PROJECT, 'tidy'];

const tally: Tally = sum([]);

const count = (more: Tally) => {
  tally.passed += more.passed;
  tally.failed += more.failed;
  tally.failures.push(...more.failures);
  return more.failed === 0;
};

interface Specs {
  readonly name: string;
  readonly kind: Kind;
  readonly folders: readonly string[];
  readonly stack: TestStack;
}

/** One run of jest for all the projects, so that one PostgreSQL and one Kafka serve it. */
const runSpecs = async ({ name, kind, folders, stack }: Specs) => {
  const began = Date.now();
  try {
    const outcome = await runJest({ kind, folders, environment: environmentOf(stack) });
    const mark = count(outcome) ? '✔' : '✘';
    console.log(`${mark} ${name} (${outcome.passed} passed, ${outcome.failed} failed)  ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    await stack.stop();
  }
};

const foldersOf = (projects: readonly Project[], kind: Kind) =>
  projects.filter(({ targets }) => targets.includes(kind)).map(({ folder }) => folder);

const runIntegration = (projects: readonly Project[], stack: TestStack): Promise<void> => {
  const folders = foldersOf(projects, 'integration');
  if (folders.length === 0) return stack.stop();
  return runSpecs({ name: 'integration specs', kind: 'integration', folders, stack });
};

const runJourneys = async (projects: readonly Project[]) => {
  const folders = foldersOf(projects, 'e2e');
  if (folders.length === 0 || !count(await runCheck(BUILD))) return;
  await runSpecs({ name: 'journeys', kind: 'e2e', folders, stack: await findOrStartStack('journeys', console.log) });
};

/**
 * Runs the integration suites, then the journeys. In parallel they take less time, but on two processors suites with a time
 * limit fail: a service in trouble no longer answers within its limit. A failure of the first does not stop the second.
 */
const runMoving = async (projects: readonly Project[]) => {
  const failures: unknown[] = [];
  const attempt = (run: () => Promise<void>) => run().catch((failure: unknown) => void failures.push(failure));
  await attempt(async () => runIntegration(projects, await findOrStartStack('integration', console.log)));
  await attempt(() => runJourneys(projects));
  if (failures.length > 0) throw failures[0];
};

interface Static extends Selection {
  readonly isWhole: boolean;
  /** Of the specs, only the rules of the repository. */
  readonly isStatic: boolean;
}

/** The checks of the whole repository or of each project, and the specs that need no server. */
const runStatic = async ({ projects, isWhole, isStatic }: Static) => {
  for (const check of UNCACHED) count(await runCheck(check));
  const meant = isStatic ? projects.filter(({ name }) => RULES.includes(name)) : projects;
  count(await runTargets([...(isWhole ? WHOLE : OF_EACH), ...ALWAYS, 'unit'], meant));
};

const main = async (args: readonly string[]) => {
  const began = Date.now();
  const names = args.filter((arg) => !arg.startsWith('-'));
  const isStatic = args.includes('--static');
  forgetReports();
  const generated = count(await runCheck(GENERATE));
  // nx derives dependencies from imports, also from those in generated code.
  const selection = await select(names);
  if (generated) await runStatic({ ...selection, isStatic, isWhole: names.length === 0 });
  const isMoving = selection.projects.some(({ targets }) => targets.includes('integration') || targets.includes('e2e'));
  if (generated && !isStatic && isMoving) {
    await tellContainers();
    await runMoving(selection.projects);
  }
  if (tally.failures.length > 0) console.log(`\nfailed:\n${tally.failures.map((failure) => `  ${failure}`).join('\n')}`);
  if (containersNotTried() !== undefined) console.log(`\n${containersNotTried()}`);
  if (selection.leftOut.length > 0)
    console.log(`\nnot tried: what ${names.join(', ')} cannot break, which is ${selection.leftOut.join(', ')}`);
  console.log(`\nin ${((Date.now() - began) / 1000).toFixed(0)} s`);
};

main(process.argv.slice(2))
  .catch((error) => {
    printProblem(error);
    tally.failed += 1;
  })
  .finally(() => {
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
    process.exitCode = tally.failed === 0 ? 0 : 1;
  });
