// A bus that loses, delays (and so reorders) and repeats messages between the services and Kafka, unknown to the services.
// A trigger on each outbox draws the fate of every new event, and a loop publishes the late and the repeated ones. The
// draw depends on seed, writer, topic, key and sequence, so a seed determines which numbers of a key are affected.
import { randomInt } from 'node:crypto';
import { databaseClient } from '@hengji/testing';
import type { Client } from 'pg';

export type Fate = 'lost' | 'late' | 'twice';

/** One affected event. */
export interface Struck {
  readonly service: string;
  readonly topic: string;
  readonly key: string;
  readonly sequence: string;
  readonly type: string;
  readonly fate: Fate;
}

export interface FaultyBus {
  readonly seed: string;
  /**
   * Begins a round: each fate affects this share of the events (0 to 1), and at every writer each fate affects one event
   * for certain.
   */
  set(share: number): Promise<void>;
  /** Every event of this service is lost from now on, until the next round. */
  silence(service: string): Promise<void>;
  /**
   * Of the round: the number of events with each fate, and the number of late events that were published after a later
   * event.
   */
  toll(): Promise<Record<Fate | 'reordered', number>>;
  /** Every event that was affected so far, in no particular order. */
  struck(): Promise<Struck[]>;
  /** Queries one service's database. */
  ask<Row extends object>(service: string, sql: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 50;
/**
 * The least delay of a late event. The event is published once a later one of its key was published, so that the order is
 * really wrong, or after LATE_AT_MOST_MS.
 */
const LATE_MS = 400;
const LATE_AT_MOST_MS = 4_000;
/**
 * The positions in each writer's round at which events are affected for certain, because a small share may affect no
 * event.
 */
const FOR_CERTAIN = { lost: 7, late: 3, twice: 5 } as const satisfies Record<Fate, number>;

const install = (seed: string): string => `
  CREATE SCHEMA faulty_bus;
  CREATE TABLE faulty_bus.setting (share float8 NOT NULL, round int NOT NULL);
  INSERT INTO faulty_bus.setting VALUES (0, 0);
  CREATE SEQUENCE faulty_bus.place;
  CREATE TABLE faulty_bus.struck (
    id bigint PRIMARY KEY, topic text, key text, sequence bigint, type text, fate text, due timestamptz, settled boolean NOT NULL, round int NOT NULL
  );
  CREATE FUNCTION faulty_bus.strike() RETURNS trigger LANGUAGE plpgsql AS $strike$
  DECLARE
    each float8 := (SELECT share FROM faulty_bus.setting);
    draw float8 := (hashtextextended(concat_ws('/', '${seed}', NEW.topic, NEW.key, NEW.sequence), 0) & 1048575) / 1048576.0;
    place bigint := CASE WHEN each > 0 THEN nextval('faulty_bus.place') END;
    fate text := CASE
      WHEN place = ${FOR_CERTAIN.lost} THEN 'lost' WHEN place = ${FOR_CERTAIN.late} THEN 'late' WHEN place = ${FOR_CERTAIN.twice} THEN 'twice'
      WHEN draw < each THEN 'lost' WHEN draw < 2 * each THEN 'late' WHEN draw < 3 * each THEN 'twice' END;
  BEGIN
    IF fate IS NULL THEN RETURN NEW; END IF;
    INSERT INTO faulty_bus.struck VALUES
      (NEW.id, NEW.topic, NEW.key, NEW.sequence, NEW.type, fate, clock_timestamp() + interval '${LATE_MS} ms', fate = 'lost',
       (SELECT round FROM faulty_bus.setting));
    IF fate <> 'twice' THEN NEW.published_at := now(); END IF;
    RETURN NEW;
  END $strike$;
  CREATE TRIGGER faulty_bus BEFORE INSERT ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION faulty_bus.strike()`;

// A repeated event was published before. A late event was marked as published, so that the relay skipped it.
const CARRY_OUT = `
  WITH due AS (
    UPDATE faulty_bus.struck AS s SET settled = true FROM messaging.outbox AS o
    WHERE NOT s.settled AND o.id = s.id AND s.due < clock_timestamp() AND o.published_at IS NOT NULL
      AND (s.fate <> 'late' OR s.due < clock_timestamp() - interval '${LATE_AT_MOST_MS} ms' OR EXISTS (
        SELECT 1 FROM messaging.outbox AS l WHERE l.topic = o.topic AND l.key = o.key AND l.sequence > o.sequence
          AND l.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM faulty_bus.struck AS t WHERE t.id = l.id)))
    RETURNING s.id
  ), again AS (
    UPDATE messaging.outbox SET published_at = NULL WHERE id IN (SELECT id FROM due) RETURNING 1
  )
  SELECT pg_notify('messaging_outbox', '') FROM again`;

const TOLL = `
  SELECT count(*) FILTER (WHERE fate = 'lost')::int AS lost, count(*) FILTER (WHERE fate = 'late')::int AS late,
         count(*) FILTER (WHERE fate = 'twice')::int AS twice,
         count(*) FILTER (WHERE fate = 'late' AND settled AND EXISTS (
           SELECT 1 FROM messaging.outbox AS l WHERE l.topic = o.topic AND l.key = o.key AND l.sequence > o.sequence
             AND l.published_at < o.published_at AND NOT EXISTS (SELECT 1 FROM faulty_bus.struck AS t WHERE t.id = l.id)))::int AS reordered
  FROM faulty_bus.struck AS s JOIN messaging.outbox AS o USING (id) WHERE s.round = (SELECT round FROM faulty_bus.setting)`;

/** Works between the services and their relays; inactive until a share is set. The seed is `FAULT_SEED`, or random. */
export const faultyBus = async (services: readonly string[], databaseUrl: (service: string) => string): Promise<FaultyBus> => {
  const seed = process.env['FAULT_SEED'] ?? String(randomInt(1_000_000));
  if (!/^\w+$/.test(seed)) throw new Error('FAULT_SEED is a word or a number');
  const clients = new Map<string, Client>();
  for (const service of services) {
    const client = await databaseClient(databaseUrl(service));
    clients.set(service, client);
    await client.query(install(`${seed}/${service}`));
  }
  const clientOf = (service: string): Client => {
    const client = clients.get(service);
    if (!client) throw new Error(`the faulty bus does not reach ${service}`);
    return client;
  };
  const all = <T>(work: (client: Client, service: string) => Promise<T>): Promise<T[]> =>
    Promise.all([...clients].map(([service, client]) => work(client, service)));

  let trouble: unknown;
  let busy: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    busy = busy.then(() => all((client) => client.query(CARRY_OUT))).catch((failure: unknown) => (trouble = failure));
  }, LOOK_EVERY_MS);

