// The tasks (待办) of an order. They are updated with each change of the order, of its case before the signature, and of the
// work that the order left. At the start, the tasks of orders that an older version changed are updated once.
import { randomUUID } from 'node:crypto';
import { rowsOf } from '@hengji/messaging';
import { keepTasks, takeTurn } from '@hengji/procedure';
import sql from 'sql-template-tag';
import type { LookAtOrder } from '../../../application/aftermath/ports';
import { TRANSFERS } from '../../../domain/cascade';
import type { Order } from '../../../domain/order';
import { looksAt, tasksOfOrder, type OrderAround } from '../../../domain/tasks/order-tasks';
import { followUpStore, rectificationStore } from '../cases/aftermath-store';
import { findCase, findOrder } from '../cases/in-transaction';
import type { Database, Tx } from '../database';
import { transactions } from '../transactions';

export interface OrderTasks {
  /** Called after the order and the effects of its events were written in `tx`, which has the institution's lock. */
  keep(tx: Tx, order: Order): Promise<void>;
  /** The same for the stored order, after a change of related data. Takes the institution's lock. Refuses `order.unknown`. */
  readonly look: LookAtOrder<Tx>;
  /** The case has changed: an order that waits for its gates may be signed now. `tx` has the institution's lock. */
  lookAtCase(tx: Tx, caseId: string): Promise<void>;
  /** Updates orders with work for a person, and those with an open task. */
  catchUp(): Promise<void>;
}

const leftDecided = async (tx: Tx, orderId: string): Promise<Map<number, number>> => {
  const counts = await tx.leftDecision.groupBy({ by: ['row'], where: { orderId }, _count: { _all: true } });
  return new Map(counts.map(({ row, _count }) => [row, _count._all]));
};

const around = async (tx: Tx, order: Order, now: Date): Promise<OrderAround> => {
  const looks = looksAt(order);
  const { id, caseId } = order;
  return {
    ...{ order, now },
    theCase: looks.theCase ? await findCase(tx, caseId) : null,
    rectification: looks.rectification ? await rectificationStore.find(tx, id) : null,
    followUps: looks.followUps ? (await followUpStore.ofCase(tx, caseId)).filter(({ orderId }) => orderId === id) : [],
    leftDecided: looks.leftDecided ? await leftDecided(tx, id) : new Map(),
  };
};

const AT_ONCE = 200;

/** In the sequence of their ids. Few orders have waiting work; the derivation itself decides whether one has. */
const mayWait = async (db: Database, after: string): Promise<string[]> => {
  const found = await rowsOf<{ id: string }>(
    db,
    sql`
    SELECT id FROM (
      SELECT id FROM orders WHERE state IN ('EXECUTING', 'LIFTING')
        OR (state IN ('DRAFT', 'PREVIEWED') AND discarded_at IS NULL AND (interim OR measures && ${[...TRANSFERS]}::text[]))
      UNION SELECT order_id FROM ledger_row
        WHERE state = 'REFUSED' OR dispute_reason IS NOT NULL OR (overdue AND state = 'ASKED') OR receipt_left > 0
      UNION SELECT order_id FROM rectification WHERE state <> 'WITHDRAWN'
      UNION SELECT order_id FROM follow_up WHERE done_at IS NULL AND NOT cancelled
      UNION SELECT file_id FROM procedure.task WHERE file_kind = 'order' AND done_at IS NULL
    ) waiting WHERE id > ${after} ORDER BY id LIMIT ${AT_ONCE}`,
  );
  return found.map(({ id }) => id);
};

export const orderTasks = (db: Database, { now }: { readonly now: () => Date }): OrderTasks => {
  const keep: OrderTasks['keep'] = async (tx, order) => {
    const at = now();
    const { id, caseId, authority, signature, institutionName, scope } = order;
    await keepTasks(tx, {
      ...{ kind: 'order', file: { id, authority, institution: scope.institution }, version: 0, taken: [], now: at, newId: randomUUID },
      about: `${signature?.documentNo ?? '处理决定草稿'} ${institutionName}`,
      limitsOf: { fileId: caseId, about: id },
      waiting: tasksOfOrder(await around(tx, order, at)),
    });
  };
  const look: LookAtOrder<Tx> = async (tx, orderId) => {
    await takeTurn(tx, (await findOrder(tx, orderId)).scope.institution);
    await keep(tx, await findOrder(tx, orderId));
  };
  return {
    keep,
    look,
    lookAtCase: async (tx, caseId) => {
      const unsigned = { state: { in: ['DRAFT', 'PREVIEWED'] }, discardedAt: null };
      for (const { id } of await tx.order.findMany({ where: { caseId, ...unsigned }, select: { id: true } }))
        await keep(tx, await findOrder(tx, id));
    },
    catchUp: async () => {
      for (let page = await mayWait(db, ''); page.length > 0; page = await mayWait(db, page.at(-1) ?? ''))
        for (const id of page) await transactions(db).run((tx) => look(tx, id));
    },
  };
};
