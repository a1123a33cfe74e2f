// The tasks (待办) of a case. They are updated with each save of the case and when one of its limits has passed. At the start,
// the tasks of cases that an older version changed are updated once.
import { randomUUID } from 'node:crypto';
import { rowsOf } from '@hengji/messaging';
import { keepTasks } from '@hengji/procedure';
import sql from 'sql-template-tag';
import type { CalendarAt } from '../../../domain/deadlines/deadline';
import type { Case, CaseStep } from '../../../domain/cases/case';
import { ENDED } from '../../../domain/cases/lifecycle';
import { tasksOf } from '../../../domain/cases/take-step';
import type { Database, Tx } from '../database';
import { transactions } from '../transactions';
import type { OrderTasks } from './order-tasks';
import { caseOf } from '../cases/case-columns';
import { takeTurnOfCase } from '../cases/in-transaction';

export interface CaseTasks {
  /** Called after the case and its limits were written. */
  keep(tx: Tx, theCase: Case, taken: readonly CaseStep[]): Promise<void>;
  /** A limit of the case has passed: the waiting task may now belong to another person. */
  look(tx: Tx, caseId: string): Promise<void>;
  /** Updates cases with entries newer than their tasks: open cases, and ended cases with an open task. */
  catchUp(): Promise<void>;
}

const AT_ONCE = 200;

const behind = async (db: Database, after: string): Promise<string[]> => {
  const found = await rowsOf<{ id: string }>(
    db,
    sql`
    SELECT c.id FROM case_file c WHERE c.id > ${after}
      AND (c.state <> ALL(${[...ENDED]}::text[])
        OR c.id IN (SELECT o.file_id FROM procedure.task o WHERE o.file_kind = 'case' AND o.done_at IS NULL))
      AND (SELECT max(e.number) FROM case_entry e WHERE e.case_id = c.id)
        > coalesce((SELECT max(t.version) FROM procedure.task t WHERE t.file_kind = 'case' AND t.file_id = c.id), 0)
    ORDER BY c.id LIMIT ${AT_ONCE}`,
  );
  return found.map(({ id }) => id);
};

interface Clock {
  readonly now: () => Date;
  readonly calendar: CalendarAt;
}

/** `orders` is called for each changed case, because its gates may open for unsigned orders. */
export const caseTasks = (db: Database, orders: Pick<OrderTasks, 'lookAtCase'>, { now, calendar }: Clock): CaseTasks => {
  const keep: CaseTasks['keep'] = async (tx, theCase, taken) => {
    const at = now();
    await keepTasks(tx, {
      ...{
        kind: 'case',
        file: theCase,
        version: theCase.entries.length,
        about: `${theCase.number} ${theCase.institutionName}`,
        taken,
        now: at,
        newId: randomUUID,
      },
      waiting: tasksOf(theCase, { now: at, calendar: calendar(theCase.authority) }),
    });
    // A new case has no orders.
    if (theCase.entries.length > 1) await orders.lookAtCase(tx, theCase.id);
  };
  const look: CaseTasks['look'] = async (tx, caseId) => {
    const stored = await tx.caseFile.findUnique({ where: { id: caseId }, include: { entries: { orderBy: { number: 'asc' } } } });
    if (stored) await keep(tx, caseOf(stored), []);
  };
  return {
    keep,
    look,
    catchUp: async () => {
      for (let page = await behind(db, ''); page.length > 0; page = await behind(db, page.at(-1) ?? '')) {
        for (const id of page)
          await transactions(db).run(async (tx) => {
            await takeTurnOfCase(tx, id);
            await look(tx, id);
          });
      }
    },
  };
};
