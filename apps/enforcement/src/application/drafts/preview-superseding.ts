// Says what becomes of a signed order that another order is to replace. Nothing is written.
import { checkMaySee, type Actor } from '../../domain/competence';
import type { Measure } from '../../domain/cascade';
import { concernOf } from '../../domain/order';
import { checkScope, type Scope } from '../../domain/scope';
import { checkSupersedes, supersededParts, type SupersededPart } from '../../domain/superseding';
import type { Orders } from '../ports';

export interface PreviewSuperseding {
  readonly actor: Actor;
  readonly orderId: string;
  readonly scope: Scope;
  readonly measures: readonly Measure[];
}

/** Refuses `order.unknown`, `order.out_of_territory`, `order.scope_invalid`, `order.supersedes_invalid`. */
export const previewSuperseding =
  <Tx>({ orders }: { readonly orders: Pick<Orders<Tx>, 'get'> }) =>
  async ({ actor, orderId, scope, measures }: PreviewSuperseding): Promise<SupersededPart[]> => {
    const old = await orders.get(orderId);
    checkMaySee(actor, { ...concernOf(old), issued: false });
    checkScope(scope);
    checkSupersedes(scope.institution, old);
    return supersededParts(old, scope, measures);
  };
