// What an institution hears of its own case. Its rights (行政处罚法 §44, §45, §63) are to know the facts and grounds once the
// notice is served, to answer, and to be heard; who verified, what was proposed inside, and whether the police are told
// (国务院令310号) are the authority's own business until they are served.
import { Refusal } from '@hengji/domain-kit';
import type { Person } from './access';

/** States in which the institution has not been told yet, or never will be. */
const BEFORE_NOTICE: readonly string[] = ['LEAD', 'TRIAGED', 'VERIFYING', 'FOUNDED', 'DISMISSED', 'UNFOUNDED'];
export const maySeeCase = (person: Person, state: string): boolean => person.role !== 'INSTITUTION' || !BEFORE_NOTICE.includes(state);

/** Step → whether the institution sees its record; the adapter looks every step of the wire up here. */
export const STEPS_SHOWN = {
  UNSPECIFIED: false,
  OPEN: false,
  TRIAGE: false,
  DISMISS: false,
  VERIFY: false,
  FIND_FOUNDED: false,
  FIND_UNFOUNDED: false,
  SERVE_NOTICE: true,
  REPLY: true,
  WAIVE_REPLY: true,
  REQUEST_HEARING: true,
  RECORD_HEARING: true,
  CLOSE_REPLY: true,
  PROPOSE: false,
  LEGAL_CHECK: false,
  RETURN_PROPOSAL: false,
  DECIDE: false,
  SERVE_DECISION: true,
  PUBLISH: true,
  EXECUTE: true,
  START_RECHECK: true,
  CLOSE: true,
  SUSPEND: false,
  RESUME: false,
  OPEN_PENALTY: false,
  DECIDE_PENALTY: true,
  REPORT_CRIME: false,
  APPROVE_TRANSFER: false,
  REFUSE_TRANSFER: false,
  CORRECT: true,
  TRANSFER_RECEIVED: false,
  TRANSFER_ACCEPTED: false,
  TRANSFER_REFUSED: false,
  ASK_RECONSIDERATION: false,
  ASK_PROCURATORATE: false,
  HAND_OVER_EXHIBITS: false,
} as const satisfies Record<string, boolean>;

/** The steps that are the institution's own rights. */
export const OWN_STEPS: readonly string[] = ['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING'];

/** Refuses `role.not_allowed` when an institution asks for an authority's step; the rest is for enforcement's table to say. */
export const checkStep = (person: Person, step: string): void => {
  if (person.role !== 'INSTITUTION' || OWN_STEPS.includes(step)) return;
  throw new Refusal('forbidden', 'role.not_allowed', '评价机构只能陈述申辩、放弃陈述申辩或申请听证', {
    field: 'step',
    rule: OWN_STEPS.join(' | '),
  });
};

/** A document is the institution's to read once it was served on it; a transfer to the police never is. */
export const maySeeDocument = (person: Person, document: { kind: string; services: readonly unknown[] }): boolean =>
  person.role !== 'INSTITUTION' || (document.services.length > 0 && document.kind !== 'TRANSFER');

/** Limits of a criminal transfer would tell of it. */
export const maySeeDeadline = (person: Person, code: string): boolean => person.role !== 'INSTITUTION' || !code.startsWith('D-TRANSFER-');
