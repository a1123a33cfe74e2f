// The crash matrix: step × service × {before commit, after commit before publish, after publish before ack}, for every
// kind of decision. The steps are not listed here, because a list could miss one. Instead, the database proxies record
// each kind of decision once, and every kind of writing transaction that a service made for it is a step. Then the service
// is killed at each point of each step; one decision covers the i-th steps of all services. Each service is restarted, the
// decision completes, and every effect happens exactly once.
import { query } from '@hengji/testing';
import { FAULT_POINTS } from '../faults/postgres-proxy';
import { startRunning } from '../running-platform';
import type { Office, Story } from './decision';
import { type Doors, openDoors, SERVICES } from './doors';
import { partLifting, restLifting } from './liftings';
import { sessionOrder, type WholeOrder, wholeOrder } from './orders';
import { transferOrder } from './transfer';

/**
 * Points that may stay untested, by name: steps that a decision takes only by chance (a late answer, a second look), so
 * that a later decision need not take them. Every point that is not on this list must be tested.
 */
const BY_CHANCE: readonly string[] = [];

/**
 * A lost message is repeated soon, because the matrix kills services at these points and would otherwise wait each time.
 * The wait for a fence is long, although its service is killed twice during it. Otherwise the order would be issued
 * without the fence and would take another step than the one to be tested. A checkpoint of acts follows each decision soon,
 * so that each service writes one often enough to be killed at it.
 */
const PACE = {
  ...{ AGENCY_TIMEOUT_MS: '2000', AGENCY_RECORDING_MS: '1000', AGENCY_INQUIRY_MS: '300' },
  ...{ FENCE_PATIENCE_MS: '30000', ACTS_CHECKPOINT_SECONDS: '1' },
};

/** A few dozen for each institution: the matrix tests steps, however many records a step changes. */
const CERTIFICATES = 2_000;

/** A story on a separate institution. */
type Tell = (office: Office, institution: string) => Story;

const institutionStory: Tell = (office, institution) => {
  let order: WholeOrder | undefined;
  const ordered = (): WholeOrder => {
    if (order === undefined) throw new Error('a lifting before its order');
    return order;
  };
  return [wholeOrder(office, institution, (begun) => (order = begun)), partLifting(office, ordered), restLifting(office, ordered)];
};

const STORIES: readonly Tell[] = [
  institutionStory,
  (office, institution) => [transferOrder(office, institution)],
  (office, institution) => [sessionOrder(office, institution)],
];

describe('a decision survives a kill at every point of every step', () => {
  let doors: Doors;
  let office: Office;
  /** Institutions that no story has used yet. */
  let institutions: string[];

  const told = (tell: Tell): Story => {
    const institution = institutions.shift();
    if (institution === undefined) throw new Error('the sample province has no institution left for another story');
    return tell(office, institution);
  };

  beforeAll(async () => {
    doors = await openDoors(new URL(process.env['TEST_POSTGRES_URL'] ?? ''));
    const running = await startRunning('crash_matrix', { throughDoor: doors.ports, certificates: CERTIFICATES, environment: PACE });
    const [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    office = { running, drafter, signer };
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = items.map(({ code }) => code);
  }, 240_000);
  afterAll(async () => {
    await office?.running.stop();
    await doors?.close();
  });

  it('records each kind of decision once, and learns the steps', async () => {
    for (const tell of STORIES) {
      for (const decision of told(tell)) {
        const { carryOut, expectOnce } = await decision.prepare();
        await doors.learn(decision.name, carryOut);
        await expectOnce();
      }
    }
    for (const service of SERVICES) expect(doors.stepsOf(service)).toBeGreaterThanOrEqual(3);
  }, 240_000);

  /** Runs the story as far as points are left to test; returns how often a service was killed. */
  const strikeIn = async (tell: Tell): Promise<number> => {
    const isLeft = ({ name }: Story[number]): boolean => doors.left().some(({ decisions }) => decisions.includes(name));
    let deaths = 0;
    const story = told(tell);
    for (const [i, decision] of story.entries()) {
      if (!story.slice(i).some(isLeft)) break;
      const { carryOut, expectOnce } = await decision.prepare();
      deaths += await doors.strike(office.running.platform, carryOut);
      await expectOnce();
    }
    return deaths;
  };

  it('is killed at each point of each step, restarted, and completes', async () => {
    // A step that only some decisions have (a late answer, a second look) may not come again. Two rounds without a kill
    // therefore end the loop.
    for (let idle = 0; idle < 2 && doors.left().length > 0;) {
      let deaths = 0;
      for (const tell of STORIES) deaths += await strikeIn(tell);
      idle = deaths === 0 ? idle + 1 : 0;
    }
    // The failure lists points by name, not by number: every untested point is in the failure, or in the list above with
    // its reason.
    const named = doors.left().map(({ name }) => name);
    expect(named.filter((name) => !BY_CHANCE.includes(name))).toEqual([]);
    for (const service of SERVICES)
      for (const point of FAULT_POINTS) expect({ service, point, died: doors.hasDied(service, point) }).toMatchObject({ died: true });
  }, 1_200_000);

  it('leaves nothing parked and no gap', async () => {
    for (const service of SERVICES) {
      const [left] = await query<{ parked: string | null; gaps: string; waiting: string }>(
        office.running.platform.databaseUrl(service),
        `SELECT (SELECT string_agg(DISTINCT state || ' ' || type || ': ' || reason, '; ') FROM messaging.parked) AS parked,
                (SELECT count(*) FROM messaging.gap WHERE closed_at IS NULL) AS gaps,
                (SELECT count(*) FROM messaging.outbox WHERE published_at IS NULL) AS waiting`,
      );
      expect({ service, ...left }).toEqual({ service, parked: null, gaps: '0', waiting: '0' });
    }
  });
});
