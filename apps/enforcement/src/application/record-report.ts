// A service's answer goes into the ledger, and the rows that waited for it are released in the same transaction. What no
// row asked for is written down beside the ledger, with the reason: parking it would hold up every later report about the
// institution for something that no replay can make right.
import { Refusal } from '@hengji/domain-kit';
import { decideRecord } from '../domain/execution';
import type { Report } from '../domain/ledger';
import type { Orders } from './ports';

/** A report that fits no row. */
export interface Stray {
  readonly eventId: string;
  readonly orderId: string;
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
}

export interface RecordReport {
  readonly eventId: string;
  readonly orderId: string;
  readonly report: Report;
  readonly now: Date;
}

/** All of it in `tx`. A repeated report changes nothing; an unknown one is kept as a stray. */
export const recordReport =
  <Tx>({ orders, strays }: Deps<Tx>) =>
  async (tx: Tx, { eventId, orderId, report, now }: RecordReport): Promise<void> => {
    try {
      await orders.update(tx, orderId, (order) => decideRecord(order, report, now));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      await strays.keep(tx, { eventId, orderId, report, refusal, receivedAt: now });
    }
  };
