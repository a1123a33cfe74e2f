// Tasks as rows of procedure.task: lists by due time, counts, and assignees. Each view of each reader has an index that contains open tasks
// only.
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import { cursorInvalid, MOST_COUNTED, totalOf } from '@hengji/host';
import sql, { empty, type Sql } from 'sql-template-tag';
import { reachOf } from '@hengji/province';
import { reachSql } from '../reach-sql';
import { isOfficer, type Officer, type TaskActor, type TaskRow } from './task';

const COLUMNS = sql`id, file_kind AS "fileKind", file_id AS "fileId", about, step, title, institution, authority, role, post, assignee,
  assignee_name AS "assigneeName", assigned_by AS "assignedBy", due_at AS "dueAt", provisional, created_at AS "createdAt",
  done_at AS "doneAt", sort_at AS "sortAt"`;

export type TaskView = 'MINE' | 'UNASSIGNED' | 'ALL';

const PLACE = { authority: sql`authority`, institution: sql`institution` };

/** The tasks in the person's jurisdiction; an institution sees only the tasks that it has to do itself. */
const seenBy = (actor: TaskActor): Sql => {
  const reached = reachSql(reachOf(actor), PLACE);
  return actor.role === 'INSTITUTION' ? sql`role = 'institution' AND ${reached}` : reached;
};

const chosen = (view: TaskView, actor: TaskActor): Sql => {
  if (view === 'ALL' || actor.role === 'INSTITUTION') return seenBy(actor);
  if (!isOfficer(actor)) return sql`FALSE`;
  const assignee = view === 'MINE' ? actor.officerId : '';
  return sql`${seenBy(actor)} AND authority = ${actor.authority} AND role = 'officer' AND assignee = ${assignee}`;
};

const CURSOR = /^(\d{1,15})~([\w-]{1,64})$/;

const afterPlace = (after: string): Sql => {
  if (after === '') return empty;
  const [, at = '', id = ''] = CURSOR.exec(after) ?? [];
  if (id === '') throw cursorInvalid();
  return sql`AND (sort_at, id) > (${new Date(Number(at))}::timestamptz, ${id}::text)`;
};

/** Number of rows that match the condition, up to one more than the maximum count. */
const countOf = async (tx: SqlTx, where: Sql): Promise<number> => {
  const [row] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM (SELECT 1 FROM procedure.task WHERE done_at IS NULL AND ${where} LIMIT ${MOST_COUNTED + 1}) found`,
  );
  return row?.n ?? 0;
};

interface TasksAsked {
  readonly view: TaskView;
  readonly after: string;
  readonly limit: number;
}

/** A page of open tasks; the total only with the first page. Refuses `page.cursor_invalid`. */
export const listTasks = async (tx: SqlTx, actor: TaskActor, { view, after, limit }: TasksAsked) => {
  const where = chosen(view, actor);
  const tasks = await rowsOf<TaskRow>(
    tx,
    sql`SELECT ${COLUMNS} FROM procedure.task WHERE done_at IS NULL AND ${where} ${afterPlace(after)}
        ORDER BY sort_at, id LIMIT ${limit}`,
  );
  const last = tasks.length < limit ? undefined : tasks.at(-1);
  const found = after === '' ? await countOf(tx, where) : 0;
  return {
    tasks,
    next: last ? `${last.sortAt.getTime()}~${last.id}` : '',
    total: after === '' ? totalOf(found) : undefined,
  };
};

/** Open tasks of the actor, and unassigned ones of the actor's authority; of both, the tasks past their limit. */
export const countTasks = async (tx: SqlTx, actor: TaskActor, now: Date) => {
  const mine = chosen('MINE', actor);
  const unassigned = actor.role === 'INSTITUTION' ? sql`FALSE` : chosen('UNASSIGNED', actor);
  const counts = [
    await countOf(tx, mine),
    await countOf(tx, unassigned),
    await countOf(tx, sql`((${mine}) OR (${unassigned})) AND due_at < ${now}`),
  ].map((found) => totalOf(found).count);
  return { mine: counts[0] ?? 0, unassigned: counts[1] ?? 0, overdue: counts[2] ?? 0 };
};

/** Locked until the transaction ends, if the person may see it. */
export const lockTask = async (tx: SqlTx, actor: TaskActor, id: string): Promise<TaskRow | undefined> => {
  const [task] = await rowsOf<TaskRow>(tx, sql`SELECT ${COLUMNS} FROM procedure.task WHERE id = ${id} AND ${seenBy(actor)} FOR UPDATE`);
  return task;
};

/** `to` is undefined when the task goes back to the authority. */
export const giveTask = async (tx: SqlTx, id: string, to: Officer | undefined, by: string): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE procedure.task SET assignee = ${to?.id ?? ''}, assignee_name = ${to?.name ?? ''}, assigned_by = ${to ? by : ''}
        WHERE id = ${id}`,
  );
};

interface Passing {
  readonly fileIds: readonly string[];
  /** The people who no longer work on the files. */
  readonly from: readonly string[];
  readonly to: Officer;
  readonly by: string;
}

/** Gives the open tasks that these people have in the files to another officer. */
export const passTasks = async (tx: SqlTx, { fileIds, from, to, by }: Passing): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE procedure.task SET assignee = ${to.id}, assignee_name = ${to.name}, assigned_by = ${by}
        WHERE file_id = ANY(${[...fileIds]}::text[]) AND assignee = ANY(${[...from]}::text[]) AND done_at IS NULL`,
  );
};

/** Stores the officer, so that others of the authority can assign a task to them. An officer who is stored already is not written again. */
export const rememberOfficer = async (tx: SqlTx, actor: TaskActor): Promise<void> => {
  const { authority, officerId, name } = actor;
  if (!isOfficer(actor)) return;
  const known = await rowsOf(
    tx,
    sql`SELECT 1 FROM procedure.officer WHERE authority = ${authority} AND id = ${officerId} AND name = ${name}`,
  );
  if (known.length > 0) return;
  await execute(
    tx,
    sql`INSERT INTO procedure.officer (authority, id, name) VALUES (${authority}, ${officerId}, ${name})
        ON CONFLICT (authority, id) DO UPDATE SET name = excluded.name`,
  );
};

const MOST_OFFICERS = 1_000;

/** Officers of the authority; only one of them if the id is given. */
export const officersOf = (tx: SqlTx, authority: string, id?: string): Promise<Officer[]> =>
  rowsOf<Officer>(
    tx,
    sql`SELECT id, name FROM procedure.officer WHERE authority = ${authority} ${id === undefined ? empty : sql`AND id = ${id}`}
        ORDER BY name, id LIMIT ${MOST_OFFICERS}`,
  );
