// The order in which jest runs suites: the longest first, so that no long suite starts when the others have ended. jest
// stores how long each suite took, but a fresh clone has no stored times.
import Sequencer from '@jest/test-sequencer';

type Tests = Parameters<Sequencer['sort']>[0];

/** Parts of the paths of the longest suites, with their seconds on two processors (docs/TESTING.md). */
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

// jest loads the class as the module's default export.
// eslint-disable-next-line no-restricted-exports
export default class LongestFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const remembered = await super.sort(tests);
    if (remembered.some(({ duration }) => duration !== undefined)) return remembered;
    return remembered.sort((a, b) => secondsOf(b.path) - secondsOf(a.path));
  }
}
