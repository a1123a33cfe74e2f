// A service under each trouble of its database, which lasts while writes and records keep coming: it refuses what it cannot write,
// parks nothing, says that it is not ready and why, and goes on by itself when the trouble is over. Then everything is there
// exactly once. Each service's spec hands over how it is started; some troubles go side by side, each with an instance, a
// database and topics of its own.
import type { Envelope } from '@hengji/contracts';
import { closingItsOwn } from '../cleanup';
import { query } from '../database';
import { until } from '../until';
import { repeated, startLoad, type Load, type Loaded } from './load';
import { troubledWay, type TroubledWay } from './troubled-way';
import { asPlainRole, TROUBLES, WAY_TROUBLES, type Trouble } from './troubles';

export interface TroubledService extends Loaded {
  /** Of its database. */
  readonly url: string;
  /** Port of its health server. */
  healthPort(): number;
  /** One column `key`: what the writes have written, once for each time. */
  readonly written: string;
  /** What write `n` writes. */
  keyOf(n: number): string;
  /** All that was sent to it by Kafka, of each institution in order. */
  sent(): Promise<readonly Envelope[]>;
}

/** Starts it; `wayTo` gives the URL by which it reaches its database. */
export type StartTroubled = (wayTo: (databaseUrl: string) => Promise<string>) => Promise<TroubledService>;

const HELD_MS = 12_000;
/** From when on nothing may be ready: a probe's outcome counts for a while, and connecting may wait for an answer. */
const NOTICED_WITHIN_MS = 4_000;
/** Longest pauses: of a consumer 3 s, of a relay 5 s; a connection without an answer is given up after 10 s. */
const RECOVERED = { withinMs: 20_000 };
/** Instances side by side: each is a whole service, and all are in one process. */
const AT_ONCE = 5;
/** They start at once, on two processors that other suites use too. */
const STARTED = { withinMs: 60_000 };
const READ_EVERY_MS = 400;

/** One instance, its way, and the trouble that it gets. */
interface Case extends Omit<Trouble, 'begin'> {
  begin(databaseUrl: string, way: TroubledWay): Promise<() => Promise<void>>;
}

const CASES: readonly Case[] = [
  ...TROUBLES,
  ...WAY_TROUBLES.map((trouble): Case => ({ ...trouble, begin: (_, way) => trouble.begin(way) })),
];

interface Readiness {
  readonly status: number;
  readonly trouble: string;
}

const readinessOf = async (service: TroubledService): Promise<Readiness> => {
  const response = await fetch(`http://127.0.0.1:${service.healthPort()}/readyz`);
  const { trouble = '' } = (await response.json()) as { trouble?: string };
  return { status: response.status, trouble };
};

/** What `/readyz` said while the trouble lasted. */
const held = async (service: TroubledService): Promise<{ all: Readiness[]; late: Readiness[] }> => {
  const from = Date.now();
  const all: Readiness[] = [];
  const late: Readiness[] = [];
  await until(
    async () => {
      const seen = await readinessOf(service);
      all.push(seen);
      if (Date.now() - from > NOTICED_WITHIN_MS) late.push(seen);
      return Date.now() - from;
    },
    (ms) => ms > HELD_MS,
    { withinMs: 2 * HELD_MS, longestPauseMs: READ_EVERY_MS },
  );
  return { all, late };
};

const keysIn = async ({ url, written }: TroubledService): Promise<string[]> =>
  (await query<{ key: string }>(url, written)).map(({ key }) => key);

/** Keys of writes that are there more often than once or not at all. */
const wrongOf = async (service: TroubledService, writes: readonly number[]): Promise<string[]> => {
  const times = new Map<string, number>();
  for (const key of await keysIn(service)) times.set(key, (times.get(key) ?? 0) + 1);
  return writes.map((n) => service.keyOf(n)).flatMap((key) => (times.get(key) === 1 ? [] : [`${key}: ${times.get(key) ?? 0} times`]));
};

/** Events that were sent before one of the same institution and handled after it. */
const overtaken = async (service: TroubledService, events: readonly Envelope[]): Promise<string[]> => {
  const rows = await query<{ id: string; at: string }>(
    service.url,
    'SELECT event_id::text AS id, seen_at::text AS at FROM messaging.inbox',
  );
  const handledAt = new Map(rows.map(({ id, at }) => [id, at]));
  const last = new Map<string, string>();
  return events.flatMap(({ meta }) => {
    const { eventId = '', institution = '' } = meta ?? {};
    const at = handledAt.get(eventId) ?? 'never';
    const before = last.get(institution) ?? '';
    last.set(institution, at);
    return at < before ? [eventId] : [];
  });
};

