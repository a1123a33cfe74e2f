// Cases, their documents and attachments: each handler is one call to enforcement with the person as actor. Who takes
// which step, and what an institution reads of its own file, is enforcement's table; here a file is only given out to those
// who see it in their case.
import { CaseState } from '@hengji/contracts/enforcement/v1/case';
import type { Response } from 'express';
import { reaches, type Person } from '../../../domain/access';
import { LONG_CALL } from '../../clients/neighbours';
import { pageOf, type PAGE } from '../fields';
import { sendFile } from '../files/file-answer';
import { knownAttachment, knownCase, knownDocument, unknownAttachment, unknownDocument } from '../known';
import type { Act, Out, Reached, RouteDeps } from '../route';
import type { CASE_FILTER, ISSUE, OPEN_CASE, SERVE, STEP, UPLOAD, UPLOAD_NAME } from './shapes';

type OnId = Act & { params: { id: string } };

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
  knownCase(await neighbours.enforcementCases.openCase({ requestId, actor: person, ...body }));

export const getCase = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.case;

export const takeStep = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof STEP> }) => {
  const request = { requestId, actor: person, caseId: params.id, ...body };
  return knownCase(await neighbours.enforcementCases.takeStep(request, LONG_CALL));
};

export const addAttachment = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, query, body }: OnId & { query: Out<typeof UPLOAD_NAME>; body: Out<typeof UPLOAD> },
) => {
  const request = { requestId, actor: person, caseId: params.id, name: query.name, ...body };
  return knownAttachment(await neighbours.enforcementCases.addAttachment(request, LONG_CALL));
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
  const answer = await neighbours.enforcementCases.getAttachment(request, LONG_CALL);
  const { name, mediaType } = knownAttachment(answer);
  sendFile(response, { name, mediaType, bytes: answer.content, inPage: false });
};

export const issueDocument = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof ISSUE> }) => {
  const request = { requestId, actor: person, caseId: params.id, ...body };
  return knownDocument(await neighbours.enforcementCases.issueDocument(request, LONG_CALL));
};

export const getDocument = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.document?.document;

export const downloadDocument = async (_: RouteDeps, { reached }: { reached: Reached }, response: Response) => {
  if (!reached.document) throw unknownDocument();
  const { document, pdf } = reached.document;
  sendFile(response, { name: `${document.title} ${document.number}.pdf`, mediaType: 'application/pdf', bytes: pdf, inPage: true });
};

export const serveDocument = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof SERVE> }) => {
  const request = { requestId, actor: person, documentId: params.id, ...body };
  return knownDocument(await neighbours.enforcementCases.serveDocument(request, LONG_CALL));
};
