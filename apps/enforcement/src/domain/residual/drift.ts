// Drift (目标变化): a row stopped before its first change, because its exact records are no longer the signed records. The row
// does not continue by itself: an officer other than the drafter reads the current counts and confirms them. The confirmation
// makes a new seal over the order (adapters/seals.ts), and the row may then touch exactly the confirmed records.
import { Refusal } from '@hengji/domain-kit';
import { checkCompetence, type Actor } from '../competence';
import { draftersOf } from '../drafts/draft';
import { isDrifted, retry, sameBytes, type Previews, type Row } from '../ledger';
import { move, rowsInForce, type Decision, type Order } from '../order';
import { SERVICES_ZH } from '../service-words';

/** The rows in force that stopped because of a drift. */
export const driftedRows = (order: Order): Row[] => rowsInForce(order).filter(isDrifted);

/** The roots shown to the officer, by row number; empty in requests from clients that do not send roots yet. */
export type Seen = ReadonlyMap<number, Uint8Array>;

/** Refuses `row.not_drifted`, and as `move`. */
export const checkDrifted = (order: Order): void => {
  move(order, 'confirmDrift');
  if (driftedRows(order).length === 0) {
    throw new Refusal('illegalMove', 'row.not_drifted', '没有因范围变化而停下的台账行', { field: 'rows', rule: 'rules §7.9' });
  }
};

/** Refuses `order.preview_changed`: an officer confirms only records that were shown. */
export const checkSeen = (order: Order, seen: Seen, fresh: Previews): void => {
  if (seen.size === 0) return;
  for (const { number } of driftedRows(order)) {
    const shown = seen.get(number);
    const live = fresh.get(number);
    if (shown && live && sameBytes(shown, live.root)) continue;
    const message = `第${number}行在您查看之后又有变化，请重新查看再确认`;
    throw new Refusal('conflict', 'order.preview_changed', message, { field: `rows[${number - 1}]`, rule: 'rules §7.9' });
  }
};

/** Refuses an officer of another territory, the drafter (`order.same_person`), and `row.not_drifted`. */
export const checkConfirmDrift = (order: Order, actor: Actor): void => {
  checkCompetence(actor, order.authority);
  move(order, 'confirmDrift');
  if (draftersOf(order).includes(actor.officerId)) {
    throw new Refusal('forbidden', 'order.same_person', '起草人不能确认自己起草的处理决定的变化', {
      field: 'actor.officer_id',
      rule: 'rules §7.9',
    });
  }
  checkDrifted(order);
};

/** Binds the rows to the counts in `fresh` and releases the rows. Refuses as `checkConfirmDrift`, and `order.preview_incomplete`. */
export const decideConfirmDrift = (order: Order, actor: Actor, fresh: Previews, now: Date): Decision => {
  checkConfirmDrift(order, actor);
  const confirmed = driftedRows(order).map((row): Row => {
    const preview = fresh.get(row.number);
    if (preview) return { ...retry(row, now), preview, signedCount: preview.count };
    const message = `第${row.number}行（${SERVICES_ZH[row.target.service]}）的变化尚未重新预览`;
    throw new Refusal('unavailable', 'order.preview_incomplete', message, { field: `rows[${row.number - 1}]` });
  });
  const rows = order.rows.map((row) => confirmed.find(({ number }) => number === row.number) ?? row);
  return {
    next: { ...order, state: move(order, 'confirmDrift'), rows },
    events: confirmed.map(({ number }) => ({ kind: 'rowReleased', row: number, reconfirmed: true })),
  };
};
