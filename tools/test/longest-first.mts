// The order in which jest takes suites: the longest first, so that none of them begins when the others are over. jest remembers how long
// each took, but a fresh clone has nothing to remember.
import Sequencer from '@jest/test-sequencer';

type Tests = Parameters<Sequencer['sort']>[0];

/** Parts of paths of the suites that take longest, in seconds on two processors (docs/TESTING.md). */
const KNOWN_SECONDS: Readonly<Record<string, number>> = {
  'crash-matrix.e2e': 280,
  'broker.e2e': 160,
  'console.e2e': 145,
  'hammer.e2e': 140,
  'order-matrix.e2e': 135,
  'restored.e2e': 85,
  'crash.e2e': 85,
  'database-trouble.int': 150,
  'forgotten.int': 55,
  'parking.hostile.int': 50,
  'altered.int': 45,
  'attestations.int': 45,
  'stuck.int': 36,
  'receipts.int': 36,
};

const secondsOf = (path: string) => Object.entries(KNOWN_SECONDS).find(([part]) => path.includes(part))?.[1] ?? 0;

// jest asks for the class as the module's default.
// eslint-disable-next-line no-restricted-exports
export default class LongestFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const remembered = await super.sort(tests);
    if (remembered.some(({ duration }) => duration !== undefined)) return remembered;
    return remembered.sort((a, b) => secondsOf(b.path) - secondsOf(a.path));
  }
}
