// Request shapes of parameters (参数): the amount of a limit from a given day on.
import { isAuthority, PROVINCE } from '@hengji/province';
import { z } from 'zod';
import { TEXT } from '../fields';

const CODE = z.string().regex(/^D-[A-Z-]{1,40}$/, '应为期限代码');
const JURISDICTION = z.string().refine(isAuthority, '应为主管部门代码').default(PROVINCE);
const UNIT = z.enum(['WORKING_DAY', 'DAY', 'MONTH', 'YEAR', 'HOUR']);

/** Enforcement checks whether this amount can be set. */
export const PROPOSAL = {
  code: CODE,
  jurisdiction: JURISDICTION,
  validFrom: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '应为YYYY-MM-DD'),
  amount: z.number().int().min(1).max(10_000),
  unit: UNIT,
  extension: z.number().int().min(0).max(10_000).default(0),
  source: TEXT(200),
  reason: TEXT(500),
} as const;
/** The version that the person saw. */
export const CONFIRMATION = { code: CODE, jurisdiction: JURISDICTION, version: z.number().int().min(1) } as const;
