// Suspends and resumes an order (停止执行, 恢复执行): records the ruling of a court or the reconsideration body, and publishes
// it to every service.
import type { Actor } from '../../domain/competence';
import { decideResume, decideSuspend } from '../../domain/suspension';
import type { Orders, Request, Transactions } from '../ports';
import type { Supersede } from './supersede-order';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly supersede: Supersede<Tx>;
  readonly now: () => Date;
}

export interface SuspendOrder {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
  /** The ruling, with its number. */
  readonly reason: string;
}

const entering =
  (decide: typeof decideSuspend) =>
  <Tx>({ orders, transactions, supersede, now }: Deps<Tx>) =>
  ({ request, orderId, actor, reason }: SuspendOrder): Promise<string> =>
    transactions.once(request, async (tx) => {
      // A resumed successor may be in place now.
      await supersede(tx, await orders.update(tx, orderId, (order) => decide(order, { actor, reason, now: now() })));
      return orderId;
    });

/** Refuses as `decideSuspend`. */
export const suspendOrder = entering(decideSuspend);

/** Refuses as `decideResume`. */
export const resumeOrder = entering(decideResume);
