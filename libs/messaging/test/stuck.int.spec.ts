// One of two instances is frozen, while it holds the relay's office or is in a transaction: the other takes over within 15 s, and the
// instance that continues afterwards changes nothing.
import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { TOPICS } from '@hengji/contracts';
import {
  closeAfterEachTest,
  closeAfterSuite,
  droppingPooler,
  kafkaProbe,
  openDb,
  query,
  startParts,
  testSealer,
  until,
} from '@hengji/testing';
import sql, { type Sql } from 'sql-template-tag';
import { databasePart, execute, outboxRelay, publish, type Kafka } from '../src';
import { institution, log, stage, upTo, waiting, type Stage } from './stage';
import { stuckLine } from './stuck-line';

closeAfterEachTest();

const TAKEN_OVER = { withinMs: 15_000 };

const relayOf = (at: Stage, databaseUrl: string, kafka: Kafka = at.kafka) =>
  outboxRelay({ service: 'enforcement', databaseUrl, kafka, signer: testSealer('enforcement'), log });

const drained = (at: Stage) =>
  until(
    () => waiting(at.db),
    (n) => n === 0,
    TAKEN_OVER,
  );

const rowsOf = async (at: Stage, key: string): Promise<number[]> =>
  (await kafkaProbe(at.prefix).events(TOPICS.enforcement)).flatMap(({ meta, body }) =>
    meta?.institution === key && body?.$case === 'rowReleased' ? [body.value.row] : [],
  );

/** Sends wait at a gate: the first is in flight when its process is stopped. */
const gated = (kafka: Kafka) => {
  let open: () => void = () => undefined;
  let arrived = 0;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const sender: Kafka['sender'] = () => {
    const inner = kafka.sender();
    const send: typeof inner.send = async (batches) => {
      arrived += 1;
      await gate;
      await inner.send(batches);
    };
    return { ...inner, send };
  };
  return { kafka: { ...kafka, sender }, open: () => open(), arrived: () => arrived };
};

describe('a relay that is frozen', () => {
  it('is replaced by another one within 15 s, and sends nothing twice when it continues', async () => {
    const at = await stage();
    const line = await stuckLine(at.databaseUrl);
    await startParts([relayOf(at, line.url)]);
    await at.say(institution(1), 1);
    await drained(at);
    await startParts([relayOf(at, at.databaseUrl)]);
    line.stick();
    for (const row of [2, 3]) await at.say(institution(1), row);
    await drained(at);
    line.free();
    await at.say(institution(1), 4);
    await drained(at);
    expect(await rowsOf(at, institution(1))).toEqual(upTo(4));
  });

  it('does not send the rest of the rows that it had read: it has lost its office', async () => {
    const at = await stage();
    const line = await stuckLine(at.databaseUrl);
    const big = Buffer.alloc(600_000, 1);
    for (const row of upTo(3)) {
      const body = { $case: 'rowReleased' as const, value: RowReleased.fromPartial({ orderId: 'o', row, afterRoot: big }) };
      await at.db.$transaction((tx) => publish(tx, TOPICS.enforcement, { institution: institution(1), body, occurredAt: new Date() }));
    }
    const first = gated(at.kafka);
    await startParts([relayOf(at, line.url, first.kafka)]);
    await until(first.arrived, (sends) => sends === 1);
    line.stick();
    await startParts([relayOf(at, at.databaseUrl)]);
    await drained(at);
    expect(await rowsOf(at, institution(1))).toEqual(upTo(3));
    line.free();
    first.open();
    await at.say(institution(1), 4);
    await drained(at);
    // The send in flight arrives a second time with the same ids; the two after it do not.
    await until(
      () => rowsOf(at, institution(1)),
      (rows) => rows.length >= 5,
    );
    expect([...(await rowsOf(at, institution(1)))].sort()).toEqual([1, 1, 2, 3, 4]);
  });
});

describe('a transaction whose process is frozen', () => {
  it('holds its rows for less than 15 s, and cannot commit afterwards', async () => {
    const at = await stage();
    const line = await stuckLine(at.databaseUrl);
    const stuck = openDb(line.url, 1);
    closeAfterSuite(stuck.close);
    await at.say(institution(1), 1);
    const take = (order: string): Sql => sql`UPDATE messaging.outbox SET order_id = ${order}`;
    let comeBack: () => void = () => undefined;
    const back = new Promise<void>((resolve) => (comeBack = resolve));
    let holds = false;
    const work = stuck.db.$transaction(async (tx) => {
      await execute(tx, take('stuck'));
      line.stick();
      holds = true;
      await back;
      await execute(tx, take('stuck again'));
    });
    const outcome = work.then(
      () => 'committed',
      () => 'refused',
    );
    await until(
      () => holds,
      (held) => held,
    );
    const began = Date.now();
    await execute(at.db, take('other'));
    expect(Date.now() - began).toBeLessThan(TAKEN_OVER.withinMs);
    line.free();
    comeBack();
    expect(await outcome).toBe('refused');
    expect(await query(at.databaseUrl, 'SELECT order_id FROM messaging.outbox')).toEqual([{ order_id: 'other' }]);
  });
});

describe('the time zone of a session', () => {
  const startOn = (url: string) => {
    const { db, close } = openDb(url, 1);
    const part = databasePart({ ...db, $disconnect: close });
    closeAfterSuite(part.stop);
    return { start: part.start };
  };

  it('is UTC on a server with the time zone Asia/Shanghai', async () => {
    const at = await stage();
    expect(await query(at.databaseUrl, `SELECT boot_val, reset_val FROM pg_settings WHERE name = 'TimeZone'`)).toMatchObject([
      { reset_val: 'UTC' },
    ]);
    await startOn(at.databaseUrl).start();
  });

  it('is refused at start when it is another one; the error names what may have dropped the setting', async () => {
    const at = await stage();
    const { start } = startOn(await droppingPooler(at.databaseUrl));
    await expect(start()).rejects.toThrow(/Asia\/Shanghai.*must be UTC.*pooler/s);
  });
});
