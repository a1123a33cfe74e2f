// The part of EnforcementService for drafts: draft, edit, discard, their versions, and the check of a pasted list. proto ↔ use case only.
import {
  DiscardDraftRequest,
  DraftOrderRequest,
  EditDraftRequest,
  type EnforcementServiceImplementation,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { CallerContext } from '@hengji/host';
import type { Names } from '@hengji/procedure';
import type { UseCases } from '../../../application/use-cases';
import { MEASURES } from '../../../domain/cascade';
import type { DraftContent } from '../../../domain/drafts/changes';
import { VIOLATIONS } from '../../../domain/order';
import type { Tx } from '../../store/database';
import { doingOnce } from '../acts';
import { actorOf, caseIdOf, knownAll, orderIdOf, scopeOf, type OrderAnswer } from '../requests';

interface Deps extends Pick<UseCases<Tx>, 'draft' | 'edit' | 'discard' | 'listVersions' | 'checkNumbers' | 'previewSuperseding'> {
  readonly names: (orderId: string, ids: readonly string[]) => Promise<Names>;
  /** The order as the caller may read it. */
  readonly answer: (orderId: string, asking: DraftOrderRequest['actor']) => Promise<OrderAnswer>;
}

type Served = 'draftOrder' | 'editDraft' | 'discardDraft' | 'listDraftVersions' | 'checkNumbers' | 'previewSuperseding';

const contentOf = (request: DraftOrderRequest | EditDraftRequest): DraftContent => ({
  scope: scopeOf(request.scope),
  measures: knownAll(MEASURES, request.measures, 'measures'),
  grounds: knownAll(VIOLATIONS, request.grounds, 'grounds'),
  reason: request.reason,
  rectifyBy: request.rectifyBy,
  interim: request.interim,
  urgency: request.urgency,
  endCondition: request.endCondition,
  supersedes: request.supersedes,
  title: request.title,
});

export const draftServer = (deps: Deps): Pick<EnforcementServiceImplementation<CallerContext>, Served> => ({
  draftOrder: async (request, call) => {
    const drafted = { request: doingOnce('draftOrder', DraftOrderRequest, request, call), actor: actorOf(request.actor) };
    return deps.answer(await deps.draft({ ...drafted, ...contentOf(request), caseId: caseIdOf(request) }), request.actor);
  },
  editDraft: async (request, call) => {
    const edited = { request: doingOnce('editDraft', EditDraftRequest, request, call), actor: actorOf(request.actor) };
    const { revision, repeatSteps } = request;
    return deps.answer(
      await deps.edit({ ...edited, ...contentOf(request), orderId: orderIdOf(request), revision, repeatSteps }),
      request.actor,
    );
  },
  discardDraft: async (request, call) => {
    const discarded = { request: doingOnce('discardDraft', DiscardDraftRequest, request, call), actor: actorOf(request.actor) };
    const { reason, revision } = request;
    return deps.answer(await deps.discard({ ...discarded, orderId: orderIdOf(request), reason, revision }), request.actor);
  },
  listDraftVersions: async (request) => {
    const orderId = orderIdOf(request);
    const versions = await deps.listVersions(orderId, actorOf(request.actor));
    const names = await deps.names(
      orderId,
      versions.map(({ editedBy }) => editedBy),
    );
    return { versions: versions.map((version) => ({ ...version, editedByName: names.get(version.editedBy) ?? '' })) };
  },
  previewSuperseding: async (request) => {
    const measures = knownAll(MEASURES, request.measures, 'measures');
    const asked = { actor: actorOf(request.actor), orderId: orderIdOf(request), scope: scopeOf(request.scope), measures };
    return { parts: await deps.previewSuperseding(asked) };
  },
  checkNumbers: async ({ actor, institution, text }) => ({
    lines: await deps.checkNumbers({ actor: actorOf(actor), institution, text }),
  }),
});
