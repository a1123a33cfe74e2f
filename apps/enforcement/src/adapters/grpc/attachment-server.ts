// proto ↔ use case for attachments (附件): files as streams, and as one message for older callers without streams.
import {
  AddAttachmentRequest,
  UploadAttachmentRequest,
  type CaseServiceImplementation,
  type ReadAttachmentRequest,
} from '@hengji/contracts/enforcement/v1/case_service';
import type { CallerContext } from '@hengji/host';
import { asStream, inOneMessage, openUpload, partOf, type AttachmentRow } from '@hengji/procedure';
import type { Cases } from '../../application/cases/ports';
import type { addAttachment } from '../../application/documents/attachments';
import { checkMaySeeCase } from '../../domain/cases/party/party';
import type { Actor } from '../../domain/competence';
import { EVIDENCE_WORDS, type EvidenceKind } from '../../domain/documents/attachment';
import { checkReads } from '../../domain/documents/reading';
import type { CaseAttachments } from '../store/cases/case-attachments';
import type { Tx } from '../store/database';
import { attachmentMessage } from './file-messages';
import { doingOnce } from './acts';
import { actorOf, caseIdOf, known } from './requests';

export interface AttachmentServerDeps {
  readonly attach: ReturnType<typeof addAttachment<Tx>>;
  readonly attachments: Pick<CaseAttachments, 'read'> & { get(id: string): Promise<AttachmentRow> };
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
}

type Server = CaseServiceImplementation<CallerContext>;

/** Refuses `case.unknown`, `case.out_of_territory`. */
export const checkSees = async ({ cases }: Pick<AttachmentServerDeps, 'cases'>, actor: Actor, caseId: string): Promise<void> =>
  checkMaySeeCase(actor, await cases.get(caseId), await cases.ordersOf(caseId));

const kindOf = (kind: UploadAttachmentRequest['kind']): EvidenceKind =>
  kind === 'UNSPECIFIED' ? 'OTHER' : known(EVIDENCE_WORDS, kind, 'kind');

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The row, for readers who may read its bytes. */
const readable = async (
  deps: AttachmentServerDeps,
  { actor: asking, attachmentId }: Pick<ReadAttachmentRequest, 'actor' | 'attachmentId'>,
): Promise<AttachmentRow> => {
  const actor = actorOf(asking);
  const row = await deps.attachments.get(attachmentId);
  await checkSees(deps, actor, row.fileId);
  checkReads(actor, { kind: 'ATTACHMENT', isServed: row.institution === actor.institution });
  return row;
};

export const ofAttachments = (deps: AttachmentServerDeps) =>
  ({
    uploadAttachment: async (requests, call) => {
      const { head, content } = await openUpload(requests, UploadAttachmentRequest.fromPartial({}));
      const { name, bytes, sha256 } = head;
      const asked = { actor: actorOf(head.actor), caseId: caseIdOf(head), kind: kindOf(head.kind), content };
      const id = await deps.attach({
        ...asked,
        announced: { name, bytes: Number(bytes), sha256: Buffer.from(sha256).toString('hex') },
        request: (row) => doingOnce('uploadAttachment', UploadAttachmentRequest, { ...head, chunk: buffer(row.sha256) }, call),
      });
      return { attachment: attachmentMessage(await deps.attachments.get(id)) };
    },
    readAttachment: async function* (request) {
      const row = await readable(deps, request);
      const part = partOf(request, row.bytes);
      yield { attachment: attachmentMessage(row), part: part !== undefined };
      for await (const chunk of deps.attachments.read(row, part)) yield { chunk: buffer(chunk) };
    },
    addAttachment: async (request, call) => {
      const { name, content } = request;
      const asked = { actor: actorOf(request.actor), caseId: caseIdOf(request), kind: 'OTHER' as const, content: asStream(content) };
      const id = await deps.attach({
        ...asked,
        announced: { name, bytes: content.length, sha256: '' },
        request: () => doingOnce('addAttachment', AddAttachmentRequest, request, call),
      });
      return { attachment: attachmentMessage(await deps.attachments.get(id)) };
    },
    getAttachment: async (request) => {
      const row = await readable(deps, request);
      return { attachment: attachmentMessage(row), content: await inOneMessage(deps.attachments.read(row), row.bytes) };
    },
  }) satisfies Partial<Server>;
