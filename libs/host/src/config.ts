// Configuration is read from the environment once, through a zod shape. The error for a wrong environment lists every wrong variable, not
// only the first.
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** The variables of every service; apps spread them into their own shape, or pick from them. */
export const SERVICE_CONFIG = {
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'),
  /** `host:port,host:port` → list. */
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^,:\s]+:\d+(,[^,:\s]+:\d+)*$/, 'must be host:port, several separated by commas')
    .transform((list) => list.split(',')),
  /** Set by tests, so that suites on one broker do not consume each other's records. */
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  /**
   * A process without a heartbeat for this long counts as dead, and its partitions go to another process; until then they are not read.
   * Not less than the broker's group.min.session.timeout.ms, which is the default.
   */
  KAFKA_SESSION_MS: z.coerce.number().int().min(1_000).default(6_000),
  GRPC_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  GRPC_PORT: port.default(0),
  HEALTH_PORT: port.default(0),
  /** Shared by the services of one province; signs the name of the calling service. */
  CALLER_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** The service's private key file, which names its algorithm; see docs/PROOF.md. */
  SIGNING_KEY_FILE: z.string(),
  /** The public list of every service's keys. */
  TRUSTED_KEYS_FILE: z.string(),
  /** `true` only while orders without a seal, from before the upgrade, are still in flight: see docs/PROOF.md. */
  ACCEPT_UNSEALED_ORDERS: z.stringbool().default(false),
  /** `true` only while records without a seal, from before the upgrade, are still unread: see docs/PROOF.md. */
  ACCEPT_UNSEALED_RECORDS: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
} as const;

/** Keys of `personalData`: 64 hex digits each, the same in all services of the province. */
export const PERSONAL_DATA_CONFIG = {
  SEAL_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits (32 bytes)'),
  PERSON_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits (32 bytes)'),
} as const;

/** The address of another service's gRPC server. */
export const ADDRESS = z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port');

/**
 * Reads the shape from the environment; an empty variable counts as absent. Throws one Error that lists every wrong variable with its
 * rule. Values are never printed: they may be secrets.
 */
export const readConfig = <S extends z.ZodRawShape>(shape: S, env: NodeJS.ProcessEnv = process.env): z.infer<z.ZodObject<S>> => {
  const given = Object.fromEntries(Object.keys(shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name}: ${name in given ? issue.message : 'is missing'}`;
  });
  throw new Error(`configuration is wrong:\n${lines.join('\n')}`);
};
