import { ADDRESS, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  CERTIFICATE_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  APPROVAL_ADDR: ADDRESS,
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
