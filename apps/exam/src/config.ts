import { ADDRESS, PERSONAL_DATA_CONFIG, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ...PERSONAL_DATA_CONFIG,
  APPROVAL_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  /** The exam of a plan (考务计划), and a session, are at most so many days after today. */
  PLANNED_WITHIN_DAYS: z.coerce.number().int().min(1).max(3_653).default(731),
  /** Address for requesting missing events; without it missing events are only listed. */
  CERTIFICATE_ADDR: ADDRESS.optional(),
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
