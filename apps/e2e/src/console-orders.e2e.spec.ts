// What follows a signature, clicked in a real headless Chromium by the people with the required roles: a recovery and liftings.
import { findChromium } from '../../../tools/browser/chromium.mts';
import { type Person, personAt } from './console-browser';
import type { Desk } from './journeys/desk';
import { liftingJourney } from './journeys/lifting';
import { institutionsOf, type Running, startRunning } from './running-platform';

const BROWSER_MAY_BE_INSTALLED_MS = 600_000;
const JOURNEY_MS = 600_000;

describe('after the signature, in a browser', () => {
  let program: string;
  let running: Running;
  let person: Person;
  let institutions: string[];

  beforeAll(async () => {
    program = findChromium((line) => void process.stderr.write(`${line}\n`));
    running = await startRunning('console_orders');
    institutions = await institutionsOf(running, '2101');
  }, BROWSER_MAY_BE_INSTALLED_MS);
  afterAll(() => running.stop());
  // Each journey has a browser of its own, so that one that fails leaves nobody signed in.
  beforeEach(async () => {
    person = await personAt(running.gateway, running.platform.environment['DEMO_PASSWORD'] ?? '', program);
  });
  afterEach(async () => {
    await person.close();
    expect(person.complaints).toEqual([]);
  });

  /** The first institution has a tenth of all records; the second is smaller. */
  const desk = (place: 1): Desk => ({ running, person, institution: institutions[place] ?? '' });

  it(
    'lifts an order for one person and then for everybody, and decides about a record that changed meanwhile',
    () => liftingJourney(desk(1)),
    JOURNEY_MS,
  );
});
