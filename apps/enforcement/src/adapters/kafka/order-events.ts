// Events of an order for the consumers of enforcement.v1. The order carries its rows, so that every service works by the table
// of the day of the signature, also after days of downtime.
import { noticeStatement, TOPICS, type Body, type Notice } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { PackageItem } from '@hengji/contracts/enforcement/v1/order';
import { canonical, type Signer } from '@hengji/host';
import { publish, type SqlTx } from '@hengji/messaging';
import { keepOwnAct } from '@hengji/procedure';
import { isTransfer } from '../../domain/cascade';
import { getRow } from '../../domain/ledger';
import { rowsInForce, type Lifting, type Order, type OrderEvent } from '../../domain/order';
import { rowAsk, scopeMessage, sealMessage } from '../messages';
import { packageOnWire } from '../store/cases/package-store';

export const issued = (order: Order, items: PackageItem[]): Body<EnforcementEvent> => ({
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
    package: items,
    seal: sealMessage(order),
  },
});

const getLifting = (order: Order, number: number): Lifting => {
  const lifting = order.liftings.find((one) => one.number === number);
  if (!lifting) throw new Error(`order ${order.id} has no lifting ${number}`);
  return lifting;
};

export const lifted = (order: Order, number: number): Body<EnforcementEvent> => {
  const { epoch, scope, at, reason, documentNo, whole } = getLifting(order, number);
  return {
    $case: 'orderLifted',
    value: {
      orderId: order.id,
      epoch,
      scope: scopeMessage(scope),
      rows: order.rows.filter((row) => row.lifting === number).map(rowAsk),
      liftedAt: at,
      reason,
      documentNo,
      lifting: number,
      partial: !whole,
      seal: sealMessage(order, number),
    },
  };
};

const released = (order: Order, row: number, reconfirmed: boolean): Body<EnforcementEvent> => {
  const { afterRow, signedCount, preview } = getRow(order.rows, row);
  const signed = reconfirmed
    ? { signedCount, signedRoot: Buffer.from(preview?.root ?? []), seal: sealMessage(order) }
    : { signedCount: 0n, signedRoot: Buffer.of(), seal: undefined };
  const afterRoot = afterRow === 0 ? undefined : getRow(order.rows, afterRow).receipt?.root;
  return { $case: 'rowReleased', value: { orderId: order.id, row, afterRoot: Buffer.from(afterRoot ?? []), reconfirmed, ...signed } };
};

const completed = (order: Order, number: number): Notice => {
  const lifting = number === 0 ? null : getLifting(order, number);
  const completedAt = (lifting ? lifting.completedAt : order.completedAt) ?? undefined;
  const partial = lifting !== null && !lifting.whole;
  return { $case: 'orderCompleted', value: { orderId: order.id, completedAt, lifted: lifting !== null, lifting: number, partial } };
};

const suspended = (order: Order): Notice => ({
  $case: 'orderSuspended',
  value: {
    orderId: order.id,
    suspendedAt: order.suspension?.at,
    reason: order.suspension?.reason ?? '',
    // True also after a sweep reopened the order: then only its hold and the rows asked anew have an effect.
    completed: order.completedAt !== null,
  },
});

/** A notice about an order is signed when the change that decides it is published; it names nothing that was signed earlier. */
export const sealed = (signer: Signer, notice: Notice): Body<EnforcementEvent> => {
  const statement = noticeStatement(notice);
  const seal = { statement: canonical(statement), signature: signer.sign(statement) };
  // The spread keeps case and value together, which the compiler does not see.
  return { ...notice, value: { ...notice.value, seal } } as Body<EnforcementEvent>;
};

interface Saying {
  readonly signer: Signer;
  readonly at: Date;
}

const bodyOf = async (tx: SqlTx, order: Order, event: OrderEvent, { signer, at }: Saying): Promise<Body<EnforcementEvent>> => {
  const { id: orderId } = order;
  switch (event.kind) {
    case 'orderIssued':
      return issued(order, isTransfer(order.measures) ? await packageOnWire(tx, orderId) : []);
    case 'rowReleased':
      return released(order, event.row, event.reconfirmed ?? false);
    case 'orderLifted':
      return lifted(order, event.lifting);
    case 'orderCompleted':
      return sealed(signer, completed(order, event.lifting));
    case 'orderReopened':
      return sealed(signer, {
        $case: 'orderReopened',
        value: { orderId, reopenedAt: order.reopenedAt ?? undefined, rows: [...event.rows] },
      });
    case 'orderSuspended':
      return sealed(signer, suspended(order));
    case 'orderResumed':
      return sealed(signer, { $case: 'orderResumed', value: { orderId, resumedAt: at } });
    case 'rowOverdue':
      return { $case: 'rowOverdue', value: { orderId, row: event.row, dueAt: getRow(order.rows, event.row).dueAt ?? undefined } };
  }
};

/** The acts of enforcement itself: by its driver, on reports and by its clock. An act of a person is written with the person's request. */
const OWN_ACTS = {
  orderIssued: 'IssueOrder',
  rowReleased: 'ReleaseRow',
  orderLifted: null,
  orderCompleted: 'CompleteOrder',
  orderReopened: 'ReopenOrder',
  orderSuspended: null,
  orderResumed: null,
  rowOverdue: 'MarkOverdue',
} as const satisfies Record<OrderEvent['kind'], string | null>;

const keepOwn = async (tx: SqlTx, { id, caseId, scope: { institution } }: Order, event: OrderEvent): Promise<void> => {
  const what = OWN_ACTS[event.kind];
  if (what === null || ('again' in event && event.again)) return;
  const evidence = 'row' in event ? [`row:${event.row}`] : [];
  await keepOwnAct(tx, 'enforcement', { what, on: { kind: 'order', id, institution }, orderId: id, caseId, evidence });
};

/**
 * Writes the event into the outbox, keyed by the institution, and enforcement's own act. Runs entirely in `tx`; `at` is the
 * time of the event by the order's own time.
 */
export const publishOrderEvent =
  (now: () => Date, signer: Signer) =>
  async (tx: SqlTx, order: Order, event: OrderEvent, at: Date): Promise<void> => {
    await keepOwn(tx, order, event);
    await publish(tx, TOPICS.enforcement, {
      institution: order.scope.institution,
      orderId: order.id,
      body: await bodyOf(tx, order, event, { signer, at }),
      occurredAt: now(),
    });
  };
