// Configuration comes from the environment, once, through a zod shape; whoever starts a process with a wrong
// environment is told every variable that is wrong, not the first.
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** What every service needs; apps spread it into their own shape, or pick from it. */
export const SERVICE_CONFIG = {
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'),
  /** `host:port,host:port` → list. */
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^,:\s]+:\d+(,[^,:\s]+:\d+)*$/, 'must be host:port, several separated by commas')
    .transform((list) => list.split(',')),
  /** Set by tests, so that suites on one broker do not hear one another. */
  KAFKA_TOPIC_PREFIX: z.string().default(''),
  /**
   * Silent for so long, a process counts as dead and its partitions go to another; until then they rest. Not less than the broker's
   * group.min.session.timeout.ms, which it is by default.
   */
  KAFKA_SESSION_MS: z.coerce.number().int().min(1_000).default(6_000),
  GRPC_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  GRPC_PORT: port.default(0),
  HEALTH_PORT: port.default(0),
  /** Shared by the services of one province; signs who calls whom. */
  CALLER_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** The service's private key file, which names its algorithm; see docs/PROOF.md. */
  SIGNING_KEY_FILE: z.string(),
  /** The public list of every service's keys. */
  TRUSTED_KEYS_FILE: z.string(),
  /** `true` only while orders from before the seal are still under way: see docs/PROOF.md. */
  ACCEPT_UNSEALED_ORDERS: z.stringbool().default(false),
  /** `true` only while records from before they were sealed are still unread: see docs/PROOF.md. */
  ACCEPT_UNSEALED_RECORDS: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
} as const;

/** Keys of `personalData`: 64 hex digits each, the same in all services of the province. */
export const PERSONAL_DATA_CONFIG = {
  SEAL_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits (32 bytes)'),
  PERSON_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits (32 bytes)'),
} as const;

/** The address of a neighbour's gRPC server. */
export const ADDRESS = z.string().regex(/^[^:\s]+:\d+$/, 'must be host:port');

/**
 * Reads the shape from the environment; an empty variable counts as absent. Throws one Error that lists every variable
 * at fault with its rule. Values are never printed: they may be secrets.
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
