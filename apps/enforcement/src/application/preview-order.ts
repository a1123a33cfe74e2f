// Previews an order: only the draft itself is written.
import type { Doing } from '@hengji/procedure';
import type { Actor } from '../domain/competence';
import { checkRevision } from '../domain/drafts/discard';
import { checkPreview, decidePreview } from '../domain/gates';
import type { Order } from '../domain/order';
import { askPreviews } from './ask-previews';
import type { Orders, Participants, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly now: () => Date;
}

/** Requests from every service what the order would touch, and stores the answers with the rows. */
export const previewOrder =
  <Tx>({ orders, transactions, participants, now }: Deps<Tx>) =>
  async (orderId: string, actor: Actor, asked: Doing): Promise<Order> => {
    const order = await orders.get(orderId);
    checkPreview(order, actor);
    const previews = await askPreviews(participants, order);
    await transactions.recorded(asked, async (tx) => {
      await orders.update(tx, orderId, (current) => {
        // The previews are of the version that was read.
        checkRevision(current, order.revision);
        return decidePreview(current, actor, previews, now());
      });
      return orderId;
    });
    return orders.get(orderId);
  };
