// What happened to an order, as the others hear of it on enforcement.v1. The order carries its rows on the wire, so that
// every service, also one that was down for days, works by the table of the day on which the order was signed.
import { TOPICS, type Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { publish, type SqlTx } from '@hengji/messaging';
import { getRow } from '../../domain/ledger';
import { rowsInForce, type Order, type OrderEvent } from '../../domain/order';
import { rowAsk, scopeMessage } from '../messages';

const issued = (order: Order): Body<EnforcementEvent> => ({
  $case: 'orderIssued',
  value: {
    orderId: order.id,
    documentNo: order.signature?.documentNo ?? '',
    epoch: order.signature?.epoch ?? 0n,
    scope: scopeMessage(order.scope),
    measures: [...order.measures],
    rows: rowsInForce(order).map(rowAsk),
    signedAt: order.signature?.at,
    rectifyBy: order.rectifyBy,
  },
});

const lifted = (order: Order): Body<EnforcementEvent> => ({
  $case: 'orderLifted',
  value: {
    orderId: order.id,
    epoch: order.lifting?.epoch ?? 0n,
    scope: scopeMessage(order.scope),
    rows: rowsInForce(order).map(rowAsk),
    liftedAt: order.lifting?.at,
    reason: order.lifting?.reason ?? '',
    documentNo: order.lifting?.documentNo ?? '',
  },
});

const released = (order: Order, row: number): Body<EnforcementEvent> => {
  const { afterRow } = getRow(order.rows, row);
  const afterRoot = afterRow === 0 ? undefined : getRow(order.rows, afterRow).receipt?.root;
  return { $case: 'rowReleased', value: { orderId: order.id, row, afterRoot: Buffer.from(afterRoot ?? []) } };
};

const completed = (order: Order): Body<EnforcementEvent> => ({
  $case: 'orderCompleted',
  value: { orderId: order.id, completedAt: order.lifting?.completedAt ?? order.completedAt ?? undefined, lifted: order.lifting !== null },
});

const bodyOf = (order: Order, event: OrderEvent): Body<EnforcementEvent> => {
  switch (event.kind) {
    case 'orderIssued':
      return issued(order);
    case 'rowReleased':
      return released(order, event.row);
    case 'orderLifted':
      return lifted(order);
    case 'orderCompleted':
      return completed(order);
    case 'rowOverdue':
      return { $case: 'rowOverdue', value: { orderId: order.id, row: event.row, dueAt: getRow(order.rows, event.row).dueAt ?? undefined } };
  }
};

/** Writes the event into the outbox, keyed by the institution. All of it in `tx`. */
export const publishOrderEvent =
  (now: () => Date) =>
  (tx: SqlTx, order: Order, event: OrderEvent): Promise<void> =>
    publish(tx, TOPICS.enforcement, {
      institution: order.scope.institution,
      orderId: order.id,
      body: bodyOf(order, event),
      occurredAt: now(),
    });
