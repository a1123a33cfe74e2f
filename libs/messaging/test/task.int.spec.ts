import { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { execute, findTask, outboxRelay, rowsOf, startTask, taskRunner, wakeTask, type SqlTx, type TaskKind } from '../src';
import { closeAfterEachTest, query, startParts, testSealer, until } from '@hengji/testing';
import { effectsOf, log, stage, upTo, type Stage } from './stage';

closeAfterEachTest();

const CHUNKS = 10;

/** Inserts row after row, one a chunk; `meanwhile` runs inside the chunk's transaction. */
const countingKind = (meanwhile: (row: number, tx: SqlTx) => Promise<void> = async () => undefined): TaskKind<SqlTx> => ({
  step: async (tx, { taskId, cursor, tally }) => {
    const row = Number(cursor) + 1;
    await execute(tx, sql`INSERT INTO effect (key, row) VALUES (${taskId}, ${row}::integer)`);
    await meanwhile(row, tx);
    const done = (tally as { done?: number }).done ?? 0;
    return { cursor: row === CHUNKS ? null : String(row), tally: { done: done + 1 } };
  },
});

const runnerOf = (at: Stage, count: TaskKind<SqlTx>, concurrency = 2) =>
  taskRunner({ service: 'exam', db: at.db, kinds: { count }, log, concurrency });

const start = (at: Stage, taskId: string): Promise<boolean> =>
  at.db.$transaction((tx) => startTask(tx, { taskId, kind: 'count', input: Buffer.from('input') }));

const stateOf = (at: Stage, taskId: string) => findTask(at.db, taskId);

const EFFECTS = { withinMs: 20_000 };

describe('tasks', () => {
  it('run chunk by chunk to their end, once, although they are started twice', async () => {
    const at = await stage();
    await startParts([runnerOf(at, countingKind())]);
    expect(await start(at, 'one')).toBe(true);
    expect(await start(at, 'one')).toBe(false);
    const done = await until(
      () => stateOf(at, 'one'),
      (task) => task?.state === 'done',
    );
    expect(done).toMatchObject({ tally: { done: CHUNKS }, tries: 0 });
    expect(await effectsOf(at.db, 'one')).toEqual(upTo(CHUNKS));
  });

  it('continue at the last committed chunk when the connection breaks in the middle of one', async () => {
    const at = await stage();
    let kills = 0;
    const dying = countingKind(async (row, tx) => {
      if (row !== 5 || kills++ > 0) return;
      const [{ pid } = { pid: 0 }] = await rowsOf<{ pid: number }>(tx, sql`SELECT pg_backend_pid() AS pid`);
      await query(at.databaseUrl, 'SELECT pg_terminate_backend($1)', [pid]);
    });
    await startParts([runnerOf(at, dying)]);
    await start(at, 'dying');
    await until(
      () => stateOf(at, 'dying'),
      (task) => task?.state === 'done',
      EFFECTS,
    );
    expect(kills).toBeGreaterThanOrEqual(1);
    expect(await effectsOf(at.db, 'dying')).toEqual(upTo(CHUNKS));
  });

  it('are shared by replicas without doing a chunk twice', async () => {
    const at = await stage();
    const names = upTo(8).map((n) => `task-${n}`);
    for (const name of names) await start(at, name);
    await startParts([runnerOf(at, countingKind()), runnerOf(at, countingKind())]);
    for (const name of names)
      await until(
        () => stateOf(at, name),
        (task) => task?.state === 'done',
        EFFECTS,
      );
    for (const name of names) expect(await effectsOf(at.db, name)).toEqual(upTo(CHUNKS));
  });

  it('are retried after a failure, which can be seen, and can be woken', async () => {
    const at = await stage();
    let broken = true;
    await startParts([
      runnerOf(
        at,
        countingKind(async (row) => {
          if (row === 3 && broken) throw new Error('not now');
        }),
      ),
    ]);
    await start(at, 'failing');
    const failing = await until(
      () => stateOf(at, 'failing'),
      (task) => (task?.tries ?? 0) >= 2,
    );
    expect(failing).toMatchObject({ state: 'ready', lastError: 'Error: not now', cursor: '2' });
    broken = false;
    expect(await at.db.$transaction((tx) => wakeTask(tx, 'failing'))).toBe(true);
    await until(
      () => stateOf(at, 'failing'),
      (task) => task?.state === 'done',
    );
    expect(await effectsOf(at.db, 'failing')).toEqual(upTo(CHUNKS));
  });

  it('end when they are refused, and notify in the same transaction', async () => {
    const at = await stage();
    const refusing: TaskKind<SqlTx> = {
      step: async (tx) => {
        await execute(tx, sql`INSERT INTO effect (key, row) VALUES (${'step'}, 1)`);
        throw new Refusal('tooMuch', 'order.more_than_signed', '超过签发时的数量');
      },
      refused: async (tx, task, refusal) => {
        await execute(tx, sql`INSERT INTO effect (key, row, order_id) VALUES (${task.taskId}, 1, ${refusal.reason})`);
      },
    };
    await startParts([runnerOf(at, refusing)]);
    await start(at, 'refused');
    await until(
      () => stateOf(at, 'refused'),
      (task) => task?.state === 'refused',
    );
    expect(await effectsOf(at.db, 'step')).toEqual([]);
    expect(await effectsOf(at.db, 'refused')).toEqual([1]);
  });

  it.each(['10 minutes', '1 day', '1 year'])('continue although a clock that was %s ahead has postponed them', async (ahead) => {
    const at = await stage();
    await start(at, 'ahead');
    await query(at.databaseUrl, `UPDATE messaging.task SET run_at = now() + $1::interval`, [ahead]);
    await startParts([runnerOf(at, countingKind())]);
    await until(
      () => stateOf(at, 'ahead'),
      (task) => task?.state === 'done',
      EFFECTS,
    );
  });

  it('are woken at commit by the connection of the relay', async () => {
    const at = await stage();
    await startParts([
      outboxRelay({ service: 'exam', databaseUrl: at.databaseUrl, kafka: at.kafka, signer: testSealer('exam'), log }),
      runnerOf(at, countingKind()),
    ]);
    await start(at, 'warm-up');
    await until(
      () => stateOf(at, 'warm-up'),
      (task) => task?.state === 'done',
    );
    const before = performance.now();
    await start(at, 'woken');
    await until(
      () => stateOf(at, 'woken'),
      (task) => task?.state === 'done',
    );
    // Ten chunks of a few milliseconds: without the wake most runs would wait for the poll.
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
