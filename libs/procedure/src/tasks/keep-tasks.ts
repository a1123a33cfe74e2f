// Keeps the rows of procedure.task as the tables say: called in the transaction of each step, and when a limit of the file has passed.
// What was taken is done, what no longer waits is done too, what waits anew is added; who has a task that goes on keeps it.
import type { SqlTx } from '@hengji/messaging';
import sql, { bulk } from 'sql-template-tag';
import { ask, tell } from '../rows';
import type { WaitingTask } from '../tables/tasks';
import type { ProcedureFile } from '../tables/terms';

export interface KeepTasks {
  /** The table of steps that the file follows, for example case. */
  readonly kind: string;
  /** As it is after the step. */
  readonly file: ProcedureFile;
  /** What the file is called for people. */
  readonly about: string;
  readonly waiting: readonly WaitingTask[];
  /** Steps that have just been taken: their tasks are done, also where another of the kind waits. */
  readonly taken: readonly string[];
  readonly now: Date;
  readonly newId: () => string;
}

interface Open {
  readonly id: string;
  readonly step: string;
  readonly role: string;
}

interface Due {
  readonly id: string;
  readonly code: string;
  readonly dueAt: Date;
  readonly provisional: boolean;
}

/** The newest of each code that runs, or is owed. */
const dueOf = (tx: SqlTx, fileId: string): Promise<Due[]> =>
  ask<Due>(
    tx,
    sql`SELECT * FROM (
          SELECT DISTINCT ON (code) id, code, due_at AS "dueAt", provisional, state FROM procedure."limit"
          WHERE file_id = ${fileId} ORDER BY code, started_at DESC, id DESC) newest
        WHERE state IN ('RUNNING', 'NEARING', 'PASSED') ORDER BY "dueAt", id`,
  );

const nearest = (due: readonly Due[], { limits }: WaitingTask): Due | undefined => due.find(({ code }) => limits.includes(code));

const add = async (tx: SqlTx, asked: KeepTasks, added: readonly WaitingTask[], due: readonly Due[]): Promise<void> => {
  const { kind, file, about, now, newId } = asked;
  if (added.length === 0) return;
  const rows = added.map((task) => {
    const limit = nearest(due, task);
    return [
      ...[newId(), kind, file.id, about, task.step, task.title, file.institution, file.authority, task.role],
      ...[limit?.id ?? '', limit?.dueAt ?? null, limit?.provisional ?? false, now, file.entries.length],
    ];
  });
  await tell(
    tx,
    sql`INSERT INTO procedure.task (id, file_kind, file_id, about, step, title, institution, authority, role,
          limit_id, due_at, provisional, created_at, version) VALUES ${bulk(rows)}`,
  );
};

/** All of it in `tx`, which holds the file. */
export const keepTasks = async (tx: SqlTx, asked: KeepTasks): Promise<void> => {
  const { kind, file, waiting, taken, now } = asked;
  const open = await ask<Open>(
    tx,
    sql`SELECT id, step, role FROM procedure.task WHERE file_kind = ${kind} AND file_id = ${file.id} AND done_at IS NULL FOR UPDATE`,
  );
  if (open.length === 0 && waiting.length === 0) return;
  const due = await dueOf(tx, file.id);
  const going = open.flatMap((one) => {
    const task = waiting.find(({ step, role }) => step === one.step && role === one.role);
    return task && !taken.includes(one.step) ? [{ ...one, task }] : [];
  });
  const done = open.filter(({ id }) => !going.some((one) => one.id === id)).map(({ id }) => id);
  if (done.length > 0) await tell(tx, sql`UPDATE procedure.task SET done_at = ${now} WHERE id = ANY(${done}::text[])`);
  for (const { id, task } of going) {
    const limit = nearest(due, task);
    await tell(
      tx,
      sql`UPDATE procedure.task SET limit_id = ${limit?.id ?? ''}, due_at = ${limit?.dueAt ?? null},
            provisional = ${limit?.provisional ?? false}, version = ${file.entries.length} WHERE id = ${id}`,
    );
  }
  const added = waiting.filter((task) => !going.some((one) => one.task === task));
  await add(tx, asked, added, due);
};
