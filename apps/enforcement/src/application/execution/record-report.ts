// A service's answer goes into the ledger, and the rows that waited for it are released in the same transaction. What no
// row asked for, or no service signed, is written down beside the ledger, with the reason: parking it would hold up every later report about the
// institution for something that no replay can make right.
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
 * All of it in `tx`. A repeated report changes nothing; one that fits no row, or a receipt that its service has not signed, is
 * kept as a stray, and the row that it claims to answer shows the doubt.
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
