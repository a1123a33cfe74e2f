// Updates the rows of procedure.task by the tables, in the transaction of each step and when a limit of the file has passed. The task of a
// taken step is done, a task that no longer waits is done too, and a new task is added. The assignee of a continuing task stays.
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { bulk, empty } from 'sql-template-tag';
import type { LimitOf } from '../limits/limits';
import type { WaitingTask } from '../tables/tasks';
import type { ProcedureFile } from '../tables/terms';
import { remindLate } from './reminders';

export interface KeepTasks {
  /** The table of steps that the file follows, for example case. */
  readonly kind: string;
  readonly file: Pick<ProcedureFile, 'id' | 'institution' | 'authority'>;
  /** Number of entries in its record after the step; 0 if it has no record. */
  readonly version: number;
  /**
   * The owner of the limits that determine when its tasks are due: another file and a subject within it; without it, all limits of the file
   * itself.
   */
  readonly limitsOf?: Required<LimitOf>;
  /** The name of the file for people. */
  readonly about: string;
  readonly waiting: readonly WaitingTask[];
  /** Steps that have just been taken: their tasks are done, even if another task of the kind waits. */
  readonly taken: readonly string[];
  readonly now: Date;
  readonly newId: () => string;
}

interface Open {
  readonly id: string;
  readonly step: string;
  readonly role: string;
  readonly authority: string;
}

interface Due {
  readonly id: string;
  readonly code: string;
  readonly dueAt: Date;
  readonly provisional: boolean;
}

/** The newest limit of each code that runs or is owed. */
const dueOf = (tx: SqlTx, { file, limitsOf }: KeepTasks): Promise<Due[]> =>
  rowsOf<Due>(
    tx,
    sql`SELECT * FROM (
          SELECT DISTINCT ON (code) id, code, due_at AS "dueAt", provisional, state FROM procedure."limit"
          WHERE file_id = ${limitsOf?.fileId ?? file.id} ${limitsOf ? sql`AND about IN ('', ${limitsOf.about})` : empty}
          ORDER BY code, started_at DESC, id DESC) newest
        WHERE state IN ('RUNNING', 'NEARING', 'PASSED') ORDER BY "dueAt", id`,
  );

/** A running limit takes precedence over the task's own due time. */
const dueAtOf = ({ dueAt }: WaitingTask, limit: Due | undefined): Date | null => limit?.dueAt ?? dueAt ?? null;

const nearest = (due: readonly Due[], { limits }: WaitingTask): Due | undefined => due.find(({ code }) => limits.includes(code));

const authorityOf = ({ file }: KeepTasks, { authority = file.authority }: WaitingTask): string => authority;

const add = async (tx: SqlTx, asked: KeepTasks, added: readonly WaitingTask[], due: readonly Due[]): Promise<void> => {
  const { kind, file, about, version, now, newId } = asked;
  if (added.length === 0) return;
  const rows = added.map((task) => {
    const limit = nearest(due, task);
    return [
      ...[newId(), kind, file.id, about, task.step, task.title, file.institution, authorityOf(asked, task), task.role],
      ...[limit?.id ?? '', dueAtOf(task, limit), limit?.provisional ?? false, now, version],
    ];
  });
  await execute(
    tx,
    sql`INSERT INTO procedure.task (id, file_kind, file_id, about, step, title, institution, authority, role,
          limit_id, due_at, provisional, created_at, version) VALUES ${bulk(rows)}`,
  );
  await remindLate(tx, { kind, fileId: file.id, steps: added.flatMap(({ step, dueAt }) => (dueAt && dueAt < now ? [step] : [])) }, now);
};

/** All of it in `tx`, which holds the file's lock. */
export const keepTasks = async (tx: SqlTx, asked: KeepTasks): Promise<void> => {
  const { kind, file, version, waiting, taken, now } = asked;
  const open = await rowsOf<Open>(
    tx,
    sql`SELECT id, step, role, authority FROM procedure.task WHERE file_kind = ${kind} AND file_id = ${file.id} AND done_at IS NULL FOR UPDATE`,
  );
  if (open.length === 0 && waiting.length === 0) return;
  const due = await dueOf(tx, asked);
  const going = open.flatMap((one) => {
    // A file that another authority took over: its tasks begin anew there, without their people.
    const task = waiting.find((other) => other.step === one.step && other.role === one.role && authorityOf(asked, other) === one.authority);
    return task && !taken.includes(one.step) ? [{ ...one, task }] : [];
  });
  const done = open.filter(({ id }) => !going.some((one) => one.id === id)).map(({ id }) => id);
  if (done.length > 0) await execute(tx, sql`UPDATE procedure.task SET done_at = ${now} WHERE id = ANY(${done}::text[])`);
  for (const { id, task } of going) {
    const limit = nearest(due, task);
    await execute(
      tx,
      sql`UPDATE procedure.task SET limit_id = ${limit?.id ?? ''}, due_at = ${dueAtOf(task, limit)},
            provisional = ${limit?.provisional ?? false}, version = ${version} WHERE id = ${id}`,
    );
  }
  const added = waiting.filter((task) => !going.some((one) => one.task === task));
  await add(tx, asked, added, due);
};
