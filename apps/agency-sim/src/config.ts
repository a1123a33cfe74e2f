// Configuration of the simulators. They must not run in production.
import { SERVICE_CONFIG } from '@hengji/host';
import { z } from 'zod';

export const CONFIG = {
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HEALTH_PORT: SERVICE_CONFIG.HEALTH_PORT,
  /** The sender that the agencies accept, and the shared secret. */
  AGENCY_APP_ID: z.string().min(1).default('hengji'),
  AGENCY_SECRET: z.string().min(16, 'must have at least 16 characters'),
  LOG_LEVEL: SERVICE_CONFIG.LOG_LEVEL,
  NODE_ENV: z
    .string()
    .refine((mode) => mode !== 'production', 'agency-sim must not run in production')
    .default('development'),
} as const;

export type Config = z.infer<z.ZodObject<typeof CONFIG>>;
