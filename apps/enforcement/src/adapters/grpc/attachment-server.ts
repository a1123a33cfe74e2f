// proto ↔ use case for attachments (附件): files as streams, and in one message for callers from before there were streams.
import {
  AddAttachmentRequest,
  UploadAttachmentRequest,
  type CaseServiceImplementation,
  type ReadAttachmentRequest,
} from '@hengji/contracts/enforcement/v1/case_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import type { AttachmentRow } from '@hengji/procedure';
import type { Cases } from '../../application/cases/ports';
import type { addAttachment } from '../../application/documents/attachments';
import { checkMaySeeCase } from '../../domain/cases/party/party';
import type { Actor } from '../../domain/competence';
import type { EvidenceKind } from '../../domain/documents/attachment';
import { checkReads } from '../../domain/documents/reading';
import type { CaseAttachments } from '../store/cases/case-attachments';
import type { Tx } from '../store/database';
import { attachmentMessage, EVIDENCE_WORDS } from './file-messages';
import { doingOnce } from './acts';
import { actorOf, caseIdOf, known } from './requests';

export interface AttachmentServerDeps {
  readonly attach: ReturnType<typeof addAttachment<Tx>>;
  readonly attachments: Pick<CaseAttachments, 'read'> & { get(id: string): Promise<AttachmentRow> };
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf'>;
}

type Server = CaseServiceImplementation<CallerContext>;

/** What one message to a caller from before there were streams may hold. */
const MOST_IN_ONE_MESSAGE = 20 * 1024 * 1024;

/** Refuses `case.unknown`, `case.out_of_territory`. */
export const checkSees = async ({ cases }: Pick<AttachmentServerDeps, 'cases'>, actor: Actor, caseId: string): Promise<void> =>
  checkMaySeeCase(actor, await cases.get(caseId), await cases.ordersOf(caseId));

const cutOff = (): Refusal =>
  new Refusal('invalid', 'attachment.cut_off', '附件没有上传完整，请重新上传', { field: 'end', rule: 'UploadAttachmentRequest' });

/** The first message, and the chunks of all. A caller that goes away looks like the end of its stream: only the last message ends it. */
const opened = async (requests: AsyncIterable<UploadAttachmentRequest>) => {
  const messages = requests[Symbol.asyncIterator]();
  const first = await messages.next();
  const head = first.done === true ? UploadAttachmentRequest.fromPartial({}) : first.value;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    let last = head;
    yield head.chunk;
    while (!last.end) {
      const next = await messages.next();
      if (next.done === true) throw cutOff();
      last = next.value;
      yield last.chunk;
    }
  };
  return { head, content: content() };
};

async function* whole(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const kindOf = (kind: UploadAttachmentRequest['kind']): EvidenceKind =>
  kind === 'UNSPECIFIED' ? 'OTHER' : known(EVIDENCE_WORDS, kind, 'kind');

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The row, for those who may have its bytes. */
const readable = async (deps: AttachmentServerDeps, { actor: asking, attachmentId }: ReadAttachmentRequest): Promise<AttachmentRow> => {
  const actor = actorOf(asking);
  const row = await deps.attachments.get(attachmentId);
  await checkSees(deps, actor, row.fileId);
  checkReads(actor, { kind: 'ATTACHMENT', isServed: row.institution === actor.institution });
  return row;
};

const inOneMessage = async (deps: AttachmentServerDeps, row: AttachmentRow): Promise<Buffer> => {
  if (row.bytes > MOST_IN_ONE_MESSAGE)
    throw new Refusal('tooMuch', 'attachment.too_large', '附件过大，请用新版本的程序下载', {
      field: 'attachment_id',
      rule: `≤ ${MOST_IN_ONE_MESSAGE} bytes`,
    });
  const chunks: Uint8Array[] = [];
  for await (const chunk of deps.attachments.read(row)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

export const ofAttachments = (deps: AttachmentServerDeps) =>
  ({
    uploadAttachment: async (requests, call) => {
      const { head, content } = await opened(requests);
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
      yield { attachment: attachmentMessage(row) };
      for await (const chunk of deps.attachments.read(row)) yield { chunk: buffer(chunk) };
    },
    addAttachment: async (request, call) => {
      const { name, content } = request;
      const asked = { actor: actorOf(request.actor), caseId: caseIdOf(request), kind: 'OTHER' as const, content: whole(content) };
      const id = await deps.attach({
        ...asked,
        announced: { name, bytes: content.length, sha256: '' },
        request: () => doingOnce('addAttachment', AddAttachmentRequest, request, call),
      });
      return { attachment: attachmentMessage(await deps.attachments.get(id)) };
    },
    getAttachment: async (request) => {
      const row = await readable(deps, request);
      return { attachment: attachmentMessage(row), content: await inOneMessage(deps, row) };
    },
  }) satisfies Partial<Server>;
