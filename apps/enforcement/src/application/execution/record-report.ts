// Records a service's report in the ledger and releases the waiting rows in the same transaction. A report that fits no row, or
// without a valid signature, is stored beside the ledger with the reason. Parking such a report would delay all later reports
// about the institution, and no replay could make the report valid.
import { Refusal } from '@hengji/domain-kit';
import { decideDisputed, decideRecord } from '../../domain/execution';
import type { Report } from '../../domain/ledger';
import type { Order } from '../../domain/order';
import type { Orders } from '../ports';
import type { Receipts } from '../proof/ports';
import type { Supersede } from '../reversal/supersede-order';

/** A report that fits no row. */
export interface Stray {
  readonly eventId: string;
  readonly orderId: string;
  /** Undefined when there is no such order. */
  readonly order: Order | undefined;
  readonly report: Report;
  readonly refusal: Refusal;
  readonly receivedAt: Date;
}

export interface Strays<Tx> {
  keep(tx: Tx, stray: Stray): Promise<void>;
}

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly strays: Strays<Tx>;
  readonly receipts: Receipts<Tx>;
  readonly supersede: Supersede<Tx>;
}

export interface RecordReport {
  readonly eventId: string;
  readonly orderId: string;
  readonly report: Report;
  readonly now: Date;
}

/**
 * Runs entirely in `tx`. A repeated report changes nothing. A report that fits no row, or a receipt without a valid signature,
 * is stored as a stray. The row of such a receipt shows the dispute.
 */
export const recordReport =
  <Tx>({ orders, strays, receipts, supersede }: Deps<Tx>) =>
  async (tx: Tx, { eventId, orderId, report, now }: RecordReport): Promise<void> => {
    let seen: Order | undefined;
    try {
      const next = await orders.update(tx, orderId, (order) => {
        seen = order;
        receipts.check(order, report, now);
        return decideRecord(order, report, now);
      });
      if (report.kind === 'reported' && next !== seen) await receipts.keep(tx, { eventId, order: next, report, receivedAt: now });
      if (next !== seen) await supersede(tx, next);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      await strays.keep(tx, { eventId, orderId, order: seen, report, refusal, receivedAt: now });
      if (seen) await orders.update(tx, orderId, (order) => decideDisputed(order, report, refusal, now));
    }
  };
