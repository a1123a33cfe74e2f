import { ADDRESS, SERVICE_CONFIG, type readConfig } from '@hengji/host';

export const CONFIG = {
  ...SERVICE_CONFIG,
  CERTIFICATE_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
