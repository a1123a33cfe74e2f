// The crash matrix: step × service × {before commit, after commit before publish, after publish before ack}, for every kind of
// decision. The steps are not listed here, where one would be forgotten: each kind is watched once at the doors to the databases,
// and every kind of writing transaction that a service made for it is a step. Then each is struck at each point, the i-th steps
// of all services in one decision. Killed, restarted, completed, and every effect exactly once.
import { query } from '@hengji/testing';
import { FAULT_POINTS } from '../faults/postgres-proxy';
import { startRunning } from '../running-platform';
import type { Office, Story } from './decision';
import { type Doors, openDoors, SERVICES } from './doors';
import { partLifting, restLifting } from './liftings';
import { sessionOrder, type WholeOrder, wholeOrder } from './orders';
import { transferOrder } from './transfer';

/**
 * Points that may stay undone, by name: steps that a decision takes only by chance (a late answer, a second look), so that no
 * second one need take them. Everything that is not on this list has to be struck.
 */
const BY_CHANCE: readonly string[] = [];

/**
 * Whoever died with a message is missed at once: the matrix strikes there, and would wait each time. A fence is waited for, though
 * its service died twice with it: an order that is issued without it takes another step than the one to be struck.
 */
const PACE = { AGENCY_TIMEOUT_MS: '2000', AGENCY_RECORDING_MS: '1000', AGENCY_INQUIRY_MS: '300', FENCE_PATIENCE_MS: '30000' };

/** A few dozen to an institution: what is struck is a step, however many records it moves. */
const CERTIFICATES = 2_000;

/** A story on an institution of its own. */
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

describe('a decision survives the power failing at every point of every step', () => {
  let doors: Doors;
  let office: Office;
  /** Institutions that no story was about yet. */
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

  it('watches each kind once, and learns the steps', async () => {
    for (const tell of STORIES) {
      for (const decision of told(tell)) {
        const { carryOut, expectOnce } = await decision.prepare();
        await doors.learn(decision.name, carryOut);
        await expectOnce();
      }
    }
    for (const service of SERVICES) expect(doors.stepsOf(service)).toBeGreaterThanOrEqual(3);
  }, 240_000);

  /** As much of the story as there is something left to strike in; returns how often a service died. */
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

  it('is struck at each point of each step, killed, started again, and completes', async () => {
    // A step that only some decisions have (a late answer, a second look) may not come again: two rounds without a strike end it.
    for (let idle = 0; idle < 2 && doors.left().length > 0;) {
      let deaths = 0;
      for (const tell of STORIES) deaths += await strikeIn(tell);
      idle = deaths === 0 ? idle + 1 : 0;
    }
    // Named, not counted: whatever was not struck at is in the failure, or on the list above with its reason.
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
