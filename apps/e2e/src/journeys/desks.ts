// The set-up of a suite of journeys: one platform, and for each journey a browser of its own, so that one that fails leaves nobody signed in.
import { findChromium } from '../../../../tools/browser/chromium.mts';
import { type Person, personAt } from '../console-browser';
import { institutionsOf, type Running, type RunningOptions, startRunning } from '../running-platform';
import type { Desk } from './desk';

const BROWSER_MAY_BE_INSTALLED_MS = 600_000;
export const JOURNEY_MS = 600_000;

/** To be called in a `describe`; returns the desk of a journey. The first institution of the city has a tenth of all records, the others are smaller. */
export const desks = (suite: string, options?: RunningOptions): ((place: 1 | 2) => Desk) => {
  let program: string;
  let running: Running;
  let person: Person;
  let institutions: string[];

  beforeAll(async () => {
    program = findChromium((line) => void process.stderr.write(`${line}\n`));
    running = await startRunning(suite, options);
    institutions = await institutionsOf(running, '2101');
  }, BROWSER_MAY_BE_INSTALLED_MS);
  afterAll(() => running.stop());
  beforeEach(async () => {
    person = await personAt(running.gateway, running.platform.environment['DEMO_PASSWORD'] ?? '', program);
  });
  // The faults that no page may have, checked after every journey.
  afterEach(async () => {
    await person.close();
    expect(person.complaints).toEqual([]);
  });
  return (place) => ({ running, person, institution: institutions[place] ?? '' });
};
