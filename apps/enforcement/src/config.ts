// The configuration of the process; parsed once, by main.ts.
import { ADDRESS, SERVICE_CONFIG, type readConfig } from '@hengji/host';
import { ACTS_CONFIG, ATTACHMENTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';

const milliseconds = z.coerce.number().int().positive();

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ...ATTACHMENTS_CONFIG,
  APPROVAL_ADDR: ADDRESS,
  EXAM_ADDR: ADDRESS,
  CERTIFICATE_ADDR: ADDRESS,
  SUBSIDY_ADDR: ADDRESS,
  EXCHANGE_ADDR: ADDRESS,
  /** How long a signed order waits for a fence before the issue without that fence; also the limit of one fence call. */
  FENCE_PATIENCE_MS: milliseconds.default(2_000),
  /** Silence of a row before its messages are published again, in case a message was lost; the interval doubles from there. */
  REMIND_AFTER_MS: milliseconds.default(15_000),
  /** How long the answer to a signature waits for the fences. */
  ANSWER_PATIENCE_MS: milliseconds.default(500),
  /** Hour of the day, Asia/Shanghai, at which the nightly sweep begins, and its number of orders per second. */
  SWEEP_HOUR: z.coerce.number().int().min(0).max(23).default(2),
  SWEEP_PER_SECOND: z.coerce.number().int().positive().default(20),
  /** Limit of a preview and of a residual count. */
  COUNT_DEADLINE_MS: milliseconds.default(60_000),
};

export type Config = ReturnType<typeof readConfig<typeof CONFIG>>;
