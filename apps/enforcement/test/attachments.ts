// Streamed uploads and downloads of files, for the specs.
import { randomUUID } from 'node:crypto';
import type { Attachment } from '@hengji/contracts/enforcement/v1/case';
import { UploadAttachmentRequest, type CaseServiceClient } from '@hengji/contracts/enforcement/v1/case_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';

const PIECE = 64 * 1024;

/** Bytes of any length that a PDF reader accepts as a PDF. */
export const pdfOf = (text: string, bytes = 0): Buffer => Buffer.concat([Buffer.from(`%PDF-1.7\n${text}`), Buffer.alloc(bytes, 7)]);

/** Bytes that are recognised as a JPEG; each call with another text is another file. */
export const photoOf = (text: string): Buffer =>
  Buffer.concat([Buffer.from('ffd8ffe000104a4649460001', 'hex'), Buffer.from(text), Buffer.alloc(64)]);

type Head = Partial<UploadAttachmentRequest> & { readonly caseId: string; readonly actor: Actor };

export async function* messagesOf(
  head: Head,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<UploadAttachmentRequest> {
  yield UploadAttachmentRequest.fromPartial({ requestId: randomUUID(), name: '材料.pdf', ...head });
  for await (const piece of pieces) yield UploadAttachmentRequest.fromPartial({ chunk: Buffer.from(piece) });
  yield UploadAttachmentRequest.fromPartial({ end: true });
}

export function* piecesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

export const upload = async (client: CaseServiceClient, head: Head, content: Uint8Array): Promise<Attachment> => {
  const { attachment } = await client.uploadAttachment(messagesOf(head, piecesOf(content)));
  if (!attachment) throw new Error('an answer without an attachment');
  return attachment;
};

export const download = async (
  client: CaseServiceClient,
  asked: { actor: Actor; attachmentId: string; from?: bigint; until?: bigint },
): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const { chunk } of client.readAttachment(asked)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
