// Cases, their documents, attachments and limits: each handler is one call to enforcement with the person as actor. Who takes
// which step, and what an institution reads of its own file, is enforcement's table; here a file is only given out to those
// who see it in their case.
import { CaseState, DeadlineState, type Case, type Document } from '@hengji/contracts/enforcement/v1/case';
import { Refusal } from '@hengji/domain-kit';
import type { Response } from 'express';
import type { z } from 'zod';
import { maySeeDeadline, reaches, type Person } from '../../../domain/access';
import { LONG_CALL, type Neighbours } from '../../clients/neighbours';
import { sendFile } from '../files/file-answer';
import type { Reached, RouteDeps } from '../route';
import type { CASE_FILTER, DEADLINE_FILTER, ISSUE, OPEN_CASE, PAGE, SERVE, STEP, UPLOAD, UPLOAD_NAME } from '../shapes';
import { pageOf } from '../shapes';

type Out<S extends Readonly<Record<string, z.ZodType>>> = z.output<z.ZodObject<S>>;
interface Act {
  readonly person: Person;
  readonly requestId: string;
}
type OnId = Act & { params: { id: string } };

const unknownCase = (): Refusal => new Refusal('notFound', 'case.unknown', '没有这个案件', { field: 'id' });
const unknownDocument = (): Refusal => new Refusal('notFound', 'document.unknown', '没有这份文书', { field: 'id' });
const unknownAttachment = (): Refusal => new Refusal('notFound', 'attachment.unknown', '没有这个附件', { field: 'attachmentId' });

const presentCase = ({ case: found }: { case?: Case | undefined }): Case => {
  if (!found) throw unknownCase();
  return found;
};

const presentDocument = ({ document }: { document?: Document | undefined }): Document => {
  if (!document) throw unknownDocument();
  return document;
};

/** The case as the person may read it; refuses `case.unknown`. */
export const caseById = async ({ enforcementCases }: Neighbours, person: Person, caseId: string): Promise<Case> =>
  presentCase(await enforcementCases.getCase({ actor: person, caseId }));

/** A document with its PDF, and its case; refuses `document.unknown`, also for those who do not see it in the case. */
export const documentById = async (neighbours: Neighbours, person: Person, documentId: string) => {
  const answer = await neighbours.enforcementCases.getDocument({ actor: person, documentId });
  const document = presentDocument(answer);
  const ofCase = await caseById(neighbours, person, document.caseId);
  return { document, pdf: answer.pdf, ofCase, isShown: ofCase.documents.some((one) => one.documentId === documentId) };
};

export const listCases = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof CASE_FILTER> },
) => {
  const institution = person.role === 'INSTITUTION' ? person.institution : (query.institution ?? '');
  const state = query.state ?? CaseState.UNSPECIFIED;
  const answer = await neighbours.enforcementCases.listCases({ actor: person, institution, state, page: pageOf(query) });
  return { items: answer.cases.filter((one) => reaches(person, one)), next: answer.next };
};

export const openCase = async ({ neighbours }: RouteDeps, { person, requestId, body }: Act & { body: Out<typeof OPEN_CASE> }) =>
  presentCase(await neighbours.enforcementCases.openCase({ requestId, actor: person, ...body }));

export const getCase = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.case;

export const takeStep = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof STEP> }) => {
  const request = { requestId, actor: person, caseId: params.id, ...body };
  return presentCase(await neighbours.enforcementCases.takeStep(request, LONG_CALL));
};

export const addAttachment = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, query, body }: OnId & { query: Out<typeof UPLOAD_NAME>; body: Out<typeof UPLOAD> },
) => {
  const request = { requestId, actor: person, caseId: params.id, name: query.name, ...body };
  const { attachment } = await neighbours.enforcementCases.addAttachment(request, LONG_CALL);
  if (!attachment) throw unknownAttachment();
  return attachment;
};

/** The bytes, as a file to keep: what others handed in is never shown inside our own pages. */
export const downloadAttachment = async (
  { neighbours }: RouteDeps,
  { person, params, reached }: { person: Person; params: { attachmentId: string }; reached: Reached },
  response: Response,
) => {
  // Known to the case in the path, which the territory check has cut to what this person may see.
  if (!reached.case?.attachments.some(({ attachmentId }) => attachmentId === params.attachmentId)) throw unknownAttachment();
  const request = { actor: person, attachmentId: params.attachmentId };
  const { attachment, content } = await neighbours.enforcementCases.getAttachment(request, LONG_CALL);
  if (!attachment) throw unknownAttachment();
  sendFile(response, { name: attachment.name, mediaType: attachment.mediaType, bytes: content, inPage: false });
};

export const issueDocument = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof ISSUE> }) => {
  const request = { requestId, actor: person, caseId: params.id, ...body };
  return presentDocument(await neighbours.enforcementCases.issueDocument(request, LONG_CALL));
};

export const getDocument = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.document?.document;

export const downloadDocument = async (_: RouteDeps, { reached }: { reached: Reached }, response: Response) => {
  if (!reached.document) throw unknownDocument();
  const { document, pdf } = reached.document;
  sendFile(response, { name: `${document.title} ${document.number}.pdf`, mediaType: 'application/pdf', bytes: pdf, inPage: true });
};

export const serveDocument = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof SERVE> }) => {
  const request = { requestId, actor: person, documentId: params.id, ...body };
  return presentDocument(await neighbours.enforcementCases.serveDocument(request, LONG_CALL));
};

export const listDeadlines = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof DEADLINE_FILTER> },
) => {
  const state = query.state ?? DeadlineState.UNSPECIFIED;
  const request = { actor: person, state, caseId: query.caseId ?? '', page: pageOf(query) };
  const answer = await neighbours.enforcementCases.listDeadlines(request);
  return { items: answer.deadlines.filter((one) => reaches(person, one) && maySeeDeadline(person, one.code)), next: answer.next };
};
