// The environment of exchange: the settings of every service, enforcement's address, and one address per agency.
import { ADDRESS, SERVICE_CONFIG } from '@hengji/host';
import { ACTS_CONFIG } from '@hengji/procedure';
import { z } from 'zod';

export const CONFIG = {
  ...SERVICE_CONFIG,
  ...ACTS_CONFIG,
  ENFORCEMENT_ADDR: ADDRESS,
  /** Asked about the filing (备案) before each upload. */
  APPROVAL_ADDR: ADDRESS,
  /** Address for requesting missing events; without it missing events are only listed. */
  CERTIFICATE_ADDR: ADDRESS.optional(),
  /** The address of each agency; the paths of domain/message.ts are appended. */
  MINISTRY_URL: z.url(),
  POLICE_URL: z.url(),
  MARKET_REGULATOR_URL: z.url(),
  DISCIPLINE_URL: z.url(),
  /** Our id at the agencies, and the secret that signs our requests. */
  AGENCY_APP_ID: z.string().min(1).default('hengji'),
  AGENCY_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** Milliseconds until a try without an answer counts as failed. */
  AGENCY_TIMEOUT_MS: z.coerce.number().int().min(50).default(10_000),
  /** Milliseconds added for recording: after this time without a recorded answer the lease expires, and the message is due again. */
  AGENCY_RECORDING_MS: z.coerce.number().int().min(100).default(20_000),
  /** Messages in flight at once, per agency. */
  AGENCY_IN_FLIGHT: z.coerce.number().int().min(1).max(64).default(6),
  AGENCY_RETRY_BASE_MS: z.coerce.number().int().min(1).default(500),
  AGENCY_RETRY_CAP_MS: z.coerce.number().int().min(1).default(600_000),
  /** Milliseconds between two inquiries about a transfer's decision. */
  AGENCY_INQUIRY_MS: z.coerce.number().int().min(20).default(600_000),
  /** Milliseconds between two checks for messages that are due by time; a new message is noticed at its commit. */
  AGENCY_POLL_MS: z.coerce.number().int().min(5).default(1_000),
  /** Milliseconds between two checks of held uploads. */
  HELD_RECHECK_MS: z.coerce.number().int().min(10).default(2_000),
  /** Milliseconds between two questions about a filing that covers none of the waiting uploads. */
  FILING_RECHECK_MS: z.coerce.number().int().min(10).default(60_000),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
