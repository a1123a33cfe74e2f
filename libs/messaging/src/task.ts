// Long work as rows: what a task is, how it is started and woken. Its runner is task-runner.ts.
import { tracing } from '@hengji/host';
import type { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from './sql';

/** Anything JSON can carry; a task's tally. Bigints and bytes are the kind's own to encode as text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A task as its step sees it. The cursor is '' before the first chunk; the tally is {} then. */
export interface Task {
  readonly taskId: string;
  readonly kind: string;
  readonly input: Uint8Array;
  readonly cursor: string;
  readonly tally: Json;
  /** Failed tries since the last chunk that went through. */
  readonly tries: number;
  readonly now: Date;
}

/** No task rests longer, after a chunk or after a failure. */
export const LONGEST_REST_MS = 60_000;

/** Where a chunk ended: `cursor: null` finishes the task; `againInMs` (at most LONGEST_REST_MS) lets it rest before its next chunk. */
export interface TaskProgress {
  readonly cursor: string | null;
  readonly tally: Json;
  readonly againInMs?: number;
}

/** What a kind of task does. Both run in one transaction with the task's row; nothing remote is called inside. */
export interface TaskKind<Tx extends SqlTx> {
  /** One chunk, aim below half a second. What it throws rolls it back; it is tried again with growing pauses, for ever. */
  readonly step: (tx: Tx, task: Task) => Promise<TaskProgress>;
  /** Given, a Refusal thrown by `step` ends the task: this tells whom it concerns. Without it a Refusal is retried too. */
  readonly refused?: (tx: Tx, task: Task, refusal: Refusal) => Promise<void>;
}

/** Starts a task when `tx` commits. Returns false, and changes nothing, when a task of this id exists already. */
export const startTask = async (
  tx: SqlTx,
  { taskId, kind, input }: { taskId: string; kind: string; input: Uint8Array },
): Promise<boolean> => {
  const traceparent = tracing.currentTraceparent() ?? null;
  const inserted = await execute(
    tx,
    sql`INSERT INTO messaging.task (task_id, kind, input, traceparent) VALUES (${taskId}, ${kind}, ${Buffer.from(input)}, ${traceparent})
    ON CONFLICT (task_id) DO NOTHING`,
  );
  return inserted > 0;
};

/** Lets a resting or failing task run as soon as `tx` commits. Returns false when there is none that is ready. */
export const wakeTask = async (tx: SqlTx, taskId: string): Promise<boolean> => {
  const woken = await execute(tx, sql`UPDATE messaging.task SET run_at = now() WHERE task_id = ${taskId} AND state = 'ready'`);
  await rowsOf(tx, sql`SELECT 1 AS told FROM (SELECT pg_notify('messaging_task', '')) AS notice`);
  return woken > 0;
};

/** How a task stands; for services that show it. */
export interface TaskStanding {
  readonly state: 'ready' | 'done' | 'refused';
  readonly cursor: string;
  readonly tally: Json;
  readonly tries: number;
  readonly lastError: string | null;
}

/** Finds a task by its id. */
export const findTask = async (tx: SqlTx, taskId: string): Promise<TaskStanding | undefined> => {
  const rows = await rowsOf<TaskStanding>(
    tx,
    sql`SELECT state, cursor, tally, tries, last_error AS "lastError" FROM messaging.task WHERE task_id = ${taskId}`,
  );
  return rows[0];
};