const inboxOf = async ({ url }: TroubledService): Promise<number> => (await query(url, 'SELECT 1 FROM messaging.inbox')).length;

const unpublishedIn = async ({ url }: TroubledService): Promise<number> =>
  (await query(url, 'SELECT 1 FROM messaging.outbox WHERE published_at IS NULL')).length;

/** Goes on by itself: ready, and a write that was not tried before is written. */
const recovers = async (service: TroubledService): Promise<void> => {
  await until(
    () => readinessOf(service),
    ({ status }) => status === 200,
    RECOVERED,
  );
  await repeated(service, 9_000, RECOVERED.withinMs);
};

const settled = async (service: TroubledService, load: Load, refusal: string) => {
  const records = await load.stop();
  const answers = Object.fromEntries(load.answers);
  const { ok = [], [refusal]: refused = [], ...others } = answers;
  const lost = await wrongOf(service, ok);
  for (const n of refused) await repeated(service, n, RECOVERED.withinMs);
  const before = await inboxOf(service);
  await until(
    () => inboxOf(service),
    (rows) => rows >= records,
    RECOVERED,
  ).catch(() => before);
  const events = await service.sent();
  return {
    others,
    refused: refused.length > 0,
    lost,
    wrong: await wrongOf(service, [...ok, ...refused]),
    unheard: records - (await inboxOf(service)),
    overtaken: await overtaken(service, events),
    parked: await query(service.url, 'SELECT key, reason FROM messaging.parked'),
    unpublished: await until(
      () => unpublishedIn(service),
      (rows) => rows === 0,
      RECOVERED,
    ),
  };
};

/** Holds the trouble while the load goes on. */
const hold = async (service: TroubledService, load: Load, begin: () => Promise<() => Promise<void>>) => {
  // It meets statements under way, and sessions that are open.
  await until(
    () => load.answers.get('ok')?.length ?? 0,
    (writes) => writes >= 8,
    STARTED,
  );
  const end = await begin();
  try {
    return await held(service);
  } finally {
    await end();
  }
};

const suffer = async (start: StartTroubled, { refusal, begin, isWhole }: Case) => {
  let way: TroubledWay | undefined;
  const service = await start(async (databaseUrl) => {
    way = await troubledWay(await asPlainRole(databaseUrl));
    return way.url;
  });
  const through = way;
  if (!through) throw new Error('the service was started without its way');
  const load = startLoad(service);
  try {
    const readiness = await hold(service, load, () => begin(service.url, through));
    await recovers(service);
    const late = isWhole ? readiness.late : [];
    return {
      ...(await settled(service, load, refusal)),
      readyMeanwhile: late.filter(({ status }) => status === 200).length,
      unexplained: readiness.all.filter(({ status, trouble }) => status !== 200 && trouble === '').length,
    };
  } finally {
    await load.stop();
  }
};

type Outcome = Awaited<ReturnType<typeof suffer>>;

/** Defines the specs. */
export const survivesTrouble = (start: StartTroubled): void => {
  const outcomes = new Map<string, Promise<Outcome>>();
  beforeAll(() => {
    const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve());
    CASES.forEach((each, i) => {
      const outcome = (lanes[i % AT_ONCE] ?? Promise.resolve()).then(() => closingItsOwn(() => suffer(start, each)));
      outcomes.set(each.name, outcome);
      lanes[i % AT_ONCE] = outcome.then(
        () => undefined,
        () => undefined,
      );
    });
  });

  it.each(CASES)(
    'refuses what it cannot write for 12 s under load, and loses and doubles nothing: $name',
    async ({ name, isWhole }) => {
      const outcome = await outcomes.get(name);
      expect(outcome).toEqual({
        ...{ others: {}, refused: isWhole ? true : outcome?.refused, readyMeanwhile: 0, unexplained: 0 },
        ...{ lost: [], wrong: [], unheard: 0, overtaken: [], parked: [], unpublished: 0 },
      });
    },
    240_000,
  );
};
