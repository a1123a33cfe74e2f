// Orders: each handler is one call to enforcement with the person as actor; the rules are there, not here.
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Refusal } from '@hengji/domain-kit';
import type { z } from 'zod';
import { maySeeOrder, reaches, type Person } from '../../../domain/access';
import { LONG_CALL, type Neighbours } from '../../clients/neighbours';
import type { Reached, RouteDeps } from '../route';
import { pageOf, type DRAFT } from '../shapes';

interface Act {
  readonly person: Person;
  readonly requestId: string;
}
type OnOrder = Act & { params: { id: string } };
type Draft = z.output<z.ZodObject<typeof DRAFT>>;

const unknownOrder = (): Refusal => new Refusal('notFound', 'order.unknown', '没有这个处理决定', { field: 'id' });

const present = ({ order }: { order?: Order | undefined }): Order => {
  if (!order) throw unknownOrder();
  return order;
};

/** The order; refuses `order.unknown`, also for those who may not know of it yet. */
export const orderById = async ({ enforcement }: Neighbours, person: Person, orderId: string): Promise<Order> => {
  const order = present(await enforcement.getOrder({ actor: person, orderId }));
  if (!maySeeOrder(person, order.state)) throw unknownOrder();
  return order;
};

const isVisible = (person: Person, order: Order): boolean =>
  maySeeOrder(person, order.state) && reaches(person, { institution: order.scope?.institution ?? '', authority: order.authority });

/** Enforcement lists what the actor's authority has; what it should not have listed does not leave here either. */
export const listOrders = async (
  { neighbours }: RouteDeps,
  {
    person,
    query,
  }: { person: Person; query: { institution?: string | undefined; after?: string | undefined; limit?: number | undefined } },
) => {
  const institution = person.role === 'INSTITUTION' ? person.institution : (query.institution ?? '');
  const answer = await neighbours.enforcement.listOrders({ actor: person, institution, page: pageOf(query) });
  return { items: answer.orders.filter((order) => isVisible(person, order)), next: answer.next };
};

export const getOrder = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.order;

export const draftOrder = async ({ neighbours }: RouteDeps, { person, requestId, body }: Act & { body: Draft }) =>
  present(await neighbours.enforcement.draftOrder({ requestId, actor: person, ...body }));

export const previewOrder = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) =>
  present(await neighbours.enforcement.previewOrder({ actor: person, orderId: params.id }, LONG_CALL));

export const signOrder = async ({ neighbours }: RouteDeps, { person, requestId, params }: OnOrder) =>
  present(await neighbours.enforcement.signOrder({ requestId, actor: person, orderId: params.id }, LONG_CALL));

export const liftOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrder & { body: { reason: string } }) =>
  present(await neighbours.enforcement.liftOrder({ requestId, actor: person, orderId: params.id, reason: body.reason }, LONG_CALL));

export const retryRow = async ({ neighbours }: RouteDeps, { person, requestId, params }: Act & { params: { id: string; row: number } }) =>
  present(await neighbours.enforcement.retryRow({ requestId, actor: person, orderId: params.id, row: params.row }));
