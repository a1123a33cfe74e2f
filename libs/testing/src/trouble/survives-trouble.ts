// A service under each failure of its database, while writes and records continue. During the failure the service refuses
// what it cannot write, parks nothing, and reports that it is not ready, with the reason. After the failure it continues
// by itself, and then every record exists exactly once. Each service's spec passes the function that starts the service.
// Some failures run in parallel, each with a separate instance, database and topics.
import type { Envelope } from '@hengji/contracts';
import { closingItsOwn } from '../cleanup';
import { query } from '../database';
import { until } from '../until';
import { repeated, startLoad, type Load, type Loaded } from './load';
import { troubledWay, type TroubledWay } from './troubled-way';
import { asPlainRole, TROUBLES, WAY_TROUBLES, type Trouble } from './troubles';

export interface TroubledService extends Loaded {
  /** The URL of its database. */
  readonly url: string;
  /** Port of its health server. */
  healthPort(): number;
  /** A query with one column `key`: one row for each write that took effect. */
  readonly written: string;
  /** The key that write `n` writes. */
  keyOf(n: number): string;
  /** All events that were sent to it by Kafka, in order for each institution. */
  sent(): Promise<readonly Envelope[]>;
}

/** Starts it; `wayTo` returns the URL by which the service reaches its database. */
export type StartTroubled = (wayTo: (databaseUrl: string) => Promise<string>) => Promise<TroubledService>;

const HELD_MS = 12_000;
/**
 * The time after which readiness must fail: the result of a probe is valid for a while, and a connection attempt may wait
 * for an answer.
 */
const NOTICED_WITHIN_MS = 4_000;
/** Longest pauses: of a consumer 3 s, of a relay 5 s; a connection without an answer is given up after 10 s. */
const RECOVERED = { withinMs: 20_000 };
/** Instances in parallel: each is a whole service, and all are in one process. */
const AT_ONCE = 5;
/** They start at the same time, on two processors that other suites also use. */
const STARTED = { withinMs: 60_000 };
const READ_EVERY_MS = 400;

/** One instance, its proxy, and its failure. */
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

/** The answers of `/readyz` during the failure. */
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

/** Keys of writes that exist more than once or not at all. */
const wrongOf = async (service: TroubledService, writes: readonly number[]): Promise<string[]> => {
  const times = new Map<string, number>();
  for (const key of await keysIn(service)) times.set(key, (times.get(key) ?? 0) + 1);
  return writes.map((n) => service.keyOf(n)).flatMap((key) => (times.get(key) === 1 ? [] : [`${key}: ${times.get(key) ?? 0} times`]));
};

/** Events that were sent before another event of the same institution and handled after it. */
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

/** Waits until the service recovers by itself: it is ready, and a new write succeeds. */
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

/** Keeps the failure in force while the load continues. */
const hold = async (service: TroubledService, load: Load, begin: () => Promise<() => Promise<void>>) => {
  // The failure must hit statements in progress and open sessions.
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
    'under load for 12 s, refuses what it cannot write, and neither loses nor doubles a record: $name',
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
