import { ADDRESS, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';
import { FILED_FOR_DAYS } from './domain/institution';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ENFORCEMENT_ADDR: ADDRESS,
  /** The last day of a filing (备案) is at most so many days after the day of its import. */
  FILED_FOR_DAYS: z.coerce.number().int().min(1).max(36_525).default(FILED_FOR_DAYS),
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
