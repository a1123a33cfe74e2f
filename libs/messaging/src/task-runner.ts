// Works through messaging.task: one chunk per transaction, effects and cursor together, so that a killed process goes
// on at the last committed chunk, here or in another replica (SKIP LOCKED). A task that was just worked on goes to the end
// of the queue, so a long one does not starve the others.
import { metrics, tracing, type Log, type Part } from '@hengji/host';
import { Refusal } from '@hengji/domain-kit';
import { describe } from './arrival';
import { bell, pauseMs, type Bell } from './pauses';
import { LONG_TRANSACTION, type SqlDb, type SqlTx } from './sql';
import type { Json, Task, TaskKind, TaskProgress } from './task';
import { onWake } from './wake';

export interface TaskRunnerOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly kinds: Readonly<Record<string, TaskKind<Tx>>>;
  readonly log: Log;
  readonly now?: () => Date;
  /** Chunks at work at the same time. */
  readonly concurrency?: number;
}

const POLL_MS = 500;
const PAUSE_AFTER_FAILURE = { firstMs: 250, longestMs: 60_000 };

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

const READY = `
  SELECT task_id, kind, input, cursor, tally, tries, traceparent FROM messaging.task
  WHERE state = 'ready' AND run_at <= now() AND kind IN (SELECT jsonb_array_elements_text($1::jsonb))
  ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

const saveProgress = (tx: SqlTx, taskId: string, { cursor, tally, againInMs = 0 }: TaskProgress): Promise<number> =>
  tx.$executeRawUnsafe(
    `UPDATE messaging.task SET cursor = coalesce($2, cursor), tally = $3::jsonb, tries = 0, last_error = NULL,
       state = CASE WHEN $2::text IS NULL THEN 'done' ELSE 'ready' END,
       finished_at = CASE WHEN $2::text IS NULL THEN now() END,
       run_at = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
     WHERE task_id = $1`,
    taskId,
    cursor,
    JSON.stringify(tally),
    againInMs,
  );

const noteFailure = (tx: SqlTx, task: Task, reason: string): Promise<number> =>
  tx.$executeRawUnsafe(
    `UPDATE messaging.task SET tries = tries + 1, last_error = $2, run_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
     WHERE task_id = $1 AND state = 'ready'`,
    task.taskId,
    reason,
    pauseMs(task.tries + 1, PAUSE_AFTER_FAILURE),
  );

const noteRefused = (tx: SqlTx, taskId: string, reason: string): Promise<number> =>
  tx.$executeRawUnsafe(
    `UPDATE messaging.task SET state = 'refused', last_error = $2, finished_at = now() WHERE task_id = $1 AND state = 'ready'`,
    taskId,
    reason,
  );

/** Works through this service's tasks. Starts also while PostgreSQL is away. */
export const taskRunner = <Tx extends SqlTx>(o: TaskRunnerOptions<Tx>): Part => {
  const { service, db, kinds, log, now = () => new Date(), concurrency = 2 } = o;
  const kindNames = JSON.stringify(Object.keys(kinds));
  let running = false;
  let workers: Promise<void>[] = [];
  let bells: Bell[] = [];
  let unsubscribe: () => void = () => undefined;

  const taskOf = (row: TaskRow): Task => {
    const { kind, input, cursor, tally, tries } = row;
    return { taskId: row.task_id, kind, input, cursor, tally, tries, now: now() };
  };

  /** Ends a task that may not go on, and tells whom it concerns, in a transaction of its own. */
  const refuse = (task: Task, refusal: Refusal): Promise<void> =>
    db.$transaction(async (tx) => {
      // Zero rows: another runner got there first, and has told.
      if ((await noteRefused(tx, task.taskId, describe(refusal))) > 0) await kinds[task.kind]?.refused?.(tx, task, refusal);
    }, LONG_TRANSACTION);

  const afterFailure = async (task: Task, failure: unknown): Promise<void> => {
    if (failure instanceof Refusal && kinds[task.kind]?.refused) {
      log.warn({ taskId: task.taskId, kind: task.kind, reason: failure.reason }, 'a task was refused');
      await refuse(task, failure);
      return;
    }
    failures.inc({ service, kind: task.kind });
    log.error({ err: failure, taskId: task.taskId, kind: task.kind, tries: task.tries + 1 }, 'a task failed, it will be tried again');
    await noteFailure(db, task, describe(failure));
  };

  /** One chunk of the task that has waited longest. Returns false when none is ready. */
  const oneChunk = async (): Promise<boolean> => {
    let task: Task | undefined;
    try {
      return await db.$transaction(async (tx) => {
        const [row] = await tx.$queryRawUnsafe<TaskRow[]>(READY, kindNames);
        const kind = row && kinds[row.kind];
        if (!row || !kind) return false;
        const current = taskOf(row);
        task = current;
        const progress = await tracing.withSpan(`task ${row.kind}`, row.traceparent ?? undefined, () => kind.step(tx, current));
        await saveProgress(tx, current.taskId, progress);
        chunks.inc({ service, kind: row.kind });
        return true;
      }, LONG_TRANSACTION);
    } catch (failure) {
      if (!task) throw failure;
      await afterFailure(task, failure);
      return true;
    }
  };

  const work = async (rest: Bell): Promise<void> => {
    while (running) {
      const worked = await oneChunk().catch((failure: unknown) => {
        log.warn({ err: failure }, 'tasks cannot be read now');
        return false;
      });
      if (!worked && running) await rest.wait(POLL_MS);
    }
  };

  return {
    name: 'tasks',
    start: async () => {
      running = true;
      bells = Array.from({ length: concurrency }, bell);
      unsubscribe = onWake('messaging_task', () => bells.forEach((rest) => rest.ring()));
      workers = bells.map(work);
    },
    stop: async () => {
      running = false;
      unsubscribe();
      bells.forEach((rest) => rest.ring());
      await Promise.all(workers);
    },
  };
};
