// The effects of an order's events, in the transaction of the event. The issue opens a rectification; a completed removal opens
// follow-ups; some events make documents due; a lifting ends these.
import type { Limits, Owe } from '@hengji/procedure';
import { startLimit, type LimitTable } from '@hengji/procedure/tables';
import { FOLLOW_UP_KINDS, FOLLOW_UPS } from '../../domain/aftermath/follow-up';
import { openRectification, withdrawRectification } from '../../domain/aftermath/rectification';
import type { Lifting, Order, OrderEvent } from '../../domain/order';
import { isSameScope } from '../../domain/scope';
import type { DocumentKind } from '../../domain/cases/case';
import type { FollowUps, Rectifications } from './ports';

interface Deps<Tx> {
  readonly rectifications: Rectifications<Tx>;
  readonly followUps: FollowUps<Tx>;
  readonly limits: Limits<Tx>;
  readonly table: LimitTable;
  readonly owe: Owe<Tx, DocumentKind>;
  readonly now: () => Date;
}

const ofOrder = ({ id: orderId, caseId, scope: { institution } }: Order) => ({ orderId, caseId, institution });

/** The owner of a due document: an order, in its case. */
const owedBy = ({ id: about, caseId: fileId }: Order) => ({ fileId, about });

/** The owner of the limits of the order. */
const limitOf = ({ id: about, caseId: fileId, authority, scope: { institution } }: Order) => ({ fileId, about, authority, institution });

const issued =
  <Tx>({ rectifications, limits, owe }: Deps<Tx>) =>
  async (tx: Tx, order: Order, at: Date): Promise<void> => {
    const { orderId, caseId, institution } = ofOrder(order);
    const by = order.signature?.by ?? '';
    if (order.interim) await owe(tx, { ...owedBy(order), kind: 'DECISION', which: '', by }, at);
    if (!order.measures.includes('RECTIFY')) return;
    await rectifications.insert(tx, openRectification({ orderId, caseId, institution, dueOn: order.rectifyBy, openedAt: at }));
    await limits.start(tx, 'D-RECTIFY', { ...limitOf(order), startedAt: at, day: order.rectifyBy });
    await owe(tx, { ...owedBy(order), kind: 'RECTIFICATION', which: '', by }, at);
  };

const completed =
  <Tx>({ followUps, limits, table }: Deps<Tx>) =>
  async (tx: Tx, order: Order, at: Date): Promise<void> => {
    // A reopened order completes again; the effects of its first completion continue.
    const isAgain = (await followUps.ofCase(tx, order.caseId)).some(({ orderId }) => orderId === order.id);
    if (!order.measures.includes('REMOVE_FROM_DIRECTORY') || isAgain) return;
    const started = { ...limitOf(order), startedAt: at };
    const opened = FOLLOW_UP_KINDS.map((kind) => {
      const { dueAt } = startLimit(table, { ...started, id: '', code: FOLLOW_UPS[kind].deadline });
      return { orderId: order.id, caseId: order.caseId, kind, dueAt, note: '', doneBy: null, doneAt: null, cancelled: false };
    });
    await followUps.insert(tx, opened);
    for (const kind of FOLLOW_UP_KINDS) await limits.start(tx, FOLLOW_UPS[kind].deadline, started);
  };

const lifted =
  <Tx>({ rectifications, followUps, limits, owe }: Deps<Tx>) =>
  async (tx: Tx, order: Order, lifting: Lifting, at: Date): Promise<void> => {
    const { orderId, caseId } = ofOrder(order);
    await owe(tx, { ...owedBy(order), kind: 'LIFTING', which: String(lifting.number), by: lifting.by }, at);
    const rectification = lifting.measures.includes('RECTIFY') ? await rectifications.find(tx, orderId) : null;
    if (rectification) {
      await rectifications.save(tx, rectification, withdrawRectification(rectification, at));
      for (const code of ['D-RECTIFY', 'D-RECTIFY-CHECK']) await limits.meet(tx, code, limitOf(order), at);
    }
    // Without a recovery no application to the court is possible; after a lifting of a part the rest is still recovered.
    const isWhole = isSameScope(lifting.scope, order.scope);
    if (lifting.measures.includes('RECOVER_SUBSIDIES') && isWhole) {
      await limits.cancel(tx, { fileId: caseId }, at, ['D-ENFORCE-APPLY']);
      await limits.cancel(tx, limitOf(order), at, ['D-ENFORCE-DEMAND']);
    }
    if (lifting.measures.includes('REMOVE_FROM_DIRECTORY')) await followUps.cancel(tx, orderId);
    if (lifting.whole || lifting.measures.includes('REMOVE_FROM_DIRECTORY')) await limits.cancel(tx, limitOf(order), at);
  };

/** The caller runs this with each event of an order, in the event's transaction. Orders from before cases existed have no effects. */
export const followOrder =
  <Tx>(deps: Deps<Tx>) =>
  async (tx: Tx, order: Order, event: OrderEvent): Promise<void> => {
    // An event that is published again already had its effects.
    if (order.caseId === '' || ('again' in event && event.again)) return;
    const at = deps.now();
    if (event.kind === 'orderIssued') await issued(deps)(tx, order, at);
    if (event.kind === 'orderCompleted' && event.lifting === 0) await completed(deps)(tx, order, at);
    const lifting = event.kind === 'orderLifted' && order.liftings.find(({ number }) => number === event.lifting);
    if (lifting) await lifted(deps)(tx, order, lifting, at);
  };
