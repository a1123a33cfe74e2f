// Request shapes of cases (案件), their documents and attachments.
import {
  CaseStep,
  DocumentKind,
  EvidenceKind,
  LeadSource,
  LegalPoint,
  ReceiverCapacity,
  ServiceMode,
  WaivedRight,
} from '@hengji/contracts/enforcement/v1/case';
import { NoticePart } from '@hengji/contracts/enforcement/v1/publicity';
import { z } from 'zod';
import {
  AUTHORITY_OR_EMPTY,
  DAY_OR_EMPTY,
  GROUNDS,
  ID,
  ID_OR_EMPTY,
  INSTITUTION,
  PERSON_NAME_OR_EMPTY,
  TEXT,
  known,
  list,
} from '../fields';

export const OPEN_CASE = {
  institution: INSTITUTION,
  source: known(LeadSource),
  grounds: GROUNDS,
  summary: TEXT(4_000).default(''),
} as const;
const MOMENT = z.iso.datetime({ offset: true, error: '应为带时区的时间(如2026-01-31T08:00:00+08:00)' }).transform((text) => new Date(text));
/** How a document was served; the mode decides which facts are needed, and enforcement refuses a missing one by its field. */
const SERVICE = z.strictObject({
  servedAt: MOMENT.optional(),
  capacity: z.enum(ReceiverCapacity).default('UNSPECIFIED'),
  servers: z.array(PERSON_NAME_OR_EMPTY).max(10).default([]),
  credentials: z.array(TEXT(40)).max(10).default([]),
  witness: PERSON_NAME_OR_EMPTY.default(''),
  postNumber: TEXT(40).default(''),
  publishedIn: TEXT(500).default(''),
  reason: TEXT(500).default(''),
});
/** What the officer masks and leaves out of a public notice (公示取舍). `seen` is that of the preview, in hex. */
export const NOTICE = {
  mask: z.array(TEXT(60)).max(50).default([]),
  leftOut: z.array(known(NoticePart)).max(3).default([]),
  leftOutReason: TEXT(500).default(''),
  notNames: z.array(TEXT(60)).max(50).default([]),
  seen: z
    .string()
    .regex(/^([0-9a-f]{64})?$/, '应为64位小写十六进制数')
    .default(''),
} as const;
const LEGAL_FINDING = z.strictObject({ point: known(LegalPoint), passed: z.boolean(), remark: TEXT(1_000).default('') });
const DISCUSSION = z.strictObject({
  heldOn: DAY_OR_EMPTY.default(''),
  participants: z.array(PERSON_NAME_OR_EMPTY).max(50).default([]),
  conclusion: TEXT(2_000).default(''),
});
/** What a step states beside its text; enforcement's table decides which step needs what. */
const PARTICULARS = z.strictObject({
  credential: TEXT(40).default(''),
  noInterest: z.boolean().default(false),
  waived: z.array(known(WaivedRight)).max(2).default([]),
  receivedOn: DAY_OR_EMPTY.default(''),
  legalFindings: z.array(LEGAL_FINDING).max(6).default([]),
  discussion: DISCUSSION.optional(),
  officerId: ID_OR_EMPTY.default(''),
  officerName: PERSON_NAME_OR_EMPTY.default(''),
});
/** Enforcement's table decides which step needs a text, a mode or a receiver. */
export const STEP = {
  step: known(CaseStep),
  text: TEXT(8_000).default(''),
  attachmentIds: list(ID),
  mode: z.enum(ServiceMode).default('UNSPECIFIED'),
  receiver: PERSON_NAME_OR_EMPTY.default(''),
  orderId: ID_OR_EMPTY.default(''),
  service: SERVICE.optional(),
  notice: z.strictObject(NOTICE).optional(),
  particulars: PARTICULARS.optional(),
  actEnd: z
    .strictObject({ endedOn: DAY_OR_EMPTY.default(''), continues: z.boolean().default(false), grave: z.boolean().default(false) })
    .optional(),
  documentNo: TEXT(100).default(''),
  counterpart: AUTHORITY_OR_EMPTY.default(''),
  officerIds: list(ID),
} as const;
export const ISSUE = { orderId: ID_OR_EMPTY.default(''), kind: known(DocumentKind), text: TEXT(8_000).default('') } as const;
export const SERVE = {
  mode: known(ServiceMode),
  receiver: PERSON_NAME_OR_EMPTY.default(''),
  service: SERVICE.optional(),
  attachmentIds: list(ID),
} as const;
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
