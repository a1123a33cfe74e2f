// Request shapes for years of the working-day calendar (工作日历).
import { isAuthority, NATIONAL } from '@hengji/province';
import { z } from 'zod';
import { TEXT } from '../fields';

const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '应为YYYY-MM-DD');
const JURISDICTION = z.string().refine((code) => code === NATIONAL || isAuthority(code), '应为CN或主管部门代码');
const YEAR = z.number().int().min(2024).max(2100);

/** Enforcement checks whether the days form a year. */
export const PROPOSAL = {
  jurisdiction: JURISDICTION.default(NATIONAL),
  year: YEAR,
  off: z.array(z.strictObject({ from: DAY, until: DAY })).max(50),
  worked: z.array(DAY).max(50),
  source: TEXT(200),
} as const;
/** The version that the person saw. */
export const CONFIRMATION = { jurisdiction: JURISDICTION.default(NATIONAL), year: YEAR, version: z.number().int().min(1) } as const;
