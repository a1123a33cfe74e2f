// What acts need of a service's configuration; see docs/ACTS.md.
import { z } from 'zod';

export const ACTS_CONFIG = {
  /** A checkpoint is signed after so many acts, */
  ACTS_PER_CHECKPOINT: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  /** and when the oldest act that none covers is so old: what is younger can still be altered unseen by who can write the database. */
  ACTS_CHECKPOINT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
} as const;
