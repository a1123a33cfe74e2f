// Fixture of the tests of libs/messaging: one database, its own topics and a few events.
import { TOPICS, type Body } from '@hengji/contracts';
import { RowReleased, type EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { createLog } from '@hengji/host';
import sql from 'sql-template-tag';
import {
  connectKafka,
  execute,
  publish,
  rowsOf,
  subscribe,
  type Kafka,
  type KeepAsked,
  type MessageContext,
  type SqlDb,
  type SqlTx,
  type TopicSubscription,
} from '../src';
import { closeAfterSuite, openDb, scratchDatabase, testBrokers, topicPrefix } from '@hengji/testing';

export const log = createLog('messaging-test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

/** A well-formed institution code. */
export const institution = (n: number): string => `S0002100${String(n).padStart(5, '0')}`;

export const rowReleased = (orderId: string, row: number): Body<EnforcementEvent> => ({
  $case: 'rowReleased',
  value: RowReleased.fromPartial({ orderId, row, afterRoot: Buffer.from('a root') }),
});

export interface Stage {
  readonly db: SqlDb;
  readonly databaseUrl: string;
  readonly kafka: Kafka;
  readonly prefix: string;
  /** Publishes one event in a transaction of its own. */
  readonly say: (key: string, row: number) => Promise<void>;
}

/** A database with messaging's schema and a table of effects, and topics with their own prefix. */
export const stage = async (): Promise<Stage> => {
  const { url } = await scratchDatabase();
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  await execute(db, sql`CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, key text, row integer, order_id text)`);
  await execute(db, sql`CREATE TABLE asked (nr bigint GENERATED ALWAYS AS IDENTITY, method text, caller text, person text, record text)`);
  const prefix = topicPrefix();
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'messaging-test', topicPrefix: prefix, log });
  await kafka.createTopics(
    [TOPICS.enforcement, TOPICS.reports].map(({ name, settings }) => ({ name, settings: { ...settings, partitions: 3 } })),
  );
  const say = (key: string, row: number): Promise<void> =>
    db.$transaction((tx) =>
      publish(tx, TOPICS.enforcement, { institution: key, orderId: 'order-1', body: rowReleased('order-1', row), occurredAt: new Date() }),
    );
  return { db, databaseUrl: url, kafka, prefix, say };
};

/** Stores the caller in a table of the fixture, in the transaction of the change. */
export const keepAsked: KeepAsked = async (tx, { method, caller, actor, on }) => {
  await execute(
    tx,
    sql`INSERT INTO asked (method, caller, person, record) VALUES (${method}, ${caller}, ${actor?.officerId ?? ''}, ${on.id})`,
  );
};

/** The changes requested from this fixture, with their callers. */
export const askedOf = async (db: SqlDb): Promise<string[]> => {
  const rows = await rowsOf<{ method: string; caller: string; person: string }>(db, sql`SELECT * FROM asked ORDER BY nr`);
  return rows.map(({ method, caller, person }) => `${method} ${person || caller}`);
};

type OnReleased = (event: RowReleased, ctx: MessageContext<SqlTx>) => Promise<void>;

/** Inserts one effect per event; an event handled twice shows as a second row. */
export const writeEffect: OnReleased = async ({ row, orderId }, { tx, meta }) => {
  await execute(tx, sql`INSERT INTO effect (key, row, order_id) VALUES (${meta.institution}, ${row}::integer, ${orderId})`);
};

/** Handles RowReleased; ignores the rest. */
export const listening = (rowReleasedHandler: OnReleased = writeEffect): TopicSubscription<SqlTx> =>
  subscribe(TOPICS.enforcement, {
    orderIssued: 'ignored',
    rowReleased: rowReleasedHandler,
    orderLifted: 'ignored',
    orderCompleted: 'ignored',
    rowOverdue: 'ignored',
    orderReopened: 'ignored',
    orderSuspended: 'ignored',
    orderResumed: 'ignored',
    caseAdvanced: 'ignored',
    decisionPublished: 'ignored',
    decisionListed: 'ignored',
    decisionWithdrawn: 'ignored',
    deadlineNearing: 'ignored',
    deadlinePassed: 'ignored',
  });

/** Rows of the effects of a key, in the order in which they were made. */
export const effectsOf = async (db: SqlDb, key: string): Promise<number[]> => {
  const rows = await rowsOf<{ row: number }>(db, sql`SELECT row FROM effect WHERE key = ${key} ORDER BY id`);
  return rows.map(({ row }) => row);
};

/** How many outbox rows are not published yet. */
export const waiting = async (db: SqlDb): Promise<number> => {
  const rows = await rowsOf<{ n: number }>(db, sql`SELECT count(*)::integer AS n FROM messaging.outbox WHERE published_at IS NULL`);
  return rows[0]?.n ?? 0;
};

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
