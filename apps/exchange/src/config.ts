// What exchange needs from its environment: the service's own, enforcement's address, and one address per agency.
import { ADDRESS, SERVICE_CONFIG } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ENFORCEMENT_ADDR: ADDRESS,
  /** Asked for events that are missing; without it they are listed only. */
  CERTIFICATE_ADDR: ADDRESS.optional(),
  APPROVAL_ADDR: ADDRESS.optional(),
  /** Where each agency is; the paths of domain/message.ts are put behind it. */
  MINISTRY_URL: z.url(),
  POLICE_URL: z.url(),
  MARKET_REGULATOR_URL: z.url(),
  DISCIPLINE_URL: z.url(),
  /** Who we are to the agencies, and what our requests are signed with. */
  AGENCY_APP_ID: z.string().min(1).default('hengji'),
  AGENCY_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** How long an answer may take before the try counts as failed. */
  AGENCY_TIMEOUT_MS: z.coerce.number().int().min(50).default(10_000),
  /** On top of that: whoever has not recorded the answer by then counts as dead, and the message falls due again. */
  AGENCY_RECORDING_MS: z.coerce.number().int().min(100).default(20_000),
  /** Messages under way at once, per agency. */
  AGENCY_IN_FLIGHT: z.coerce.number().int().min(1).max(64).default(6),
  AGENCY_RETRY_BASE_MS: z.coerce.number().int().min(1).default(500),
  AGENCY_RETRY_CAP_MS: z.coerce.number().int().min(1).default(600_000),
  /** How often an agency is asked what it decided on a transfer. */
  AGENCY_INQUIRY_MS: z.coerce.number().int().min(20).default(600_000),
  /** How often it is looked for what falls due by the clock; a new message is noticed at its commit. */
  AGENCY_POLL_MS: z.coerce.number().int().min(5).default(1_000),
  /** How often uploads that a hold keeps back are looked at again. */
  HELD_RECHECK_MS: z.coerce.number().int().min(10).default(2_000),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
