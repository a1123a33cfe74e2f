// The fences in force for a starting service. The service places these fences before it accepts requests, so an order that was
// signed while the service was down holds there too.
import { isStanding, type Service } from '../domain/cascade';
import { isFenceWanted } from '../domain/execution';
import type { Scope } from '../domain/scope';
import type { Orders } from './ports';

export interface StandingFence {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  /** True if the hold continues after the execution (M1). */
  readonly standing: boolean;
}

/** The fences in force for this service, in epoch order per institution. */
export const listFences =
  <Tx>({ orders }: { readonly orders: Pick<Orders<Tx>, 'listFenced'> }) =>
  async (service: Service): Promise<StandingFence[]> =>
    (await orders.listFenced()).flatMap((order) =>
      order.signature && isFenceWanted(order, service)
        ? [{ orderId: order.id, epoch: order.signature.epoch, scope: order.scope, standing: isStanding(order.measures) }]
        : [],
    );
