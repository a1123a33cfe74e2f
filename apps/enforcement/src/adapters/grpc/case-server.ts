// proto ↔ use case for the lifecycle of a case. document-server.ts implements the rest of the same service: documents,
// attachments, limits and the work after an execution.
import { OpenCaseRequest, TakeStepRequest, type CaseServiceImplementation } from '@hengji/contracts/enforcement/v1/case_service';
import type { Case as CaseMessage } from '@hengji/contracts/enforcement/v1/case';
import type { CallerContext } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import type { DoingOnce } from '@hengji/procedure';
import type { Cases } from '../../application/cases/ports';
import type { openCase } from '../../application/cases/open-case';
import type { takeStep } from '../../application/cases/take-step';
import type { previewNotice } from '../../application/publicity/preview-notice';
import { CASE_STEPS, LEAD_SOURCES } from '../../domain/cases/case';
import { visibleTo, type Actor } from '../../domain/competence';
import { VIOLATIONS } from '../../domain/order';
import { NOTICE_PARTS, type NoticeChoice } from '../../domain/publicity/notice';
import { entryMessages, noticeTextMessage } from '../kafka/notice-events';
import type { Tx } from '../store/database';
import { caseMessage, forParty } from './case-messages';
import { doingOnce } from './acts';
import { actorOf, caseIdOf, known, knownAll } from './requests';
import { particularsOf } from './steps/particulars-messages';
import { deliveryOf } from './steps/service-messages';

interface Deps {
  readonly open: ReturnType<typeof openCase<Tx>>;
  readonly take: ReturnType<typeof takeStep<Tx>>;
  readonly preview: ReturnType<typeof previewNotice<Tx>>;
  readonly cases: Pick<Cases<Tx>, 'list'>;
  readonly readFile: (caseId: string, actor: Actor) => Promise<CaseMessage>;
}

type Server = Pick<CaseServiceImplementation<CallerContext>, 'openCase' | 'takeStep' | 'previewNotice' | 'getCase' | 'listCases'>;

/** A preview shows the beginning of a long list. */
const FIRST = 100;

const choiceOf = ({ notice }: Pick<TakeStepRequest, 'notice'>): NoticeChoice => ({
  mask: (notice?.mask ?? []).map((word) => word.trim()),
  leftOut: knownAll(NOTICE_PARTS, notice?.leftOut ?? [], 'notice.left_out'),
  leftOutReason: notice?.leftOutReason ?? '',
  notNames: (notice?.notNames ?? []).map((word) => word.trim()),
  seen: Buffer.from(notice?.seen ?? []).toString('hex'),
});

/** The act names its step. */
const withStep = (asked: DoingOnce, step: string): DoingOnce => ({ ...asked, what: `${asked.what} ${step}` });

export const caseServer = ({ open, take, preview, cases, readFile }: Deps): Server => ({
  openCase: async (request, call) => {
    const actor = actorOf(request.actor);
    const caseId = await open({
      request: doingOnce('openCase', OpenCaseRequest, request, call),
      actor,
      byName: request.actor?.name ?? '',
      institution: request.institution,
      source: known(LEAD_SOURCES, request.source, 'source'),
      grounds: knownAll(VIOLATIONS, request.grounds, 'grounds'),
      summary: request.summary,
    });
    return { case: await readFile(caseId, actor) };
  },
  takeStep: async (request, call) => {
    const actor = actorOf(request.actor);
    const caseId = await take({
      request: withStep(doingOnce('takeStep', TakeStepRequest, request, call), request.step),
      actor,
      byName: request.actor?.name ?? '',
      caseId: caseIdOf(request),
      step: known(CASE_STEPS, request.step, 'step'),
      text: request.text,
      attachmentIds: request.attachmentIds,
      service: request.mode === 'UNSPECIFIED' ? null : deliveryOf(request),
      orderId: request.orderId,
      choice: choiceOf(request),
      particulars: particularsOf(request.particulars),
      actEnd: request.actEnd ?? null,
      documentNo: request.documentNo,
      counterpart: request.counterpart,
      officerIds: request.officerIds,
    });
    return { case: await readFile(caseId, actor) };
  },
  previewNotice: async (request) => {
    const { text, entries, faults, seen } = await preview(caseIdOf(request), actorOf(request.actor), choiceOf(request));
    return {
      ...{ text: noticeTextMessage(text), entries: entryMessages(entries.slice(0, FIRST)), faults: [...faults] },
      seen: Buffer.from(seen, 'hex'),
    };
  },
  getCase: async (request) => ({ case: await readFile(caseIdOf(request), actorOf(request.actor)) }),
  listCases: async (request) => {
    const actor = actorOf(request.actor);
    const visible = visibleTo(actor);
    if (!visible) return { cases: [], next: '', total: undefined, institutions: [] };
    const { institution, state } = request;
    const { cases: found, ...page } = await cases.list({
      visible,
      query: request.query ?? earlierQuery(request.page, { institution, state }),
    });
    const messages = found.map(caseMessage);
    return { cases: actor.role === 'INSTITUTION' ? messages.map((message) => forParty(message, [])) : messages, ...page };
  },
});
