// proto ↔ use case for the parts of a case file beside the case: documents, limits, attachments, rectifications and follow-ups.
// case-server.ts implements the lifecycle of a case in the same service.
import {
  CheckRectificationRequest,
  FinishFollowUpRequest,
  GiveEvidenceRequest,
  IssueDocumentRequest,
  ServeDocumentRequest,
  type CaseServiceImplementation,
} from '@hengji/contracts/enforcement/v1/case_service';
import type { Case as CaseMessage } from '@hengji/contracts/enforcement/v1/case';
import type { CallerContext } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import { readDocument, type DocumentReading, type Recount } from '@hengji/procedure';
import type { finish, handInEvidence, recheck } from '../../application/aftermath/rectify';
import type { issueByHand, serveByHand } from '../../application/documents/by-hand';
import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/cases/case';
import { visibleTo, type Actor } from '../../domain/competence';
import { deadlinesVisibleTo, HIDDEN_FROM_PARTY } from '../../domain/deadlines/deadline';
import { mayRead } from '../../domain/documents/reading';
import { CASE_DOCUMENTS } from '../store/cases/case-documents';
import type { Database, Tx } from '../store/database';
import type { limitList } from '../store/cases/limit-list';
import { checkSees, ofAttachments, type AttachmentServerDeps } from './attachment-server';
import type { DeadlineMessages } from './deadline-messages';
import { documentMessage } from './file-messages';
import { doingOnce } from './acts';
import { actorOf, caseIdOf, known, orderIdOf } from './requests';
import { deliveryOf } from './steps/service-messages';

export interface DocumentServerDeps extends AttachmentServerDeps {
  readonly issue: ReturnType<typeof issueByHand<Tx>>;
  readonly serve: ReturnType<typeof serveByHand<Tx>>;
  readonly handIn: ReturnType<typeof handInEvidence<Tx>>;
  readonly recheck: ReturnType<typeof recheck<Tx>>;
  readonly finish: ReturnType<typeof finish<Tx>>;
  readonly listLimits: ReturnType<typeof limitList>;
  readonly recounts: (limitIds: readonly string[]) => Promise<readonly Recount[]>;
  readonly deadlineMessage: DeadlineMessages;
  readonly db: Database;
  readonly readFile: (caseId: string, actor: Actor) => Promise<CaseMessage>;
}

type Server = CaseServiceImplementation<CallerContext>;

/** An institution reads the documents served on it; the right to read the case is checked first. */
export const caseDocuments = (cases: DocumentServerDeps['cases']): DocumentReading<DocumentKind> => ({
  store: CASE_DOCUMENTS,
  readableTo: async (asking, caseId) => {
    const actor = actorOf(asking);
    await checkSees({ cases }, actor, caseId);
    return ({ kind, delivery }) => mayRead(actor, { kind, isServed: delivery !== null });
  },
});

const ofDocuments = ({ issue, serve, cases, db }: DocumentServerDeps) => {
  const get = (id: string) => CASE_DOCUMENTS.get(db, id);
  return {
    getDocument: async ({ actor, documentId }) => {
      const { document, pdf } = await readDocument(db, caseDocuments(cases), { actor, documentId });
      return { document: documentMessage(document), pdf };
    },
    issueDocument: async (request, call) => {
      const asked = { actor: actorOf(request.actor), caseId: caseIdOf(request), orderId: orderIdOf(request), text: request.text };
      const kind = known(DOCUMENT_KINDS, request.kind, 'kind');
      const id = await issue({ ...asked, kind, request: doingOnce('issueDocument', IssueDocumentRequest, request, call) });
      return { document: documentMessage(await get(id)) };
    },
    serveDocument: async (request, call) => {
      const asked = { actor: actorOf(request.actor), documentId: request.documentId, delivery: deliveryOf(request) };
      const id = await serve({ ...asked, request: doingOnce('serveDocument', ServeDocumentRequest, request, call) });
      return { document: documentMessage(await get(id)) };
    },
  } satisfies Partial<Server>;
};

const ofAftermath = ({ handIn, recheck: check, finish: end, readFile }: DocumentServerDeps) =>
  ({
    giveEvidence: async (request, call) => {
      const actor = actorOf(request.actor);
      const { text, attachmentIds } = request;
      const asked = { actor, orderId: orderIdOf(request), text, attachmentIds };
      const caseId = await handIn({ ...asked, request: doingOnce('giveEvidence', GiveEvidenceRequest, request, call) });
      return { case: await readFile(caseId, actor) };
    },
    checkRectification: async (request, call) => {
      const actor = actorOf(request.actor);
      const { passed, text } = request;
      const asked = { actor, byName: request.actor?.name ?? '', orderId: orderIdOf(request), passed, text };
      const caseId = await check({ ...asked, request: doingOnce('checkRectification', CheckRectificationRequest, request, call) });
      return { case: await readFile(caseId, actor) };
    },
    finishFollowUp: async (request, call) => {
      const actor = actorOf(request.actor);
      const asked = { actor, orderId: orderIdOf(request), kind: request.kind, note: request.note };
      const caseId = await end({ ...asked, request: doingOnce('finishFollowUp', FinishFollowUpRequest, request, call) });
      return { case: await readFile(caseId, actor) };
    },
  }) satisfies Partial<Server>;

export const documentServer = (deps: DocumentServerDeps) =>
  ({
    ...ofDocuments(deps),
    ...ofAttachments(deps),
    ...ofAftermath(deps),
    listDeadlines: async (request) => {
      const actor = actorOf(request.actor);
      const visible = deadlinesVisibleTo(actor, visibleTo(actor));
      if (!visible) return { deadlines: [], next: '', total: undefined, institutions: [] };
      const { page: asked, state, caseId } = request;
      // Only a person of an institution is limited to that institution.
      const except = visible.institution === undefined ? [] : HIDDEN_FROM_PARTY;
      const { limits, ...page } = await deps.listLimits({
        visible,
        except,
        query: request.query ?? earlierQuery(asked, { state, caseId }),
      });
      const recounts = await deps.recounts(limits.map(({ id }) => id));
      return { deadlines: limits.map((limit) => deps.deadlineMessage(limit, recounts)), ...page };
    },
  }) satisfies Partial<Server>;
