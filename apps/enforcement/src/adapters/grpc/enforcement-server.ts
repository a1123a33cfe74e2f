// proto ↔ use case, and nothing else. A signature, a lifting and a retry answer with the order as it is after the driver had
// its first go, so that the officer usually sees the fences in the very answer; if that takes longer, the order goes on
// without the answer waiting for it.
import {
  ConfirmDriftRequest,
  DraftOrderRequest,
  RetryRowRequest,
  SignOrderRequest,
  type EnforcementServiceImplementation,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { CallerContext } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import type { Driver, Orders } from '../../application/ports';
import type { watchOrder } from '../../application/watch-order';
import type { UseCases } from '../../application/use-cases';
import { MEASURES, SERVICES } from '../../domain/cascade';
import { checkMaySee, visibleTo } from '../../domain/competence';
import { concernOf, VIOLATIONS, type Order } from '../../domain/order';
import { orderMessage, previewMessage, scopeMessage } from '../messages';
import type { Tx } from '../store/database';
import { liftingServer } from './lifting-server';
import { proofServer } from './proof-server';
import { actorOf, caseIdOf, known, knownAll, orderIdOf, requestFrom, scopeOf } from './requests';

interface Deps extends Pick<
  UseCases<Tx>,
  | 'draft'
  | 'preview'
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
> {
  readonly watch: ReturnType<typeof watchOrder<Tx>>;
  readonly orders: Pick<Orders<Tx>, 'get' | 'list'>;
  readonly driver: Driver;
  /** How long an answer waits for the driver's first go. */
  readonly answerPatienceMs: number;
}

type Server = EnforcementServiceImplementation<CallerContext>;

const answerOf = (order: Order) => ({ order: orderMessage(order) });

const withinPatience = async (work: Promise<void>, patienceMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
};

const writes = ({ draft, preview, sign, retry, confirmDrift, sweepNow, orders, driver, answerPatienceMs }: Deps) => {
  const get = async (orderId: string) => answerOf(await orders.get(orderId));
  return {
    draftOrder: async (request) =>
      get(
        await draft({
          request: requestFrom('DraftOrder', DraftOrderRequest, request),
          actor: actorOf(request.actor),
          scope: scopeOf(request.scope),
          measures: knownAll(MEASURES, request.measures, 'measures'),
          grounds: knownAll(VIOLATIONS, request.grounds, 'grounds'),
          reason: request.reason,
          rectifyBy: request.rectifyBy,
          caseId: caseIdOf(request),
          interim: request.interim,
          urgency: request.urgency,
          endCondition: request.endCondition,
          supersedes: request.supersedes,
        }),
      ),
    previewOrder: async (request) => answerOf(await preview(orderIdOf(request), actorOf(request.actor))),
    signOrder: async (request) => {
      const signing = {
        request: requestFrom('SignOrder', SignOrderRequest, request),
        actor: actorOf(request.actor),
        byName: request.actor?.name ?? '',
      };
      const orderId = await sign({ ...signing, orderId: orderIdOf(request) });
      await withinPatience(driver.drive(orderId), answerPatienceMs);
      return get(orderId);
    },
    confirmDrift: async (request) => {
      const confirmed = { request: requestFrom('ConfirmDrift', ConfirmDriftRequest, request), actor: actorOf(request.actor) };
      const shown = new Map(request.seen.map(({ row, root }) => [row, root]));
      return get(await confirmDrift({ ...confirmed, orderId: orderIdOf(request), shown }));
    },
    sweepOrder: async (request) => answerOf(await sweepNow(orderIdOf(request), actorOf(request.actor))),
    retryRow: async (request) => {
      const again = { request: requestFrom('RetryRow', RetryRowRequest, request), actor: actorOf(request.actor) };
      return get(await retry({ ...again, orderId: orderIdOf(request), row: request.row }));
    },
  } satisfies Partial<Server>;
};

const reads = ({ orders, watch, fences, previewDrift }: Deps) =>
  ({
    previewDrift: async (request) => {
      const rows = await previewDrift(orderIdOf(request), actorOf(request.actor));
      return { rows: rows.map(({ row, signed, live }) => ({ row, signed: previewMessage(signed), live: previewMessage(live) })) };
    },
    getOrder: async (request) => {
      const actor = actorOf(request.actor);
      const order = await orders.get(orderIdOf(request));
      checkMaySee(actor, concernOf(order));
      return answerOf(order);
    },
    listOrders: async (request) => {
      const visible = visibleTo(actorOf(request.actor));
      if (!visible) return { orders: [], next: '', total: undefined, institutions: [] };
      const query = request.query ?? earlierQuery(request.page, { institution: request.institution });
      const { orders: found, ...page } = await orders.list({ visible, query });
      return { orders: found.map(orderMessage), ...page };
    },
    watchOrder: async function* (request, { signal }) {
      for await (const order of watch(orderIdOf(request), actorOf(request.actor), signal)) yield answerOf(order);
    },
    listFences: async (request) => {
      const standing = await fences(known(SERVICES, request.service, 'service'));
      return { fences: standing.map((fence) => ({ ...fence, scope: scopeMessage(fence.scope) })) };
    },
  }) satisfies Partial<Server>;

export const enforcementServer = (deps: Deps): Server => ({
  ...writes(deps),
  ...liftingServer({ ...deps, get: async (orderId) => answerOf(await deps.orders.get(orderId)) }),
  ...proofServer(deps),
  ...reads(deps),
});
