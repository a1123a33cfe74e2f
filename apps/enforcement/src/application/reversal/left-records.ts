// Records that a lifting left because another writer had changed them since. The services store these records; enforcement
// stores the decision on each. A page is built row by row. A decision is a text only; the service owns the record itself.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, checkMaySee, isCompetent, type Actor } from '../../domain/competence';
import { getRow, isUndo, type Row } from '../../domain/ledger';
import { concernOf, type Order } from '../../domain/order';
import type { LookAtOrder } from '../aftermath/ports';
import type { LeftDecision, LeftDecisions, LeftRecord, Orders, Participants, Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly participants: Pick<Participants, 'listLeft'>;
  readonly leftDecisions: LeftDecisions<Tx>;
  readonly lookAtOrder: LookAtOrder<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface LeftItem extends LeftRecord {
  readonly row: number;
  readonly service: string;
  readonly decision: LeftDecision | null;
  /** Whether the reader may decide on the record now. */
  readonly mayDecide: boolean;
}

const cursorOf = (after: string): { row: number; recordId: string } => {
  const [, row, recordId] = /^(\d{1,9})\/(.*)$/s.exec(after) ?? [];
  if (after !== '' && row === undefined) throw new Refusal('invalid', 'page.invalid', '分页游标无效', { field: 'page.after' });
  return { row: Number(row ?? 0), recordId: recordId ?? '' };
};

const rowsWithLeft = (order: Order): Row[] => order.rows.filter((row) => isUndo(row) && row.state === 'DONE');

/** A page of the records that the order's liftings left, sorted by row and id. Refuses `page.invalid`, `order.unknown`. */
export const listLeft =
  <Tx>({ orders, participants, leftDecisions }: Pick<Deps<Tx>, 'orders' | 'participants' | 'leftDecisions'>) =>
  async (orderId: string, actor: Actor, page: { after: string; limit: number }): Promise<{ items: LeftItem[]; next: string }> => {
    const order = await orders.get(orderId);
    checkMaySee(actor, concernOf(order));
    const from = cursorOf(page.after);
    const items: Omit<LeftItem, 'decision' | 'mayDecide'>[] = [];
    for (const row of rowsWithLeft(order).filter(({ number }) => number >= from.row)) {
      if (items.length >= page.limit) break;
      const after = row.number === from.row ? from.recordId : '';
      const { service } = row.target;
      const left = await participants.listLeft(service, { orderId, row: row.number, after, limit: page.limit - items.length });
      items.push(...left.map((record) => ({ ...record, row: row.number, service })));
    }
    const decisions = await leftDecisions.of(orderId, items);
    const last = items.length < page.limit ? undefined : items.at(-1);
    const isActing = isCompetent(actor, order.authority);
    return {
      items: items.map((item) => {
        const decision = decisions.get(`${item.row}/${item.recordId}`) ?? null;
        return { ...item, decision, mayDecide: isActing && decision === null };
      }),
      next: last ? `${last.row}/${last.recordId}` : '',
    };
  };

export interface DecideLeft {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
  readonly row: number;
  readonly recordId: string;
  readonly decision: string;
}

const LONGEST_DECISION = 2_000;
const NEIGHBOURS = 1_000;

/**
 * Records the decision, once. Refuses `record.unknown`, `record.decided`, `order.no_reason`, `row.unknown`, an officer of
 * another territory.
 */
export const decideLeft =
  <Tx>({ orders, participants, leftDecisions, lookAtOrder, transactions, now }: Deps<Tx>) =>
  async ({ request, actor, orderId, row: number, recordId, decision }: DecideLeft): Promise<string> => {
    const order = await orders.get(orderId);
    checkCompetence(actor, order.authority);
    if (decision.trim() === '' || decision.length > LONGEST_DECISION)
      throw new Refusal('invalid', 'order.no_reason', `应写明处理意见，不超过${LONGEST_DECISION}字`, { field: 'decision' });
    const row = getRow(order.rows, number);
    // The page that begins just before the id; ids are compared as text, and a prefix comes first.
    const around = { orderId, row: number, after: recordId.slice(0, -1), limit: NEIGHBOURS };
    const left = recordId === '' ? [] : await participants.listLeft(row.target.service, around);
    if (!left.some((record) => record.recordId === recordId))
      throw new Refusal('notFound', 'record.unknown', '该行没有留待处理的这条记录', { field: 'record_id' });
    return transactions.once(request, async (tx) => {
      const isNew = await leftDecisions.keep(
        tx,
        { orderId, row: number, recordId },
        { decision, decidedBy: actor.officerId, decidedAt: now() },
      );
      if (!isNew) throw new Refusal('illegalMove', 'record.decided', '该记录已有处理意见', { field: 'record_id' });
      await lookAtOrder(tx, orderId);
      return orderId;
    });
  };
