// What the receiving body answers to a transfer order, as exchange tells it: taken down in the case, and the limits of
// 310号令 that it starts and meets with it. An answer to an order that is not known is refused.
import type { Order } from '../../domain/order';
import { isAnswerOf } from '../../domain/cases/tracks/transfer-track';
import type { Heard } from './hear';

interface Deps<Tx> {
  readonly orders: { get(orderId: string): Promise<Pick<Order, 'caseId' | 'measures'>> };
  readonly hearAnswer: (tx: Tx, heard: Heard) => Promise<void>;
}

export interface TransferHeard {
  readonly orderId: string;
  readonly agency: 'POLICE' | 'DISCIPLINE';
  readonly step: Heard['step'];
  readonly text: string;
  readonly now: Date;
}

/** Refuses `order.unknown`. Where an order went to both, what 公安 answers moves the track. */
export const hearTransfer =
  <Tx>({ orders, hearAnswer }: Deps<Tx>) =>
  async (tx: Tx, { orderId, agency, ...heard }: TransferHeard): Promise<void> => {
    const { caseId, measures } = await orders.get(orderId);
    if (isAnswerOf(agency, measures)) await hearAnswer(tx, { caseId, ...heard });
  };
