// The shapes that come in by HTTP, once each. Texts have lengths, lists have limits, numbers are numbers; messages to
// people are zod's own in Chinese.
import { CaseState, CaseStep, DeadlineState, DocumentKind, LeadSource, ServiceMode } from '@hengji/contracts/enforcement/v1/case';
import { LiftGround } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Measure, Violation } from '@hengji/contracts/enforcement/v1/order';
import { Agency, MessageState } from '@hengji/contracts/exchange/v1/exchange';
import { isCertificateNumber, isDay, isInstitutionCode } from '@hengji/domain-kit';
import { z } from 'zod';

z.config(z.locales.zhCN());

const MAX_ENTRIES = 1_000;

/** Ids of ours are short and plain; this also keeps control characters out of logs. */
export const ID = z.string().regex(/^[\w.:-]{1,64}$/, '应为1至64位标识');
export const INSTITUTION = z.string().refine(isInstitutionCode, '应为13位机构代码(如S000021010003)');
const ID_OR_EMPTY = z.string().regex(/^[\w.:-]{0,64}$/, '应为1至64位标识');
const DAY_OR_EMPTY = z.string().refine((text) => text === '' || isDay(text), '应为YYYY-MM-DD');
/** Text of people: lines and tabs, but nothing that a database cannot store or a screen cannot show. */
const TEXT = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^(?:[\n\r\t]|[^\p{Cc}\p{Cs}])*$/u, '不能有控制字符')
    .trim();
const known = <T extends Readonly<Record<string, string>>>(words: T) => z.enum(words).exclude(['UNSPECIFIED' as never]);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(MAX_ENTRIES).default([]);

/** Query strings carry text only; a limit is digits there. */
export const PAGE = {
  after: z.string().max(512).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, '应为1至1000的整数')
    .transform(Number)
    .refine((n) => n >= 1 && n <= MAX_ENTRIES, '应为1至1000的整数')
    .optional(),
} as const;

const DEFAULT_LIMIT = 50;
export const pageOf = (query: { after?: string | undefined; limit?: number | undefined }) => ({
  after: query.after ?? '',
  limit: query.limit ?? DEFAULT_LIMIT,
});

export const SEARCH = z.string().max(100).trim().optional();
export const CODE_PARAM = { code: INSTITUTION } as const;
export const ORDER_PARAM = { id: ID } as const;

export const SCOPE = z.strictObject({
  institution: INSTITUTION,
  plans: list(ID),
  sessions: list(ID),
  occupationLevels: list(
    z.strictObject({
      occupation: z.string().regex(/^\d-\d{2}-\d{2}-\d{2}$/, '应为职业编码(如6-31-01-03)'),
      level: z.string().regex(/^[1-5]$/, '应为1至5'),
    }),
  ),
  persons: list(z.string().regex(/^[0-9a-f]{32}$/, '应为32位人员标识')),
  certificates: list(z.string().refine(isCertificateNumber, '应为22位证书编号')),
  from: DAY_OR_EMPTY.default(''),
  until: DAY_OR_EMPTY.default(''),
});

// Whether the measures fit together, and that there is one, is enforcement's to say.
export const DRAFT = {
  scope: SCOPE,
  measures: z.array(z.enum(Measure).exclude(['UNSPECIFIED'])).max(9),
  grounds: z
    .array(z.enum(Violation).exclude(['UNSPECIFIED']))
    .max(7)
    .default([]),
  reason: TEXT(2_000).default(''),
  rectifyBy: DAY_OR_EMPTY.default(''),
  caseId: ID_OR_EMPTY.default(''),
  interim: z.boolean().default(false),
  urgency: TEXT(2_000).default(''),
  endCondition: TEXT(2_000).default(''),
  supersedes: ID_OR_EMPTY.default(''),
} as const;

/** Why: a ruling, a recovery, a decision on one record. */
export const REASON = { reason: TEXT(2_000).min(1) } as const;
/** Whole without scope and measures. */
export const LIFT = {
  ...REASON,
  ground: z.enum(LiftGround).default('UNSPECIFIED'),
  scope: SCOPE.optional(),
  measures: z
    .array(z.enum(Measure).exclude(['UNSPECIFIED']))
    .max(9)
    .default([]),
} as const;
export const ROW_PARAM = {
  id: ID,
  row: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, '应为台账行号')
    .transform(Number),
} as const;
const ROW = z.number().int().min(1).max(999_999);
const RECORD = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, '不能有控制字符');
/** What was shown of each row that stopped; confirming blindly is not offered here. */
export const SEEN = {
  seen: z
    .array(z.strictObject({ row: ROW, root: z.string().regex(/^([0-9a-f]{2}){1,64}$/, '应为十六进制的根') }))
    .min(1)
    .max(100),
} as const;
/** `?row=&record=`: which record of which receipt. */
export const PROOF = { row: ROW_PARAM.row, record: RECORD } as const;
export const DECIDE_LEFT = { row: ROW, recordId: RECORD, decision: TEXT(2_000).min(1) } as const;
export const EVIDENCE = { text: TEXT(4_000).min(1), attachmentIds: list(ID) } as const;
export const RECHECK = { passed: z.boolean(), text: TEXT(4_000).min(1) } as const;
export const FOLLOW_UP_PARAM = { id: ID, kind: z.string().regex(/^[A-Z_]{1,64}$/, '应为善后事项') } as const;
export const FOLLOW_UP = { note: TEXT(2_000).min(1) } as const;

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
export const DEADLINE_FILTER = { state: known(DeadlineState).optional(), caseId: ID.optional() } as const;
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

export const MESSAGE_FILTER = {
  orderId: ID.optional(),
  agency: z.enum(Agency).exclude(['UNSPECIFIED']).optional(),
  state: z.enum(MessageState).exclude(['UNSPECIFIED']).optional(),
} as const;
export const PARKED_ID = z.string().regex(/^\d{1,18}$/);
/** What the second person saw, so that nothing else is confirmed. */
export const SEEN_VERSION = { version: z.string().regex(/^[\da-f]{1,64}$/, '应为所见提议的版本') } as const;
export const SEEN_DIGEST = { digest: z.string().regex(/^[\da-f]{64}$/, '应为所见提议的摘要') } as const;
const MOMENT = z.iso.datetime({ error: '应为UTC时间(如2026-01-31T08:00:00Z)' });
export const DISCARD_FILTER = {
  ...REASON,
  topic: z.string().min(1).max(200),
  parkedReason: TEXT(500).default(''),
  parkedFrom: MOMENT.optional(),
  parkedUntil: MOMENT.optional(),
} as const;
export const REPLAY = { topic: z.string().min(1).max(200), key: z.string().max(200) } as const;
