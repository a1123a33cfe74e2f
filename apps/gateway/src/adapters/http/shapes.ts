// The shapes that come in by HTTP, once each. Texts have lengths, lists have limits, numbers are numbers; messages to
// people are zod's own in Chinese.
import { Measure, Violation } from '@hengji/contracts/enforcement/v1/order';
import { Agency, MessageState } from '@hengji/contracts/exchange/v1/exchange';
import { isCertificateNumber, isDay, isInstitutionCode } from '@hengji/domain-kit';
import { z } from 'zod';

z.config(z.locales.zhCN());

const MAX_ENTRIES = 1_000;

/** Ids of ours are short and plain; this also keeps control characters out of logs. */
export const ID = z.string().regex(/^[\w.:-]{1,64}$/, '应为1至64位标识');
export const INSTITUTION = z.string().refine(isInstitutionCode, '应为13位机构代码(如S000021010003)');
const DAY_OR_EMPTY = z.string().refine((text) => text === '' || isDay(text), '应为YYYY-MM-DD');
/** Text of people: lines and tabs, but nothing that a database cannot store or a screen cannot show. */
const TEXT = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^(?:[\n\r\t]|[^\p{Cc}\p{Cs}])*$/u, '不能有控制字符')
    .trim();
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
  measures: z.array(z.enum(Measure).exclude(['UNSPECIFIED'])).max(7),
  grounds: z
    .array(z.enum(Violation).exclude(['UNSPECIFIED']))
    .max(7)
    .default([]),
  reason: TEXT(2_000).default(''),
  rectifyBy: DAY_OR_EMPTY.default(''),
} as const;

export const LIFT = { reason: TEXT(2_000).min(1) } as const;
export const ROW_PARAM = {
  id: ID,
  row: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, '应为台账行号')
    .transform(Number),
} as const;
export const MESSAGE_FILTER = {
  orderId: ID.optional(),
  agency: z.enum(Agency).exclude(['UNSPECIFIED']).optional(),
  state: z.enum(MessageState).exclude(['UNSPECIFIED']).optional(),
} as const;
export const REPLAY = { topic: z.string().min(1).max(200), key: z.string().max(200) } as const;
