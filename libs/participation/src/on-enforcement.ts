// What this service consumes from enforcement: orders with their rows, released rows, liftings, completions. Each message may arrive twice,
// late, and after a fence that was taken by gRPC or at the start. A duplicate changes nothing, because of the shape of the data and not
// only because of the inbox.
import { TOPICS } from '@hengji/contracts';
import {
  type EnforcementEvent,
  OrderIssued,
  type OrderCompleted,
  type OrderLifted,
  type OrderReopened,
  type RowReleased,
} from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Measure, RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { type MessageContext, type SqlTx, subscribe, type Subscription, type TopicSubscription } from '@hengji/messaging';
import { endLiftedHold, placeHold, releaseHold } from './holds';
import { checkNotice, checkSealed, claimedByLifting, claimedByOrder, claimedByRow } from './order-seal';
import { addRow, isTakenBack, lockRow, noteReopening, rebindRow, startRow } from './order-rows';
import { endStray, resume, suspend } from './suspensions';
import { effectOf, refuseRow, repeatReport, type RowWork } from './row-task';

/** The events about public notices of decisions (公示): one service keeps them, the others ignore them. */
export type NoticeHandlers<Tx extends SqlTx> = Pick<
  Subscription<EnforcementEvent, MessageContext<Tx>>,
  'decisionPublished' | 'decisionListed' | 'decisionWithdrawn'
>;
const NO_NOTICES = { decisionPublished: 'ignored', decisionListed: 'ignored', decisionWithdrawn: 'ignored' } as const;

/** The subscription to topic enforcement.v1 by which the service takes part in orders. */
export const onEnforcement = <Tx extends SqlTx>(work: RowWork<Tx>, notices: NoticeHandlers<Tx> = NO_NOTICES): TopicSubscription<Tx> =>
  subscribe(TOPICS.enforcement, {
    orderIssued: (event, { tx, now }) => takeOrder(tx, work, event, now),
    rowReleased: (event, { tx, now }) => releaseRow(tx, work, event, now),
    orderReopened: (event, { tx, now }) => reopenRows(tx, work, event, now),
    orderLifted: (event, { tx, now }) => takeLifting(tx, work, event, now),
    orderCompleted: (event, { tx, now }) => endHold(tx, work, event, now),
    // Enforcement follows up overdue rows itself; here the row is already running, or refused and shown as refused.
    rowOverdue: 'ignored',
    orderSuspended: (event, { tx, now }) =>
      suspend(tx, event, { decidedAt: checkNotice(work.seals, { $case: 'orderSuspended', value: event }), now }),
    orderResumed: (event, { tx, now }) =>
      resume(tx, event, { decidedAt: checkNotice(work.seals, { $case: 'orderResumed', value: event }), now }),
    caseAdvanced: 'ignored',
    deadlineNearing: 'ignored',
    deadlinePassed: 'ignored',
    ...notices,
  });

const TRANSFERS: readonly Measure[] = ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'];

const takeOrder = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, order: OrderIssued, now: Date): Promise<void> => {
  const { orderId, epoch, scope } = order;
  checkSealed(work.seals, claimedByOrder(order, ownRows(work, order)));
  if (!scope) throw new Error(`order ${orderId} was issued without a scope`);
  // A transfer changes nothing here and waits for another authority's receipt: the institution is not held in the meantime.
  const changes = order.measures.length === 0 || order.measures.some((measure) => !TRANSFERS.includes(measure));
  if (changes) await placeHold(tx, { orderId, epoch, scope, standing: order.measures.includes('STOP_EVALUATION') }, () => now);
  await askRows(tx, work, order, now);
};

const isHolding = ({ measure }: RowAsk): boolean => measure === 'STOP_EVALUATION';

/** A lifting in the shape of the order that it lifts, so that its rows run like any others; its measures are those of its rows. */
const liftingOf = (lifting: OrderLifted): OrderIssued =>
  OrderIssued.fromPartial({
    ...lifting,
    measures: [...new Set(lifting.rows.map(({ measure }) => measure))].filter((measure) => measure !== 'UNSPECIFIED'),
    signedAt: lifting.liftedAt,
  });

