import { ADDRESS, PERSONAL_DATA_CONFIG, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ...PERSONAL_DATA_CONFIG,
  /** Working days of the publicity of results (公示) before certificates may be issued; the province's own number (rules §5.2). */
  RESULT_PUBLICITY_WORKING_DAYS: z.coerce.number().int().min(0).max(60).default(5),
  EXAM_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  /** Address for requesting missing events; without it missing events are only listed. */
  EXCHANGE_ADDR: ADDRESS.optional(),
  APPROVAL_ADDR: ADDRESS.optional(),
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