  return {
    seed,
    set: async (share) => {
      await all(async (client) => {
        await client.query('UPDATE faulty_bus.setting SET share = $1, round = round + 1', [share]);
        await client.query('ALTER SEQUENCE faulty_bus.place RESTART');
      });
    },
    silence: async (service) => {
      await clientOf(service).query('UPDATE faulty_bus.setting SET share = 1, round = round + 1');
      // Beyond the positions that get another fate for certain.
      await clientOf(service).query('ALTER SEQUENCE faulty_bus.place RESTART WITH 1000');
    },
    toll: async () => {
      const each = await all(async (client) => (await client.query<Record<Fate | 'reordered', number>>(TOLL)).rows);
      const sum = (fate: Fate | 'reordered'): number => each.flat().reduce((total, row) => total + row[fate], 0);
      return { lost: sum('lost'), late: sum('late'), twice: sum('twice'), reordered: sum('reordered') };
    },
    struck: async () => {
      const each = await all(async (client, service) => {
        const { rows } = await client.query<Omit<Struck, 'service'>>('SELECT topic, key, sequence, type, fate FROM faulty_bus.struck');
        return rows.map((row) => ({ service, ...row }));
      });
      return each.flat();
    },
    ask: async <Row extends object>(service: string, sql: string, values: unknown[] = []) =>
      (await clientOf(service).query<Row>(sql, values)).rows,
    stop: async () => {
      clearInterval(timer);
      await busy;
      await all((client) => client.end());
      if (trouble !== undefined) throw trouble instanceof Error ? trouble : new Error('the faulty bus failed');
    },
  };
};
