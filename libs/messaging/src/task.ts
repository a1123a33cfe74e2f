// Long work as rows: what a task is, how it is started and woken. task-runner.ts runs it.
import { tracing } from '@hengji/host';
import type { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from './sql';

/** Any JSON value; a task's tally. The kind of task encodes bigints and bytes as text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A task as its step gets it. Before the first chunk the cursor is '' and the tally is {}. */
export interface Task {
  readonly taskId: string;
  readonly kind: string;
  readonly input: Uint8Array;
  readonly cursor: string;
  readonly tally: Json;
  /** Failed tries since the last successful chunk. */
  readonly tries: number;
  readonly now: Date;
}

/** The longest pause of a task, after a chunk or after a failure. */
export const LONGEST_REST_MS = 60_000;

/** Where a chunk ended: `cursor: null` finishes the task; `againInMs` (at most LONGEST_REST_MS) is the pause before its next chunk. */
export interface TaskProgress {
  readonly cursor: string | null;
  readonly tally: Json;
  readonly againInMs?: number;
}

/** What a kind of task does. Both functions run in one transaction with the task's row; they must make no remote calls. */
export interface TaskKind<Tx extends SqlTx> {
  /** One chunk; it should take less than half a second. An exception rolls it back; it is retried with growing pauses, without limit. */
  readonly step: (tx: Tx, task: Task) => Promise<TaskProgress>;
  /** If set, a Refusal thrown by `step` ends the task, and this function notifies those concerned. Without it a Refusal is retried too. */
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

/** Makes a pausing or failing task run as soon as `tx` commits. Returns false when there is no such task in state ready. */
export const wakeTask = async (tx: SqlTx, taskId: string): Promise<boolean> => {
  const woken = await execute(tx, sql`UPDATE messaging.task SET run_at = now() WHERE task_id = ${taskId} AND state = 'ready'`);
  await rowsOf(tx, sql`SELECT 1 AS told FROM (SELECT pg_notify('messaging_task', '')) AS notice`);
  return woken > 0;
};

/** The state of a task, for services that show it. */
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
