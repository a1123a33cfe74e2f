// What follows a signature, clicked in a real headless Chromium by the people with the required roles.
import { findChromium } from '../../../tools/browser/chromium.mts';
import { type Person, personAt } from './console-browser';
import { liftingJourney } from './console-orders';
import { type Running, startRunning } from './running-platform';

const BROWSER_MAY_BE_INSTALLED_MS = 600_000;
const JOURNEY_MS = 240_000;

describe('after the signature, in a browser', () => {
  let running: Running;
  let person: Person;
  let institution = '';

  beforeAll(async () => {
    const program = findChromium((line) => void process.stderr.write(`${line}\n`));
    running = await startRunning('console_orders');
    person = await personAt(running.gateway, running.platform.environment['DEMO_PASSWORD'] ?? '', program);
    const officer = await running.officer('shenyang-a');
    const { items } = await officer.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institution = items[1]?.code ?? '';
  }, BROWSER_MAY_BE_INSTALLED_MS);
  afterAll(async () => {
    try {
      await person.close();
    } finally {
      await running.stop();
    }
  });
  afterEach(() => expect(person.complaints.splice(0)).toEqual([]));

  it(
    'lifts an order for one person and then for everybody, and decides about a record that changed meanwhile',
    () => liftingJourney({ running, person, institution }),
    JOURNEY_MS,
  );
});
