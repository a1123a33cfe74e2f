// Cases, their documents and attachments: each handler makes one call to enforcement with the person as actor. Enforcement's table decides
// who takes which step and what an institution reads of its own file. The gateway only checks that a person sees the file in the case
// before sending the file.
import { EvidenceKind, type Attachment } from '@hengji/contracts/enforcement/v1/case';
import type { DeepPartial, UploadAttachmentRequest } from '@hengji/contracts/enforcement/v1/case_service';
import type { Response } from 'express';
import type { Person } from '../../../domain/access';
import { FILE_CALL, LONG_CALL } from '../../clients/neighbours';
import { byteRange, type ByteRange } from '../files/byte-range';
import { sendFile, streamFile } from '../files/file-answer';
import { knownAttachment, knownCase, knownDocument, unknownAttachment, unknownDocument } from '../known';
import { sendProblem } from '../problem';
import type { Act, Out, Reached, RouteDeps } from '../route';
import type { ISSUE, NOTICE, OPEN_CASE, SERVE, STEP, UPLOAD, UPLOAD_ABOUT } from './shapes';

type OnId = Act & { params: { id: string } };

type Choice = Out<typeof NOTICE>;
const choiceOf = ({ seen, ...choice }: Choice) => ({ ...choice, seen: Buffer.from(seen, 'hex') });

export const openCase = async ({ neighbours }: RouteDeps, { person, requestId, body }: Act & { body: Out<typeof OPEN_CASE> }) =>
  knownCase(await neighbours.enforcementCases.openCase({ requestId, actor: person, ...body }));

export const getCase = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.case;

export const takeStep = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: OnId & { body: Out<typeof STEP> }) => {
  const { notice, ...step } = body;
  const request = { requestId, actor: person, caseId: params.id, ...step, ...(notice === undefined ? {} : { notice: choiceOf(notice) }) };
  return knownCase(await neighbours.enforcementCases.takeStep(request, LONG_CALL));
};

export const previewNotice = async ({ neighbours }: RouteDeps, { person, params, body }: OnId & { body: Choice }) =>
  neighbours.enforcementCases.previewNotice({ actor: person, caseId: params.id, notice: choiceOf(body) }, LONG_CALL);

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The file as messages. Only the last message marks the end, so that an interrupted file is not taken for complete. */
async function* messagesOf(
  about: Omit<DeepPartial<UploadAttachmentRequest>, 'chunk' | 'end'>,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<DeepPartial<UploadAttachmentRequest>> {
  yield about;
  for await (const chunk of content) yield { chunk: buffer(chunk) };
  yield { end: true };
}

export const addAttachment = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, query, body }: OnId & { query: Out<typeof UPLOAD_ABOUT>; body: Out<typeof UPLOAD> },
) => {
  const { name, kind = EvidenceKind.UNSPECIFIED, sha256 = '' } = query;
  const said = { name, kind, bytes: BigInt(body.bytes), sha256: Buffer.from(sha256, 'hex') };
  const messages = messagesOf({ requestId, actor: person, caseId: params.id, ...said }, body.content);
  const client = neighbours.fileClient();
  try {
    return knownAttachment(await client.uploadAttachment(messages, FILE_CALL));
  } finally {
    client.close();
  }
};

const tagOf = ({ sha256 }: Attachment): string => `"${Buffer.from(sha256).toString('hex')}"`;

/** The requested part of the file. A part of a file other than the one that the browser began is useless; then the whole file is sent. */
const askedPart = (response: Response, attachment: Attachment): ByteRange | 'unsatisfiable' | undefined => {
  const { range, 'if-range': begun } = response.req.headers;
  return begun === undefined || begun === tagOf(attachment) ? byteRange(range, Number(attachment.bytes)) : undefined;
};

/** The bytes, as a download: files from other people are never displayed inside our own pages. */
export const downloadAttachment = async (
  { neighbours }: RouteDeps,
  { person, params, reached }: { person: Person; params: { attachmentId: string }; reached: Reached },
  response: Response,
) => {
  // The attachment must be in the case of the path, which the territory check has narrowed to what this person may see.
  const known = reached.case?.attachments.find(({ attachmentId }) => attachmentId === params.attachmentId);
  if (!known) throw unknownAttachment();
  const size = Number(known.bytes);
  const part = askedPart(response, known);
  if (part === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${size}`);
    sendProblem(response, { status: 416, code: 'attachment.range_beyond', title: '要下载的范围不在附件之内' });
    return;
  }
  const client = neighbours.fileClient();
  try {
    const { from, until } = part ?? { from: 0, until: 0 };
    const asked = { actor: person, attachmentId: params.attachmentId, from: BigInt(from), until: BigInt(until) };
    const pieces = client.readAttachment(asked, FILE_CALL)[Symbol.asyncIterator]();
    const first = await pieces.next();
    const { name, mediaType, bytes } = knownAttachment(first.done === true ? {} : first.value);
    // A service of an older version, without parts, sends the whole file.
    const isPart = first.done !== true && first.value.part;
    const file = { name, mediaType, bytes: Number(bytes), inPage: false, tag: tagOf(known), part: isPart ? part : undefined };
    await streamFile(response, file, pieces);
  } finally {
    client.close();
  }
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
