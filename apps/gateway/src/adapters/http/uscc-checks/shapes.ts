// Request shapes of the checks of codes (统一社会信用代码人工核对). Approval checks the code itself and who may act.
import { isInstitutionCode, typedNumber } from '@hengji/province';
import { z } from 'zod';
import { INSTITUTION, TEXT } from '../fields';
import { UPLOAD_ABOUT } from '../cases/shapes';

const USCC = z
  .string()
  .max(100)
  .transform(typedNumber)
  .refine((text) => /^[\dA-Z]{18}$/.test(text), '统一社会信用代码应为18位数字和大写字母');
const REASON = TEXT(200).min(1);
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, '应为64位小写十六进制数');

/** In the address, because the body is the licence. */
export const PROPOSAL = { uscc: USCC, institution: INSTITUTION, reason: REASON, name: UPLOAD_ABOUT.name } as const;
/** The licence that the person saw, by its hash. */
export const CONFIRMATION = { uscc: USCC, institution: INSTITUTION, licenceSha256: SHA256 } as const;
export const REFUSAL = { ...CONFIRMATION, reason: REASON } as const;
export const LICENCE_PARAM = {
  institution: z.string().refine(isInstitutionCode, '应为13位机构代码(如S000021010003)'),
  uscc: USCC,
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, '应为提请的序号')
    .transform(Number),
} as const;
