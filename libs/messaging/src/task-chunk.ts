// One chunk of one task, in one transaction: the task's row is locked, its step runs, effects and cursor commit together. After a process
// was killed, its task continues at the last committed chunk, in this process or in another replica (SKIP LOCKED).
import { failureKind, type FailureKind, type Log, metrics, tracing } from '@hengji/host';
import { Refusal } from '@hengji/domain-kit';
import sql, { type Sql } from 'sql-template-tag';
import { describe } from './inbox/arrival';
import { pauseMs } from './pauses';
import { execute, rowsOf, LONG_TRANSACTION, type SqlDb, type SqlTx } from './sql';
import { LONGEST_REST_MS, type Json, type Task, type TaskKind, type TaskProgress } from './task';

export interface Workbench<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kinds: Readonly<Record<string, TaskKind<Tx>>>;
  readonly log: Log;
  readonly now: () => Date;
}

const PAUSE_AFTER_FAILURE = { firstMs: 250, longestMs: LONGEST_REST_MS };
/** The pause after an outage or a conflict: other tasks may succeed, and this one is retried soon. */
const REST_MS = 1_000;

const chunks = metrics.counter('hengji_task_chunks_total', 'Chunks of tasks that went through', ['service', 'kind']);
const failures = metrics.counter('hengji_task_tries_total', 'Chunks of tasks that failed and are tried again', ['service', 'kind']);

interface TaskRow {
  readonly task_id: string;
  readonly kind: string;
  readonly input: Uint8Array;
  readonly cursor: string;
  readonly tally: Json;
  readonly tries: number;
  readonly traceparent: string | null;
}

// A task that was worked on moves to the end of the queue (run_at changes), so that a long task does not starve the others. No pause is
// longer than LONGEST_REST_MS: a later time was written while the database's clock was ahead, and the task is due.
const readySql = (kinds: string): Sql => sql`
  SELECT task_id, kind, input, cursor, tally, tries, traceparent FROM messaging.task
  WHERE state = 'ready' AND (run_at <= clock_timestamp() OR run_at > clock_timestamp() + ${LONGEST_REST_MS}::int * interval '1 ms')
    AND kind IN (SELECT jsonb_array_elements_text(${kinds}::jsonb))
  ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

const findReady = async <Tx extends SqlTx>(tx: Tx, { kinds, now }: Workbench<Tx>) => {
  const [row] = await rowsOf<TaskRow>(tx, readySql(JSON.stringify(Object.keys(kinds))));
  const kind = row && kinds[row.kind];
  if (!row || !kind) return undefined;
  const { task_id: taskId, traceparent, ...rest } = row;
  const task: Task = { taskId, ...rest, now: now() };
  return { task, kind, traceparent: traceparent ?? undefined };
};

const saveProgress = (tx: SqlTx, taskId: string, { cursor, tally, againInMs = 0 }: TaskProgress): Promise<number> => {
  const isDone = cursor === null;
  return execute(
    tx,
    sql`UPDATE messaging.task SET cursor = coalesce(${cursor}, cursor), tally = ${JSON.stringify(tally)}::jsonb, tries = 0, last_error = NULL,
       state = ${isDone ? 'done' : 'ready'}, finished_at = CASE WHEN ${isDone}::boolean THEN now() END,
       run_at = clock_timestamp() + make_interval(secs => ${Math.min(againInMs, LONGEST_REST_MS)}::float8 / 1000)
     WHERE task_id = ${taskId}`,
  );
};

/** A defect counts as a try; after an outage or a conflict the task only pauses. */
const noteFailure = (tx: SqlTx, task: Task, kind: FailureKind, reason: string): Promise<number> => {
  const { tries, restMs } =
    kind === 'defect' ? { tries: 1, restMs: pauseMs(task.tries + 1, PAUSE_AFTER_FAILURE) } : { tries: 0, restMs: REST_MS };
  return execute(
    tx,
    sql`UPDATE messaging.task SET tries = tries + ${tries}::integer, last_error = ${reason},
       run_at = clock_timestamp() + make_interval(secs => ${restMs}::float8 / 1000)
     WHERE task_id = ${task.taskId} AND state = 'ready'`,
  );
};

/** Ends a task that must not continue, and calls its `refused`, in a transaction of its own. */
const refuse = <Tx extends SqlTx>({ db, kinds }: Workbench<Tx>, task: Task, refusal: Refusal): Promise<void> =>
  db.$transaction(async (tx) => {
    const ended = await execute(
      tx,
      sql`UPDATE messaging.task SET state = 'refused', last_error = ${describe(refusal)}, finished_at = now()
        WHERE task_id = ${task.taskId} AND state = 'ready'`,
    );
    // No row: another runner has ended the task and has called `refused`.
    if (ended > 0) await kinds[task.kind]?.refused?.(tx, task, refusal);
  }, LONG_TRANSACTION);

const afterFailure = async <Tx extends SqlTx>(bench: Workbench<Tx>, task: Task, failure: unknown): Promise<void> => {
  const { service, db, kinds, log } = bench;
  const { taskId, kind, tries } = task;
  if (failure instanceof Refusal && kinds[kind]?.refused) {
    log.warn({ taskId, kind, reason: failure.reason }, 'a task was refused');
    return refuse(bench, task, failure);
  }
  const failed = failureKind(failure);
  failures.inc({ service, kind });
  if (failed === 'defect') log.error({ err: failure, taskId, kind, tries: tries + 1 }, 'a task failed, it will be tried again');
  else log.warn({ err: failure, taskId, kind, failed }, 'a task waits for the database');
  await noteFailure(db, task, failed, describe(failure));
};

/** Works one chunk of the task that has waited longest. Returns false when none is ready; throws when PostgreSQL is unavailable. */
export const workOneChunk = async <Tx extends SqlTx>(bench: Workbench<Tx>): Promise<boolean> => {
  let current: Task | undefined;
  try {
    const worked = await bench.db.$transaction(async (tx) => {
      // A transaction may be retried, and the retry may find another task.
      current = undefined;
      const ready = await findReady(tx, bench);
      if (!ready) return undefined;
      const { task, kind, traceparent } = ready;
      current = task;
      const progress = await tracing.withSpan(`task ${task.kind}`, traceparent, () => kind.step(tx, task));
      await saveProgress(tx, task.taskId, progress);
      return task.kind;
    }, LONG_TRANSACTION);
    if (worked !== undefined) chunks.inc({ service: bench.service, kind: worked });
    return worked !== undefined;
  } catch (failure) {
    if (!current) throw failure;
    await afterFailure(bench, current, failure);
    return true;
  }
};
