// Confirms a drift: an officer sees a new preview of the stopped rows. Exactly the previewed records are then signed and
// released.
import { checkCompetence, type Actor } from '../../domain/competence';
import type { Preview } from '../../domain/ledger';
import { checkConfirmDrift, checkDrifted, checkSeen, decideConfirmDrift, driftedRows, type Seen } from '../../domain/residual/drift';
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
  readonly shown: Seen;
}

export interface DriftShown {
  readonly row: number;
  readonly signed: Preview | null;
  readonly live: Preview | undefined;
}

/** The stopped rows, as signed and as they are now; writes nothing. Refuses as `checkDrifted`, `order.preview_unavailable`. */
export const previewDrift =
  <Tx>({ orders, participants }: Pick<Deps<Tx>, 'orders' | 'participants'>) =>
  async (orderId: string, actor: Actor): Promise<DriftShown[]> => {
    const order = await orders.get(orderId);
    checkCompetence(actor, order.authority);
    checkDrifted(order);
    const rows = driftedRows(order);
    const fresh = await askPreviews(participants, { ...order, rows });
    return rows.map(({ number, preview }) => ({ row: number, signed: preview, live: fresh.get(number) }));
  };

/** Releases the rows; returns the order's id. Refuses as `decideConfirmDrift`, `order.preview_unavailable` and `order.preview_changed`. */
export const confirmDrift =
  <Tx>({ orders, transactions, participants, now }: Deps<Tx>) =>
  async ({ request, actor, orderId, shown }: ConfirmDrift): Promise<string> => {
    const seen = await orders.get(orderId);
    const drifted = driftedRows(seen);
    // A repeated request finds no drifted row, uses the stored answer, and calls no service.
    if (drifted.length > 0) checkConfirmDrift(seen, actor);
    const fresh = drifted.length > 0 ? await askPreviews(participants, { ...seen, rows: drifted }) : new Map();
    return transactions.once(request, async (tx) => {
      await orders.update(tx, orderId, (order) => {
        checkSeen(order, shown, fresh);
        return decideConfirmDrift(order, actor, fresh, now());
      });
      return orderId;
    });
  };
