// Configuration of verify: the broker, the owners of its topics, the keys of their writers, and an HTTP port. It has no database.
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
  /**
   * Shared by all services: verify signs its requests to the owners with it, and recognizes the gateway by it. The gateway limits its own
   * clients.
   */
  CALLER_SECRET,
  /** The owners return their last numbers, and republish events that a topic has lost. */
  CERTIFICATE_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  APPROVAL_ADDR: ADDRESS,
  /**
   * How long the copy counts as whole after a confirmation by certificate and enforcement; verify asks three times in this period.
   * Shorter: fewer answers while an owner is unavailable. Longer: lost events are found later.
   */
  OWNERS_CONFIRM_WITHIN_SECONDS: z.coerce.number().min(1).max(3_600).default(180),
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Requests a minute from one address; 0 = no limit (behind a proxy that limits, and on the bench). */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(600),
  /** Numbers that one address may enumerate in ten minutes; 0 = no limit. */
  COUNTED_UP_LIMIT: z.coerce.number().int().min(0).default(30),
  /** The number of proxies in front of verify whose X-Forwarded-For is trusted. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
