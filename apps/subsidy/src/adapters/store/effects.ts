// The effects that an order may request from subsidy, one row per effect.
import { TOPICS } from '@hengji/contracts';
import type { SubsidyEffect } from '@hengji/contracts/enforcement/v1/order';
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import { type CrossChecks, type Effect, holdEffect, SCOPE_COLUMNS } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Tx } from './database';
import { NOT_RECOVERED, openRecoveries } from './recoveries';

type SubsidyEffectWord = Exclude<SubsidyEffect, 'UNSPECIFIED'>;

export const EFFECTS = {
  // The hold blocks new payments; existing payments are only counted.
  HOLD_PAYMENTS: holdEffect<SubsidyEvent>({
    effect: 'HOLD_PAYMENTS',
    table: 'payment',
    id: 'payment_id',
    scope: SCOPE_COLUMNS,
    fen: sql`t.fen`,
    person: sql`t.person`,
    topic: TOPICS.subsidy,
    held: ({ orderId }) => ({ $case: 'paymentsHeld', value: { orderId } }),
    released: ({ orderId }) => ({ $case: 'paymentsReleased', value: { orderId } }),
  }),
  OPEN_RECOVERIES: openRecoveries,
} as const satisfies Record<SubsidyEffectWord, Effect<Tx>>;

/** The checks between services that enforcement requests from subsidy (enforcement, domain/residual/cross-checks.ts). */
export const CROSS_CHECKS = {
  contradictions: {
    VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: {
      table: 'payment',
      link: 'certificate_number',
      contradicts: NOT_RECOVERED,
      name: 'payment_id',
    },
  },
} as const satisfies CrossChecks;
