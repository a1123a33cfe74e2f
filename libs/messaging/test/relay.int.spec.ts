import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { TOPICS } from '@hengji/contracts';
import sql from 'sql-template-tag';
import { execute, outboxRelay, publish, type Kafka, type SqlTx } from '../src';
import { closeAfterEachTest, kafkaProbe, query, startParts, testSealer, until } from '@hengji/testing';
import { institution, log, rowReleased, stage, upTo, waiting, type Stage } from './stage';

closeAfterEachTest();

const relayOf = ({ databaseUrl, kafka }: Stage, kafkaInstead: Kafka = kafka) =>
  outboxRelay({ service: 'enforcement', databaseUrl, kafka: kafkaInstead, signer: testSealer('enforcement'), log });

const publishRow = (tx: SqlTx, key: string, row: number) =>
  publish(tx, TOPICS.enforcement, {
    institution: key,
    body: rowReleased('order-1', row),
    occurredAt: new Date('2026-11-03T01:02:03.456Z'),
  });

/** The sequence numbers and rows that arrived for a key, in order. */
const arrived = async (at: Stage, key: string) => {
  const events = await kafkaProbe(at.prefix).events(TOPICS.enforcement);
  const mine = events.filter(({ meta }) => meta?.institution === key);
  return {
    sequence: mine.map(({ meta }) => Number(meta?.sequence)),
    rows: mine.map(({ body }) => (body?.$case === 'rowReleased' ? body.value.row : -1)),
    ids: mine.map(({ meta }) => meta?.eventId),
  };
};

const killRelayConnection = ({ databaseUrl }: Stage) =>
  query(
    databaseUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%-relay'`,
  );

describe('the relay', () => {
  it('publishes with CloudEvents headers and the whole envelope', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    await at.say(institution(1), 7);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    const [record] = await kafkaProbe(at.prefix).records(TOPICS.enforcement.name);
    const event = TOPICS.enforcement.codec.decode(record?.value ?? Buffer.alloc(0));
    expect(event.meta).toMatchObject({ institution: institution(1), sequence: 1n, orderId: 'order-1' });
    expect(event.body).toEqual(rowReleased('order-1', 7));
    expect(record?.key).toBe(institution(1));
    expect(record?.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_id: event.meta?.eventId,
      ce_source: 'hengji/enforcement',
      ce_type: 'hengji.enforcement.v1.rowReleased',
      ce_time: event.meta?.occurredAt?.toISOString(),
      ce_subject: institution(1),
      ce_sequence: '1',
      hengji_seal: expect.stringMatching(/^enforcement:[0-9a-f]{16} ED25519 20\d\d-\S+Z [\w-]{86} 0\/1 $/),
      'content-type': 'application/protobuf',
      hengji_order_id: 'order-1',
    });
  });

  it('keeps commit order per key while transactions race', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    const keys = [institution(1), institution(2), institution(3)];
    // Each transaction gets its id early and publishes late, so that neither id nor start shows the order of commits.
    await Promise.all(
      upTo(60).map((n) =>
        at.db.$transaction(async (tx) => {
          await execute(tx, sql`INSERT INTO effect (key, row) VALUES (${'before'}, ${n}::integer)`);
          await publishRow(tx, keys[n % 3] ?? '', n);
        }),
      ),
    );
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    for (const key of keys) expect((await arrived(at, key)).sequence).toEqual(upTo(20));
  });

  it('does not skip the rows of a transaction that was open at the read, and does not delay other rows for it', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    await at.db.$transaction(async (tx) => {
      await publishRow(tx, institution(1), 1);
      await at.say(institution(2), 2);
      await until(
        () => arrived(at, institution(2)),
        ({ rows }) => rows.length === 1,
      );
      expect((await arrived(at, institution(1))).rows).toEqual([]);
    });
    await until(
      () => arrived(at, institution(1)),
      ({ rows }) => rows.length === 1,
    );
  });

  it('publishes nothing of a rolled-back transaction, and leaves no gap in the sequence', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    await at.say(institution(1), 1);
    const failing = at.db.$transaction(async (tx) => {
      await publishRow(tx, institution(1), 2);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await at.say(institution(1), 3);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    expect(await arrived(at, institution(1))).toMatchObject({ sequence: [1, 2], rows: [1, 3] });
  });

  it('sends again the rows that it could not mark, with the same ids', async () => {
    const at = await stage();
    for (const row of upTo(5)) await at.say(institution(1), row);
    let kills = 0;
    const dyingOnce: Kafka = {
      ...at.kafka,
      sender: () => {
        const sender = at.kafka.sender();
        const send: typeof sender.send = async (batches) => {
          await sender.send(batches);
          // The power fails after Kafka's acknowledgement and before the mark.
          if (kills++ === 0) await killRelayConnection(at);
        };
        return { ...sender, send };
      },
    };
    await startParts([relayOf(at, dyingOnce)]);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    const { rows, ids } = await arrived(at, institution(1));
    expect(rows).toEqual([...upTo(5), ...upTo(5)]);
    expect(new Set(ids).size).toBe(5);
  });

  it('lets the outbox grow while Kafka is unavailable, and sends it in order afterwards', async () => {
    const at = await stage();
    let away = true;
    let refused = 0;
    const sometimes: Kafka = {
      ...at.kafka,
      sender: () => {
        const sender = at.kafka.sender();
        const send: typeof sender.send = (batches) => {
          if (!away) return sender.send(batches);
          refused += 1;
          return Promise.reject(new Error('Kafka is away'));
        };
        return { ...sender, send };
      },
    };
    await startParts([relayOf(at, sometimes)]);
    for (const row of upTo(20)) await at.say(institution(1), row);
    await until(
      () => refused,
      (n) => n >= 2,
    );
    expect(await waiting(at.db)).toBe(20);
    away = false;
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    expect((await arrived(at, institution(1))).rows).toEqual(upTo(20));
  });

  it('works once per database: a second relay waits and takes over', async () => {
    const at = await stage();
    const stopFirst = await startParts([relayOf(at)]);
    await startParts([relayOf(at)]);
    for (const row of upTo(10)) await at.say(institution(1), row);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    await stopFirst();
    await at.say(institution(1), 11);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    expect((await arrived(at, institution(1))).rows).toEqual(upTo(11));
  });

  it('splits rows that do not fit into one send, and keeps the order', async () => {
    const at = await stage();
    const big = Buffer.alloc(400_000, 1);
    for (const row of upTo(6)) {
      await at.db.$transaction((tx) =>
        publish(tx, TOPICS.enforcement, {
          institution: institution(1),
          body: { $case: 'rowReleased', value: RowReleased.fromPartial({ orderId: 'o', row, afterRoot: big }) },
          occurredAt: new Date(),
        }),
      );
    }
    await startParts([relayOf(at)]);
    await until(
      () => waiting(at.db),
      (n) => n === 0,
    );
    expect((await arrived(at, institution(1))).rows).toEqual(upTo(6));
  });
});

describe('publish', () => {
  it('refuses an event that no broker would accept', async () => {
    const at = await stage();
    const huge = {
      $case: 'rowReleased' as const,
      value: RowReleased.fromPartial({ orderId: 'o', row: 1, afterRoot: Buffer.alloc(900_001) }),
    };
    const publishing = publish(at.db, TOPICS.enforcement, { institution: institution(1), body: huge, occurredAt: new Date() });
    await expect(publishing).rejects.toThrow('split it');
  });
});
