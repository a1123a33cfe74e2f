// The settings that acts need in a service's configuration; see docs/ACTS.md.
import { z } from 'zod';

export const ACTS_CONFIG = {
  /** A checkpoint is signed after this many acts, */
  ACTS_PER_CHECKPOINT: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  /** and when the oldest act without a checkpoint reaches this age. A database writer can alter a younger act without detection. */
  ACTS_CHECKPOINT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
} as const;
