// A service that starts asks which fences stand, and takes them before it accepts anything: so an order that was signed
// while it was down holds there too.
import { isStanding, type Service } from '../domain/cascade';
import { isFenceWanted } from '../domain/execution';
import type { Scope } from '../domain/scope';
import type { Orders } from './ports';

export interface StandingFence {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  /** True if the hold outlives the execution (M1). */
  readonly standing: boolean;
}

/** The fences that stand for this service, in epoch order per institution. */
export const listFences =
  <Tx>({ orders }: { readonly orders: Pick<Orders<Tx>, 'listFenced'> }) =>
  async (service: Service): Promise<StandingFence[]> =>
    (await orders.listFenced()).flatMap((order) =>
      order.signature && isFenceWanted(order, service)
        ? [{ orderId: order.id, epoch: order.signature.epoch, scope: order.scope, standing: isStanding(order.measures) }]
        : [],
    );