const takeLifting = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, lifting: OrderLifted, now: Date): Promise<void> => {
  // Rows of M1 may belong to other services too, and determine what happens to the hold here.
  const holding = lifting.rows.filter(isHolding);
  checkSealed(work.seals, claimedByLifting(lifting, [...ownRows(work, lifting), ...holding]));
  await askRows(tx, work, liftingOf(lifting), now);
};

const ownRows = <Tx extends SqlTx>({ service }: RowWork<Tx>, { rows }: { readonly rows: readonly RowAsk[] }): RowAsk[] =>
  rows.filter(({ effect }) => effect?.$case === service);

const askRows = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, order: OrderIssued, now: Date): Promise<void> => {
  for (const ask of ownRows(work, order)) await askRow(tx, work, { order, ask, effect: ask.effect?.value ?? '' }, now);
};

const askRow = async <Tx extends SqlTx>(
  tx: Tx,
  work: RowWork<Tx>,
  asked: { order: OrderIssued; ask: RowAsk; effect: string },
  now: Date,
): Promise<void> => {
  const { order, ask, effect } = asked;
  const added = await addRow(tx, order, ask, { effect, now });
  if (!added) return;
  const key = { orderId: order.orderId, row: ask.row };
  try {
    effectOf(work.effects, effect);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const row = await lockRow(tx, key);
    // The table is newer than this service version: the row is refused at once, and asked again after the service is upgraded.
    if (row) await refuseRow(tx, work.service, row, { refusal, now });
    return;
  }
  if (ask.afterRow === 0) await startRow(tx, key);
};

/** Starts a row that waited, or that was refused and is asked again. Rows of other services are not stored here. */
const releaseRow = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, event: RowReleased, now: Date): Promise<void> => {
  const { orderId, row, ...confirmed } = event;
  const asked = await lockRow(tx, { orderId, row });
  // Done here and asked again: enforcement has not received the receipt, or doubts it.
  if (asked?.state === 'DONE') await repeatReport(tx, work, asked, now);
  if (asked?.state !== 'WAITING' && asked?.state !== 'REFUSED') return;
  // A row that a lifting has taken back must not run after the lifting.
  if (await isTakenBack(tx, { orderId, row })) return;
  if (confirmed.reconfirmed) {
    const { signedCount, signedRoot, seal } = confirmed;
    checkSealed(work.seals, claimedByRow(orderId, { ...asked.ask, signedCount, signedRoot }, seal));
    await rebindRow(tx, { orderId, row }, asked.ask, confirmed);
  }
  await startRow(tx, { orderId, row });
};

/**
 * A sweep found records that are not as the order demands: the order's rows run once more, each row once per reopening. Rows of other
 * services are not stored here. Enforcement reopens no order that a court suspends, so a suspension that is stored here in spite of the
 * reopening is invalid.
 */
const reopenRows = async <Tx extends SqlTx>(tx: Tx, work: RowWork<Tx>, event: OrderReopened, now: Date): Promise<void> => {
  const { orderId, reopenedAt } = event;
  const decidedAt = checkNotice(work.seals, { $case: 'orderReopened', value: event });
  if (decidedAt) await endStray(tx, orderId, { decidedAt, now });
  for (const row of event.rows) {
    const asked = await lockRow(tx, { orderId, row });
    // Already running, or waiting for another party.
    if (asked?.state !== 'DONE') continue;
    // This reopening was consumed before and the row has run since: enforcement has not received the receipt. A second receipt with other
    // content would be doubted.
    if (await noteReopening(tx, { orderId, row }, reopenedAt ?? now)) await startRow(tx, { orderId, row });
    else await repeatReport(tx, work, asked, now);
  }
};

/** A completed lifting ends the hold as far as it lifted it, also where no row of the order was a hold (exchange). */
const endHold = async <Tx extends SqlTx>(tx: Tx, { seals }: RowWork<Tx>, event: OrderCompleted, now: Date): Promise<void> => {
  checkNotice(seals, { $case: 'orderCompleted', value: event });
  if (event.partial) await endLiftedHold(tx, event.orderId, now);
  else await releaseHold(tx, event.orderId, now, event.lifted ? 'any' : 'passing');
};
