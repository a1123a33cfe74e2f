// Confirm drift: the rows that stopped are previewed anew, and what the services count now is what is signed and released.
import type { Actor } from '../../domain/competence';
import { checkConfirmDrift, decideConfirmDrift, driftedRows } from '../../domain/residual/drift';
import { askPreviews } from '../ask-previews';
import type { Orders, Participants, Request, Transactions } from '../ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly now: () => Date;
}

export interface ConfirmDrift {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
}

/** Releases the rows; returns the order's id. Refuses as `decideConfirmDrift`, and `order.preview_unavailable`. */
export const confirmDrift =
  <Tx>({ orders, transactions, participants, now }: Deps<Tx>) =>
  async ({ request, actor, orderId }: ConfirmDrift): Promise<string> => {
    const seen = await orders.get(orderId);
    const drifted = driftedRows(seen);
    // A repeated request finds no such row any more: it has its answer already, and asks nobody again.
    if (drifted.length > 0) checkConfirmDrift(seen, actor);
    const fresh = drifted.length > 0 ? await askPreviews(participants, { ...seen, rows: drifted }) : new Map();
    return transactions.once(request, async (tx) => {
      await orders.update(tx, orderId, (order) => decideConfirmDrift(order, actor, fresh, now()));
      return orderId;
    });
  };
