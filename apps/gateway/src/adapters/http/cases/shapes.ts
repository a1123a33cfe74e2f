// What comes in about cases (案件), their documents and attachments.
import { CaseState, CaseStep, DocumentKind, LeadSource, ServiceMode } from '@hengji/contracts/enforcement/v1/case';
import { Violation } from '@hengji/contracts/enforcement/v1/order';
import { z } from 'zod';
import { ID, ID_OR_EMPTY, INSTITUTION, TEXT, known, list } from '../fields';

export const CASE_FILTER = { institution: INSTITUTION.optional(), state: known(CaseState).optional() } as const;
export const OPEN_CASE = {
  institution: INSTITUTION,
  source: known(LeadSource),
  grounds: z
    .array(z.enum(Violation).exclude(['UNSPECIFIED']))
    .max(7)
    .default([]),
  summary: TEXT(4_000).default(''),
} as const;
/** Which step needs a text, a mode or a receiver is for enforcement's table to say. */
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
/** `?name=` of the file; folders are the sender's own. */
export const UPLOAD_NAME = {
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}/\\]*$/u, '应为文件名,不含目录和控制字符'),
} as const;
/** A body that is the file itself. */
export const UPLOAD = {
  content: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, '附件是空的'),
  mediaType: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/, '应在Content-Type中写明文件类型'),
} as const;
