// The effects that an order may request from approval, one row per effect. A filing belongs to a whole institution. An order narrowed to
// plans, sessions, persons or certificates still concerns this institution: it holds the filing within its scope and makes public entries.
// Such an order can never remove the filing, because removal is not divisible.
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

/** The checks between services that enforcement requests from approval (enforcement, domain/residual/cross-checks.ts). */
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
