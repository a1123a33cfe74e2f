// The gateway's environment. The identity provider is a choice: the province's provider, or demo accounts.
import { ADDRESS, SERVICE_CONFIG } from '@hengji/host';
import { z } from 'zod';

const { CALLER_SECRET, HEALTH_PORT, LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT } = SERVICE_CONFIG;
const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX, KAFKA_SESSION_MS } = SERVICE_CONFIG;

const NAMES = z.string().transform((text) =>
  text
    .split(/[,，、]/)
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

export const CONFIG = {
  CALLER_SECRET,
  /** Broker of the topic of ended sessions; without it a sign-out holds in its own process only. */
  KAFKA_BROKERS: KAFKA_BROKERS.optional(),
  KAFKA_TOPIC_PREFIX,
  KAFKA_SESSION_MS,
  HEALTH_PORT,
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The address that people type; default http://HTTP_HOST:HTTP_PORT. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Encrypts session cookies; the same in every replica. */
  SESSION_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits (32 bytes)'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().default('hengji-console'),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Names of posts (claim hengji_post) of heads and deputies of an authority, with commas between them: they decide and sign. */
  HEAD_POSTS: NAMES.default(['负责人', '主要负责人', '分管负责人', '厅长', '副厅长', '局长', '副局长', '部长', '副部长']),
  /** Names of posts of the heads of departments, who review proposals. */
  DEPARTMENT_HEAD_POSTS: NAMES.default(['部门负责人', '处长', '副处长', '科长', '副科长']),
  /** `true` starts our own identity provider with known accounts; never in production. */
  DEMO_ACCOUNTS: z.enum(['true', 'false']).default('false'),
  /** One password for all demo accounts; without it the gateway generates one and prints it at start. */
  DEMO_PASSWORD: z.string().min(8).optional(),
  /** The institution that the demo's institution user belongs to. */
  DEMO_INSTITUTION: z
    .string()
    .regex(/^[YS]\d{4}21\d{6}$/)
    .default('S000021010001'),
  /** Base address of verify's public HTTP. */
  VERIFY_URL: z.url({ protocol: /^https?$/ }),
  /** Public keys for checking receipts, served at /api/public/keys; absent = not published. */
  TRUSTED_KEYS_FILE: z.string().optional(),
  /** The built console; a missing build gets another answer than a missing page. */
  CONSOLE_FOLDER: z.string().default('dist/apps/console'),
  APPROVAL_ADDR: ADDRESS,
  EXAM_ADDR: ADDRESS,
  CERTIFICATE_ADDR: ADDRESS,
  SUBSIDY_ADDR: ADDRESS,
  EXCHANGE_ADDR: ADDRESS,
  ENFORCEMENT_ADDR: ADDRESS,
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().positive().default(1_200),
  /**
   * Milliseconds between two heartbeats of an event stream. A stream ends within one heartbeat after a sign-out, and after two heartbeats
   * without a read.
   */
  EVENT_BEAT_MS: z.coerce.number().int().positive().default(15_000),
  /** Longest life of an event stream, in milliseconds; the browser then reconnects by itself. */
  EVENT_LIFE_MS: z.coerce.number().int().positive().default(600_000),
  /** Certificate numbers that one address may count up in ten minutes; 0 = no limit. */
  COUNTED_UP_LIMIT: z.coerce.number().int().min(0).default(30),
  /** Sign-ins per minute from one address; guessing a password must be slow. */
  SIGN_INS_PER_MINUTE: z.coerce.number().int().positive().default(60),
  /** Number of proxies before the gateway whose X-Forwarded-For is accepted. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
