import { ADDRESS, PERSONAL_DATA_CONFIG, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ...PERSONAL_DATA_CONFIG,
  APPROVAL_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  /** Address for requesting missing events; without it missing events are only listed. */
  CERTIFICATE_ADDR: ADDRESS.optional(),
} as const;

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
