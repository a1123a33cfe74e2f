// The effects that an order may request from exam, one row per effect. The states that an order may change come from the life cycles, so
// the same table checks calls and orders.
import { TOPICS } from '@hengji/contracts';
import type { ExamEffect } from '@hengji/contracts/enforcement/v1/order';
import type { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import { type CrossChecks, type Effect, holdEffect, SCOPE_COLUMNS, stateEffect } from '@hengji/participation';
import sql, { join, type Sql } from 'sql-template-tag';
import { PLAN_LIFECYCLE, type PlanState } from '../../domain/plan';
import { RESULT_LIFECYCLE, type ResultState } from '../../domain/result';
import type { Tx } from './database';

/** SQL: the state allows the action. */
const allows = (table: Readonly<Record<string, object>>, action: string): Sql =>
  sql`t.state IN (${join(Object.keys(table).filter((state) => action in (table[state] ?? {})))})`;

// A plan has no session, person or certificate of its own: an order about some of its sessions holds these sessions, and no plan.
const { certificate: _certificate, person: _person, session: _session, ...PLAN_SCOPE } = SCOPE_COLUMNS;

type ExamEffectWord = Exclude<ExamEffect, 'UNSPECIFIED'>;

export const EFFECTS = {
  HOLD_PLANS: holdEffect<ExamEvent>({
    effect: 'HOLD_PLANS',
    table: 'plan',
    id: 'plan_id',
    scope: PLAN_SCOPE,
    topic: TOPICS.exam,
    held: ({ orderId }, plans) => ({ $case: 'plansHeld', value: { orderId, plans } }),
    released: ({ orderId }) => ({ $case: 'plansReleased', value: { orderId } }),
  }),
  CANCEL_RESULTS: stateEffect<ExamEvent>({
    effect: 'CANCEL_RESULTS',
    table: 'result',
    id: 'result_id',
    state: 'state',
    to: 'CANCELLED',
    eligible: allows(RESULT_LIFECYCLE, 'cancel'),
    scope: SCOPE_COLUMNS,
    person: sql`t.person`,
    // The certificate's number may be added later.
    facts: [
      ...['result_id', 'session_id', 'plan_id', 'institution', 'occupation', 'level', 'person', 'exam_date'],
      ...['theory_tenths', 'skill_tenths', 'passed', 'sealed_candidate'],
    ],
    fixed: true,
    unset: [],
    topic: TOPICS.exam,
    applied: ({ orderId }, resultIds) => ({ $case: 'resultsCancelled', value: { orderId, resultIds: [...resultIds] } }),
    undone: ({ orderId }, resultIds, _fen, states) => ({
      $case: 'resultsRestored',
      value: { orderId, resultIds: [...resultIds], states: states as ResultState[] },
    }),
  }),
  CLOSE_PLANS: stateEffect<ExamEvent>({
    effect: 'CLOSE_PLANS',
    table: 'plan',
    id: 'plan_id',
    state: 'state',
    to: 'STOPPED_BY_AUTHORITY',
    eligible: allows(PLAN_LIFECYCLE, 'stop'),
    scope: PLAN_SCOPE,
    facts: ['plan_id', 'institution', 'name', 'occupation', 'level', 'exam_date'],
    fixed: true,
    unset: [],
    topic: TOPICS.exam,
    applied: ({ orderId }, planIds) => ({ $case: 'plansClosed', value: { orderId, planIds: [...planIds] } }),
    undone: ({ orderId }, planIds, _fen, states) => ({
      $case: 'plansReopened',
      value: { orderId, planIds: [...planIds], states: states as PlanState[] },
    }),
  }),
} as const satisfies Record<ExamEffectWord, Effect<Tx>>;

/** The checks between services that enforcement requests from exam (enforcement, domain/residual/cross-checks.ts). */
export const CROSS_CHECKS = {
  affected: {
    CANCELLED_RESULT_VALID_CERTIFICATE: {
      effect: 'CANCEL_RESULTS',
      table: 'result',
      id: 'result_id',
      scope: SCOPE_COLUMNS,
      done: sql`t.state = 'CANCELLED'`,
    },
  },
  contradictions: {
    VOID_CERTIFICATE_STANDING_RESULT: {
      table: 'result',
      link: 'result_id',
      contradicts: allows(RESULT_LIFECYCLE, 'cancel'),
      name: 'result_id',
    },
    REMOVED_FILING_OPEN_PLAN: { table: 'plan', link: 'institution', contradicts: allows(PLAN_LIFECYCLE, 'stop'), name: 'plan_id' },
  },
} as const satisfies CrossChecks;
