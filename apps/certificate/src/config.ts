import { ADDRESS, PERSONAL_DATA_CONFIG, SERVICE_CONFIG, type readConfig } from '@hengji/host';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...PERSONAL_DATA_CONFIG,
  EXAM_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
