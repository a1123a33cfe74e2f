// The part of EnforcementService for reversal: lift, suspend, resume, and the records that a lifting left. proto ↔ use case
// only.
import {
  DecideLeftRecordRequest,
  LiftOrderRequest,
  ResumeOrderRequest,
  SuspendOrderRequest,
  type EnforcementServiceImplementation,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import { pageOf, type CallerContext } from '@hengji/host';
import type { Names } from '@hengji/procedure';
import type { UseCases } from '../../application/use-cases';
import { MEASURES } from '../../domain/cascade';
import { LIFT_GROUNDS } from '../../domain/order';
import type { Tx } from '../store/database';
import { doingOnce } from './acts';
import { actorOf, known, knownAll, orderIdOf, type OrderAnswer } from './requests';

interface Deps extends Pick<UseCases<Tx>, 'lift' | 'suspend' | 'resume' | 'listLeft' | 'decideLeft'> {
  readonly names: (orderId: string, ids: readonly string[]) => Promise<Names>;
  /** The order as the caller may read it. */
  readonly answer: (orderId: string, asking: LiftOrderRequest['actor']) => Promise<OrderAnswer>;
}

type Served = 'liftOrder' | 'suspendOrder' | 'resumeOrder' | 'listLeftRecords' | 'decideLeftRecord';

export const liftingServer = ({
  lift,
  suspend,
  resume,
  listLeft,
  decideLeft,
  names,
  answer,
}: Deps): Pick<EnforcementServiceImplementation<CallerContext>, Served> => ({
  liftOrder: async (request, call) =>
    answer(
      await lift({
        request: doingOnce('liftOrder', LiftOrderRequest, request, call),
        actor: actorOf(request.actor),
        orderId: orderIdOf(request),
        // Older clients send no ground.
        ground: request.ground === 'UNSPECIFIED' ? 'SELF_CORRECTION' : known(LIFT_GROUNDS, request.ground, 'ground'),
        reason: request.reason,
        scope: request.scope ?? null,
        measures: knownAll(MEASURES, request.measures, 'measures'),
      }),
      request.actor,
    ),
  suspendOrder: async (request, call) => {
    const asked = {
      request: doingOnce('suspendOrder', SuspendOrderRequest, request, call),
      actor: actorOf(request.actor),
      reason: request.reason,
    };
    return answer(await suspend({ ...asked, orderId: orderIdOf(request) }), request.actor);
  },
  resumeOrder: async (request, call) => {
    const asked = {
      request: doingOnce('resumeOrder', ResumeOrderRequest, request, call),
      actor: actorOf(request.actor),
      reason: request.reason,
    };
    return answer(await resume({ ...asked, orderId: orderIdOf(request) }), request.actor);
  },
  listLeftRecords: async (request) => {
    const orderId = orderIdOf(request);
    const { items, next } = await listLeft(orderId, actorOf(request.actor), pageOf(request.page));
    const named = await names(
      orderId,
      items.map(({ decision }) => decision?.decidedBy ?? ''),
    );
    return {
      items: items.map(({ decision, mayDecide, ...item }) => ({
        ...item,
        decision: decision?.decision ?? '',
        decidedBy: decision?.decidedBy ?? '',
        decidedByName: named.get(decision?.decidedBy ?? '') ?? '',
        decidedAt: decision?.decidedAt,
        allowedActions: mayDecide ? ['decide'] : [],
      })),
      next,
    };
  },
  decideLeftRecord: async (request, call) => {
    const { row, recordId, decision } = request;
    const asked = { request: doingOnce('decideLeftRecord', DecideLeftRecordRequest, request, call), actor: actorOf(request.actor) };
    await decideLeft({ ...asked, orderId: orderIdOf(request), row, recordId, decision });
    return {};
  },
});
