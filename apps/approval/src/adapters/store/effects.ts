// What an order may ask of approval, one row per effect. A filing is a whole institution's: an order narrowed to plans,
// sessions, persons or certificates is still about that institution, so it holds the filing within its scope and makes
// its public entries; but it can never remove the filing, since removal is not divisible.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { ApprovalEffect } from '@hengji/contracts/enforcement/v1/order';
import { type CrossChecks, type Effect, holdEffect, NOT_NARROWED, stateEffect } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Tx } from './database';
import { REMOVE_FILING } from './filing-store';
import { publishNotice } from './notices';
import { showRectification } from './rectifications';

type ApprovalEffectWord = Exclude<ApprovalEffect, 'UNSPECIFIED'>;

export const EFFECTS = {
  HOLD_FILING: holdEffect<ApprovalEvent>({
    effect: 'HOLD_FILING',
    table: 'institution',
    id: 'code',
    scope: {
      institution: 'code',
      plan: NOT_NARROWED,
      session: NOT_NARROWED,
      occupation: NOT_NARROWED,
      level: NOT_NARROWED,
      person: NOT_NARROWED,
      certificate: NOT_NARROWED,
      examDate: NOT_NARROWED,
    },
    topic: TOPICS.approval,
    held: ({ orderId }) => ({ $case: 'filingHeld', value: { orderId } }),
    released: ({ orderId }) => ({ $case: 'filingReleased', value: { orderId } }),
  }),
  PUBLISH_NOTICE: publishNotice,
  SHOW_RECTIFICATION: showRectification,
  REMOVE_FILING: stateEffect<ApprovalEvent>({
    effect: REMOVE_FILING,
    table: 'institution',
    id: 'code',
    state: 'state',
    to: 'REMOVED',
    scope: { institution: 'code' },
    facts: ['code', 'uscc', 'name', 'institution_class', 'area', 'authority', 'valid_from', 'valid_until'],
    set: ({ now }) => ({ removed_at: now }),
    unset: ['removed_at'],
    topic: TOPICS.approval,
    applied: ({ orderId }) => ({ $case: 'filingRemoved', value: { orderId } }),
    undone: ({ orderId }) => ({ $case: 'filingReinstated', value: { orderId } }),
  }),
} as const satisfies Record<ApprovalEffectWord, Effect<Tx>>;

/** What the checks between services ask of approval (enforcement, domain/residual/cross-checks.ts). */
export const CROSS_CHECKS = {
  affected: {
    REMOVED_FILING_OPEN_PLAN: {
      effect: REMOVE_FILING,
      table: 'institution',
      id: 'code',
      scope: { institution: 'code' },
      done: sql`t.state = 'REMOVED'`,
    },
  },
} as const satisfies CrossChecks;
