// Request shapes of cases (案件), their documents and attachments.
import { CaseStep, DocumentKind, EvidenceKind, LeadSource, ServiceMode } from '@hengji/contracts/enforcement/v1/case';
import { Violation } from '@hengji/contracts/enforcement/v1/order';
import { z } from 'zod';
import { ID, ID_OR_EMPTY, INSTITUTION, TEXT, known, list } from '../fields';

export const OPEN_CASE = {
  institution: INSTITUTION,
  source: known(LeadSource),
  grounds: z
    .array(z.enum(Violation).exclude(['UNSPECIFIED']))
    .max(7)
    .default([]),
  summary: TEXT(4_000).default(''),
} as const;
/** Enforcement's table decides which step needs a text, a mode or a receiver. */
export const STEP = {
  step: known(CaseStep),
  text: TEXT(8_000).default(''),
  attachmentIds: list(ID),
  mode: z.enum(ServiceMode).default('UNSPECIFIED'),
  receiver: TEXT(200).default(''),
  orderId: ID_OR_EMPTY.default(''),
} as const;
export const ISSUE = { orderId: ID_OR_EMPTY.default(''), kind: known(DocumentKind), text: TEXT(8_000).default('') } as const;
export const SERVE = { mode: known(ServiceMode), receiver: TEXT(200).min(1) } as const;
export const ATTACHMENT_PARAM = { id: ID, attachmentId: ID } as const;
/** `?name=` is the name of the file, without folders. The SHA-256 (hex) is compared with the received bytes. */
export const UPLOAD_ABOUT = {
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}/\\]*$/u, '应为文件名,不含目录和控制字符'),
  kind: z.enum(EvidenceKind).exclude(['UNSPECIFIED']).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '应为64位小写十六进制数')
    .optional(),
} as const;
const isContent = (content: unknown): boolean => typeof content === 'object' && content !== null && Symbol.asyncIterator in content;
/** A body that is the file itself, as a stream; `bytes` is 0 where the request gives no length. */
export const UPLOAD = { content: z.custom<AsyncIterable<Uint8Array>>(isContent, '附件是空的'), bytes: z.int().min(0) } as const;
