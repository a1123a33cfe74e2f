// The fields that the request shapes of the features use. Texts have length limits, lists have size limits, numbers are numbers. Messages
// to people are zod's own, in Chinese.
import { Violation } from '@hengji/contracts/enforcement/v1/order';
import { isDay, Refusal, withStandardCodes } from '@hengji/domain-kit';
import { askedCertificateNumber, isAuthority, isInstitutionCode, nameFault, typedName, typedNumber, typedSearch } from '@hengji/province';
import { z } from 'zod';

z.config(z.locales.zhCN());

const MAX_ENTRIES = 1_000;

/** Our ids are short and plain; the pattern also keeps control characters out of logs. */
export const ID = z.string().regex(/^[\w.:-]{1,64}$/, '应为1至64位标识');
export const INSTITUTION = z.string().transform(typedNumber).refine(isInstitutionCode, '应为13位机构代码(如S000021010003)');
export const ID_OR_EMPTY = z.string().regex(/^[\w.:-]{0,64}$/, '应为1至64位标识');
export const AUTHORITY_OR_EMPTY = z.string().refine((text) => text === '' || isAuthority(text), '应为主管部门代码(LN、2101至2114、LN-SF)');
/** The grounds of a case or an order: any of the violations. */
export const GROUNDS = z
  .array(z.enum(Violation).exclude(['UNSPECIFIED']))
  .max(Object.keys(Violation).length)
  .default([]);
export const DAY_OR_EMPTY = z.string().refine((text) => text === '' || isDay(text), '应为YYYY-MM-DD');
/** The value of `read`; what it refuses is the fault of the field. */
const readBy =
  <T>(read: (text: string) => T) =>
  (text: string, context: z.RefinementCtx): T => {
    try {
      return read(text);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      context.addIssue(refusal.message);
      return z.NEVER;
    }
  };
/** With or without its label and spaces; another number is refused with what it is. */
export const CERTIFICATE_NUMBER = z.string().transform(readBy((text) => askedCertificateNumber(text)));
const personName = (mayBeEmpty: boolean) =>
  z
    .string()
    .superRefine((text, context) => {
      const fault = mayBeEmpty && text.trim() === '' ? undefined : nameFault(text);
      if (fault !== undefined) context.addIssue(fault);
    })
    .transform(typedName);
/** A person's name in the one spelling of the records; the fault is named with its character. */
export const PERSON_NAME = personName(false);
/** The same where the service decides whether a name is needed. */
export const PERSON_NAME_OR_EMPTY = personName(true);
/**
 * Text that people type: lines and tabs are allowed; characters that a database cannot store or a screen cannot show, and those that reverse
 * the direction of what is shown, are refused. Characters of GBK's private use get their standard code.
 */
export const TEXT = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^(?:[\n\r\t]|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u, '不能有控制字符或文字方向控制符')
    .overwrite(withStandardCodes)
    .trim();
/** A word of the enum, without UNSPECIFIED. */
export const known = <T extends { readonly UNSPECIFIED: 'UNSPECIFIED' }>(words: T) => z.enum(words).exclude(['UNSPECIFIED']);
export const list = <T extends z.ZodType>(item: T, most = MAX_ENTRIES) => z.array(item).max(most).default([]);

/** Query strings carry text only, so a limit is given as digits. */
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

export const SEARCH = z.string().max(100).transform(typedSearch).optional();
export const CODE_PARAM = { code: INSTITUTION } as const;
export const ID_PARAM = { id: ID } as const;

/** The reason of a ruling, a recovery or a decision on one record. */
export const REASON = { reason: TEXT(2_000).min(1) } as const;
