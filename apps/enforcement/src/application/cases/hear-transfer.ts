// Records the receiving body's answer to a transfer order, as reported by exchange, in the case. The answer also starts and
// meets limits of 310号令. An answer to an unknown order is refused.
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

/** Refuses `order.unknown`. If an order went to both bodies, only the answer of 公安 moves the track. */
export const hearTransfer =
  <Tx>({ orders, hearAnswer }: Deps<Tx>) =>
  async (tx: Tx, { orderId, agency, ...heard }: TransferHeard): Promise<void> => {
    const { caseId, measures } = await orders.get(orderId);
    if (isAnswerOf(agency, measures)) await hearAnswer(tx, { caseId, ...heard });
  };
