// What verify needs: a broker to listen to, the owners of what it hears, the keys of those who speak there, and a port to answer at.
// It has no database.
import { ADDRESS, SERVICE_CONFIG } from '@hengji/host';
import { z } from 'zod';

const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX, KAFKA_SESSION_MS, TRUSTED_KEYS_FILE, ACCEPT_UNSEALED_RECORDS, CALLER_SECRET } = SERVICE_CONFIG;
const { HEALTH_PORT, LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT } = SERVICE_CONFIG;

export const CONFIG = {
  KAFKA_BROKERS,
  KAFKA_TOPIC_PREFIX,
  KAFKA_SESSION_MS,
  TRUSTED_KEYS_FILE,
  ACCEPT_UNSEALED_RECORDS,
  HEALTH_PORT,
  /** Shared by all services: verify asks the owners with it, and knows by it the gateway, which limits those who ask through it by itself. */
  CALLER_SECRET,
  /** They say how far they have counted, and give again what a topic has forgotten. */
  CERTIFICATE_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  APPROVAL_ADDR: ADDRESS,
  /**
   * For so long after certificate and enforcement have confirmed the copy it counts as whole; they are asked three times as often. Shorter:
   * less is said while an owner is away. Longer: what a topic has lost shows later.
   */
  OWNERS_CONFIRM_WITHIN_SECONDS: z.coerce.number().min(1).max(3_600).default(180),
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Requests a minute from one address; 0 = no limit (behind a proxy that limits, and on the bench). */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(600),
  /** Numbers that one address may count up in ten minutes; 0 = no limit. */
  COUNTED_UP_LIMIT: z.coerce.number().int().min(0).default(30),
  /** Proxies in front of us whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
