// Consumer, tasks, relay and stored answers during each kind of PostgreSQL failure, for longer than the retries of a defect last. All
// failures run in parallel, each with its own database.
import { TOPICS } from '@hengji/contracts';
import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { failureKind } from '@hengji/host';
import {
  asPlainRole,
  closeAfterSuite,
  kafkaProbe,
  MORE_TROUBLES,
  openDb,
  query,
  startParts,
  type Trouble,
  TROUBLES,
  until,
} from '@hengji/testing';
import sql from 'sql-template-tag';
import { execute, findTask, once, startTask, taskRunner, writeProbe, type SqlDb, type TaskKind, type SqlTx } from '../src';
import { consumerOf, event, KEY, OTHER, parkedRows, relayOf } from './hearing';
import { effectsOf, log, stage, waiting, type Stage } from './stage';

/** Five tries of a defect take about three seconds. */
const LONGER_THAN_FIVE_TRIES_MS = 4_000;
const MENDED = { withinMs: 40_000 };

const answer = RowReleased.fromPartial({ orderId: 'o', row: 1 });
const asked = (db: SqlDb): Promise<RowReleased> => db.$transaction((tx) => once(tx, 'r', 'Release', RowReleased, async () => answer));

const counting: TaskKind<SqlTx> = {
  step: async (tx, { taskId, cursor }) => {
    await execute(tx, sql`INSERT INTO effect (key, row) VALUES (${taskId}, 1)`);
    return cursor === 'xx' ? { cursor: null, tally: {} } : { cursor: `${cursor}x`, tally: {}, againInMs: 200 };
  },
};

/** Consumer, relay and tasks running, with an ordinary database role; one event is handled already. */
const atWork = async (made: Stage): Promise<Stage> => {
  const databaseUrl = await asPlainRole(made.databaseUrl);
  const { db, close } = openDb(databaseUrl);
  closeAfterSuite(close);
  const at = { ...made, databaseUrl, db };
  await startParts([relayOf(at), consumerOf(at), taskRunner({ service: 'exam', db, kinds: { count: counting }, log })]);
  await at.say(KEY, 1);
  await until(
    () => effectsOf(at.db, KEY),
    (rows) => rows.length === 1,
    MENDED,
  );
  return at;
};

const lasting = (ms: number): Promise<number> => {
  const from = Date.now();
  return until(
    () => Date.now() - from,
    (passed) => passed >= ms,
  );
};

/** Runs the failure and returns what happened during it and the state afterwards. */
const suffer = async (made: Stage, { begin, isWhole }: Trouble) => {
  const at = await atWork(made);
  await at.db.$transaction((tx) => startTask(tx, { taskId: 'task', kind: 'count', input: Buffer.alloc(0) }));
  const failures: unknown[] = [];
  const end = await begin(made.databaseUrl);
  try {
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(2));
    await until(
      () => asked(at.db).catch((failure: unknown) => failures.push(failure)),
      // A failure that affects only some sessions may let every query succeed.
      () => !isWhole || failures.length > 0,
    );
    await lasting(LONGER_THAN_FIVE_TRIES_MS);
  } finally {
    await end();
  }
  const read = await until(
    () => asked(at.db),
    () => true,
    MENDED,
  );
  await until(
    () => effectsOf(at.db, KEY),
    (rows) => rows.length >= 2,
    MENDED,
  );
  const task = await until(
    () => findTask(at.db, 'task'),
    (seen) => seen?.state === 'done',
    MENDED,
  );
  await at.say(OTHER, 3);
  await until(
    () => effectsOf(at.db, OTHER),
    (rows) => rows.length >= 1,
    MENDED,
  );
  await until(
    () => waiting(at.db),
    (rows) => rows === 0,
    MENDED,
  );
  return {
    refused: failures.length === 0 ? 'nothing' : failureKind(failures[0]),
    kept: [read, await asked(at.db)],
    heard: [await effectsOf(at.db, KEY), await effectsOf(at.db, OTHER)],
    task: { tries: task?.tries, chunks: await effectsOf(at.db, 'task') },
    parked: await parkedRows(at),
  };
};

describe('a failing database', () => {
  const all = [...TROUBLES, ...MORE_TROUBLES];
  const outcomes = new Map<string, ReturnType<typeof suffer>>();
  // In parallel, each in its own database; the broker creates the topics one after the other.
  beforeAll(async () => {
    for (const trouble of all) {
      const outcome = suffer(await stage(), trouble);
      outcome.catch(() => undefined);
      outcomes.set(trouble.name, outcome);
    }
  });

  it.each(all)('parks, loses and duplicates no record: $name', async ({ name, refusal, isWhole }) => {
    const outcome = await outcomes.get(name);
    const refused = refusal === 'database.conflict' ? 'conflict' : 'outage';
    expect(outcome).toEqual({
      refused: isWhole ? refused : expect.stringMatching(`${refused}|nothing`),
      kept: [answer, answer],
      heard: [[1, 2], [3]],
      task: { tries: 0, chunks: [1, 1, 1] },
      parked: [],
    });
  });

  it('does not flood Kafka while sent rows cannot be marked', async () => {
    const at = await stage();
    await startParts([relayOf(at)]);
    const trouble = TROUBLES.find(({ name }) => name.startsWith('disk full'));
    await at.say(KEY, 1);
    await until(
      () => waiting(at.db),
      (rows) => rows === 0,
    );
    const probe = kafkaProbe(at.prefix);
    // The row exists before the disk is full, and the relay finds it afterwards.
    const end = await query(at.databaseUrl, `UPDATE messaging.outbox SET published_at = NULL`).then(() => trouble?.begin(at.databaseUrl));
    await lasting(3_000);
    await end?.();
    await until(
      () => waiting(at.db),
      (rows) => rows === 0,
      MENDED,
    );
    // At first once, at most once more with the first failed mark, and once after the repair.
    expect((await probe.events(TOPICS.enforcement)).length).toBeLessThanOrEqual(4);
  });
});

describe('the write probe of readiness', () => {
  it('writes at most once a second, and throws the reason of a failure', async () => {
    const at = await stage();
    const ready = writeProbe(at.db);
    const writtenAt = async (): Promise<string> =>
      (await query<{ at: string }>(at.databaseUrl, 'SELECT written_at::text AS at FROM messaging.probe'))[0]?.at ?? '';
    expect(await ready()).toBe(true);
    const first = await writtenAt();
    await Promise.all(Array.from({ length: 50 }, ready));
    expect(await writtenAt()).toBe(first);
    const end = await TROUBLES[0]?.begin(at.databaseUrl);
    await until(
      () => ready().catch((failure: Error) => failure.message),
      (said) => String(said).includes('read-only'),
    );
    await end?.();
    await until(ready, (isReady) => isReady, MENDED);
    expect(await writtenAt()).not.toBe(first);
  });
});
