// proto ↔ use case only. The answer to a signature, a lifting or a retry shows the order after the first run of the driver. The
// officer therefore usually sees the fences. If the run takes longer, the answer does not wait for it, and the order continues.
import {
  ConfirmDriftRequest,
  RetryRowRequest,
  SignOrderRequest,
  type EnforcementServiceImplementation,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { CallerContext } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import type { Names } from '@hengji/procedure';
import type { Driver, Orders } from '../../application/ports';
import type { watchOrder } from '../../application/watch-order';
import type { UseCases } from '../../application/use-cases';
import { SERVICES } from '../../domain/cascade';
import { checkMaySee, visibleTo, type Actor } from '../../domain/competence';
import { concernOf, type Order } from '../../domain/order';
import { orderMessage, peopleOf, previewMessage, scopeMessage } from '../messages';
import type { Tx } from '../store/database';
import { draftServer } from './drafts/draft-server';
import { liftingServer } from './lifting-server';
import { proofServer } from './proof-server';
import { doing, doingOnce } from './acts';
import { actorOf, idsOf, known, orderIdOf } from './requests';

interface Deps extends Pick<
  UseCases<Tx>,
  | 'draft'
  | 'preview'
  | 'edit'
  | 'discard'
  | 'listVersions'
  | 'checkNumbers'
  | 'previewSuperseding'
  | 'sign'
  | 'lift'
  | 'suspend'
  | 'resume'
  | 'listLeft'
  | 'decideLeft'
  | 'retry'
  | 'previewDrift'
  | 'confirmDrift'
  | 'sweepNow'
  | 'fences'
  | 'prove'
  | 'certificate'
  | 'view'
  | 'viewListed'
> {
  readonly watch: ReturnType<typeof watchOrder<Tx>>;
  readonly orders: Pick<Orders<Tx>, 'get' | 'list' | 'numbersOf'>;
  /** The names of people, from their acts on the order. */
  readonly names: (orderId: string, ids: readonly string[]) => Promise<Names>;
  readonly driver: Driver;
  /** How long an answer waits for the first run of the driver. */
  readonly answerPatienceMs: number;
}

type Server = EnforcementServiceImplementation<CallerContext>;

/** The order as its reader may read it. */
const reading =
  ({ view, names }: Pick<Deps, 'view' | 'names'>) =>
  async (order: Order, actor: Actor) => ({
    order: orderMessage(order, await view(order, actor), await names(order.id, peopleOf(order))),
  });

/** The same for an order given by its id, for the person of the request. */
const answering = (deps: Pick<Deps, 'view' | 'orders' | 'names'>) => {
  const read = reading(deps);
  return async (found: Order | string, asking: Parameters<typeof actorOf>[0]) =>
    read(typeof found === 'string' ? await deps.orders.get(found) : found, actorOf(asking));
};

const withinPatience = async (work: Promise<void>, patienceMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
};

const writes = (deps: Deps) => {
  const { preview, sign, retry, confirmDrift, sweepNow, driver, answerPatienceMs } = deps;
  const answer = answering(deps);
  return {
    previewOrder: async (request, call) =>
      answer(await preview(orderIdOf(request), actorOf(request.actor), doing('previewOrder', request, call)), request.actor),
    signOrder: async (request, call) => {
      const signing = {
        request: doingOnce('signOrder', SignOrderRequest, request, call),
        actor: actorOf(request.actor),
        byName: request.actor?.name ?? '',
      };
      const orderId = await sign({ ...signing, orderId: orderIdOf(request), revision: request.revision });
      await withinPatience(driver.drive(orderId), answerPatienceMs);
      return answer(orderId, request.actor);
    },
    confirmDrift: async (request, call) => {
      const confirmed = { request: doingOnce('confirmDrift', ConfirmDriftRequest, request, call), actor: actorOf(request.actor) };
      const shown = new Map(request.seen.map(({ row, root }) => [row, root]));
      return answer(await confirmDrift({ ...confirmed, orderId: orderIdOf(request), shown }), request.actor);
    },
    sweepOrder: async (request, call) =>
      answer(await sweepNow(orderIdOf(request), actorOf(request.actor), doing('sweepOrder', request, call)), request.actor),
    retryRow: async (request, call) => {
      const again = { request: doingOnce('retryRow', RetryRowRequest, request, call), actor: actorOf(request.actor) };
      return answer(await retry({ ...again, orderId: orderIdOf(request), row: request.row }), request.actor);
    },
  } satisfies Partial<Server>;
};

const reads = ({ orders, watch, fences, previewDrift, viewListed, ...deps }: Deps) => {
  const read = reading(deps);
  return {
    previewDrift: async (request) => {
      const rows = await previewDrift(orderIdOf(request), actorOf(request.actor));
      return { rows: rows.map(({ row, signed, live }) => ({ row, signed: previewMessage(signed), live: previewMessage(live) })) };
    },
    getOrder: async (request) => {
      const actor = actorOf(request.actor);
      const order = await orders.get(orderIdOf(request));
      checkMaySee(actor, concernOf(order));
      return read(order, actor);
    },
    listOrders: async (request) => {
      const actor = actorOf(request.actor);
      const visible = visibleTo(actor);
      if (!visible) return { orders: [], next: '', total: undefined, institutions: [] };
      const query = request.query ?? earlierQuery(request.page, { institution: request.institution });
      const { orders: found, ...page } = await orders.list({ visible, query });
      return { orders: found.map((order) => orderMessage(order, viewListed(order, actor))), ...page };
    },
    listOrderNumbers: async ({ actor, orderIds }) => {
      actorOf(actor);
      const numbers = await orders.numbersOf(idsOf(orderIds));
      return { orders: [...numbers].map(([orderId, documentNo]) => ({ orderId, documentNo })) };
    },
    watchOrder: async function* (request, { signal }) {
      const actor = actorOf(request.actor);
      for await (const order of watch(orderIdOf(request), actor, signal)) yield await read(order, actor);
    },
    listFences: async (request) => {
      const standing = await fences(known(SERVICES, request.service, 'service'));
      return { fences: standing.map((fence) => ({ ...fence, scope: scopeMessage(fence.scope) })) };
    },
  } satisfies Partial<Server>;
};

export const enforcementServer = (deps: Deps): Server => ({
  ...writes(deps),
  ...draftServer({ ...deps, answer: answering(deps) }),
  ...liftingServer({ ...deps, answer: answering(deps) }),
  ...proofServer(deps),
  ...reads(deps),
});
