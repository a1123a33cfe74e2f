// Cases before a signature, clicked in a real headless Chromium by both sides: who may act, a scope with one person, a hearing, a public
// notice that is withdrawn, and a transfer to the police.
import { findChromium } from '../../../tools/browser/chromium.mts';
import { type Person, personAt } from './console-browser';
import type { Desk } from './journeys/desk';
import { hearingJourney } from './journeys/hearing';
import { withdrawalJourney } from './journeys/withdrawal';
import { officersJourney } from './journeys/officers';
import { scopeJourney } from './journeys/scope';
import { transferJourney } from './journeys/transfer';
import { institutionsOf, type Running, startRunning } from './running-platform';

const BROWSER_MAY_BE_INSTALLED_MS = 600_000;
const JOURNEY_MS = 600_000;

describe('before the signature, in a browser', () => {
  let program: string;
  let running: Running;
  let person: Person;
  let institutions: string[];

  beforeAll(async () => {
    program = findChromium((line) => void process.stderr.write(`${line}\n`));
    running = await startRunning('console_cases', { environment: { AGENCY_INQUIRY_MS: '300' } });
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

  const desk = (place: 1 | 2): Desk => ({ running, person, institution: institutions[place] ?? '' });

  it('lets only the named officers act, and the province after it took the case over', () => officersJourney(desk(1)), JOURNEY_MS);

  it('finds a person for the scope of an order, and shows the search among the acts', () => scopeJourney(desk(1)), JOURNEY_MS);

  it('hears the institution, and returns the proposal to the officers once', () => hearingJourney(desk(2)), JOURNEY_MS);

  it('shows everybody a public notice, and its withdrawal', () => withdrawalJourney(desk(1)), JOURNEY_MS);

  it('transfers a case to the police, which acknowledge and file it', () => transferJourney(desk(2)), JOURNEY_MS);
});
