// Orders: each handler is one call to enforcement with the person as actor; the rules are there, not here.
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Refusal } from '@hengji/domain-kit';
import type { Response } from 'express';
import type { z } from 'zod';
import { maySeeOrder, reaches, type Person } from '../../../domain/access';
import { LONG_CALL, type Neighbours } from '../../clients/neighbours';
import { sendFile } from '../files/file-answer';
import type { Reached, RouteDeps } from '../route';
import { pageOf, type DECIDE_LEFT, type DRAFT, type LIFT, type PAGE, type PROOF, type SEEN } from '../shapes';

interface Act {
  readonly person: Person;
  readonly requestId: string;
}
type OnOrder = Act & { params: { id: string } };
type OnOrderWhy = OnOrder & { body: { reason: string } };
type Out<S extends Readonly<Record<string, z.ZodType>>> = z.output<z.ZodObject<S>>;

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

export const draftOrder = async ({ neighbours }: RouteDeps, { person, requestId, body }: Act & { body: Out<typeof DRAFT> }) =>
  present(await neighbours.enforcement.draftOrder({ requestId, actor: person, ...body }));

export const previewOrder = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) =>
  present(await neighbours.enforcement.previewOrder({ actor: person, orderId: params.id }, LONG_CALL));

export const signOrder = async ({ neighbours }: RouteDeps, { person, requestId, params }: OnOrder) =>
  present(await neighbours.enforcement.signOrder({ requestId, actor: person, orderId: params.id }, LONG_CALL));

export const liftOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrder & { body: Out<typeof LIFT> }) =>
  present(await neighbours.enforcement.liftOrder({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

/** Counts a closed order anew, now; it may come back open. */
export const sweepOrder = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) =>
  present(await neighbours.enforcement.sweepOrder({ actor: person, orderId: params.id }, LONG_CALL));

/** All rows that stopped: there is no second page. */
export const previewDrift = async ({ neighbours }: RouteDeps, { person, params }: OnOrder) => {
  const { rows } = await neighbours.enforcement.previewDrift({ actor: person, orderId: params.id }, LONG_CALL);
  return { items: rows, next: '' };
};

export const confirmDrift = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof SEEN> },
) => {
  const seen = body.seen.map(({ row, root }) => ({ row, root: Buffer.from(root, 'hex') }));
  return present(await neighbours.enforcement.confirmDrift({ requestId, actor: person, orderId: params.id, seen }, LONG_CALL));
};

export const suspendOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrderWhy) =>
  present(await neighbours.enforcement.suspendOrder({ requestId, actor: person, orderId: params.id, ...body }));

export const resumeOrder = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnOrderWhy) =>
  present(await neighbours.enforcement.resumeOrder({ requestId, actor: person, orderId: params.id, ...body }, LONG_CALL));

export const retryRow = async ({ neighbours }: RouteDeps, { person, requestId, params }: Act & { params: { id: string; row: number } }) =>
  present(await neighbours.enforcement.retryRow({ requestId, actor: person, orderId: params.id, row: params.row }));

export const listLeft = async (
  { neighbours }: RouteDeps,
  { person, params, query }: { person: Person; params: { id: string }; query: Out<typeof PAGE> },
) => neighbours.enforcement.listLeftRecords({ actor: person, orderId: params.id, page: pageOf(query) });

export const decideLeft = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof DECIDE_LEFT> },
) => {
  await neighbours.enforcement.decideLeftRecord({ requestId, actor: person, orderId: params.id, ...body });
  return {};
};

const certificateOf = ({ neighbours }: RouteDeps, person: Person, orderId: string) =>
  neighbours.enforcement.getCompletionCertificate({ actor: person, orderId }, LONG_CALL);

interface Download {
  readonly person: Person;
  readonly params: { id: string };
  readonly reached: Reached;
}

const fileName = ({ reached, params }: Download, what: string): string => `${what} ${reached.order?.documentNo || params.id}`;

/** Whoever reads the file alone must learn that the order has moved on since: it does not stand in what was signed then. */
const sayLater = (response: Response, laterState: string): void => {
  if (laterState !== '') response.setHeader('Hengji-Later-State', laterState);
};

/** The very bytes that are signed: a JSON that is written anew would not verify. */
export const downloadCertificate = async (deps: RouteDeps, asked: Download, response: Response) => {
  const { json, laterState } = await certificateOf(deps, asked.person, asked.params.id);
  sayLater(response, laterState);
  const name = `${fileName(asked, '执行完成证明')}.json`;
  sendFile(response, { name, mediaType: 'application/json; charset=utf-8', bytes: json, inPage: true });
};

export const downloadCertificatePdf = async (deps: RouteDeps, asked: Download, response: Response) => {
  const { pdf, laterState } = await certificateOf(deps, asked.person, asked.params.id);
  sayLater(response, laterState);
  sendFile(response, { name: `${fileName(asked, '执行完成证明')}.pdf`, mediaType: 'application/pdf', bytes: pdf, inPage: true });
};

export const downloadProof = async (deps: RouteDeps, asked: Download & { query: Out<typeof PROOF> }, response: Response) => {
  const { row, record } = asked.query;
  const request = { actor: asked.person, orderId: asked.params.id, row, recordId: record };
  const { json } = await deps.neighbours.enforcement.proveRecord(request, LONG_CALL);
  sendFile(response, { name: `存证 ${record}.json`, mediaType: 'application/json; charset=utf-8', bytes: json, inPage: false });
};
