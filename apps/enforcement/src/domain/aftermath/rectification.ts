// 整改 (M6): the order sets a day, the institution submits evidence, and officers check on site. The result needs the same
// finding by two different officers; if two officers differ, a third officer decides. A passed rectification lifts nothing by
// itself. A lifting by the ground CONDITION_MET may rest on a passed rectification (rules §7.9).
import { Refusal } from '@hengji/domain-kit';
import type { Actor } from '../competence';
import type { LiftGround } from '../order';

export const RECTIFICATION_STATES = ['OPEN', 'EVIDENCE_GIVEN', 'PASSED', 'FAILED', 'WITHDRAWN'] as const;
export type RectificationState = (typeof RECTIFICATION_STATES)[number];

export interface Evidence {
  readonly text: string;
  readonly attachmentIds: readonly string[];
  readonly by: string;
  readonly at: Date;
}

export interface Check {
  /** Number of the evidence that was checked, from 1. */
  readonly round: number;
  readonly by: string;
  readonly byName: string;
  readonly passed: boolean;
  readonly text: string;
  readonly at: Date;
}

export interface Rectification {
  readonly orderId: string;
  readonly caseId: string;
  readonly institution: string;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly state: RectificationState;
  readonly openedAt: Date;
  /** When the rectification passed or was withdrawn. */
  readonly closedAt: Date | null;
  readonly evidence: readonly Evidence[];
  readonly checks: readonly Check[];
}

const LONGEST_TEXT = 5_000;
const RULE = 'N3.5c';

export const openRectification = (
  opened: Pick<Rectification, 'orderId' | 'caseId' | 'institution' | 'dueOn' | 'openedAt'>,
): Rectification => ({
  ...opened,
  state: 'OPEN',
  closedAt: null,
  evidence: [],
  checks: [],
});

/** True until the rectification passed or its order was taken back; a failed rectification is open too. */
export const isOpenRectification = ({ state }: Pick<Rectification, 'state'>): boolean => state !== 'PASSED' && state !== 'WITHDRAWN';

const checkOpen = (one: Rectification): void => {
  if (!isOpenRectification(one))
    throw new Refusal('illegalMove', 'rectification.closed', '该整改已经办结', { field: 'order_id', rule: RULE });
};

const checkText = (text: string, what: string): void => {
  if (text.trim() === '' || text.length > LONGEST_TEXT)
    throw new Refusal('invalid', 'rectification.text_missing', `${what}，不超过${LONGEST_TEXT}字`, { field: 'text', rule: RULE });
};

/** Adds the institution's evidence and starts a new round of re-checks. Refuses `rectification.not_yours`, `.closed`, `.text_missing`. */
export const giveEvidence = (one: Rectification, actor: Actor, evidence: Evidence): Rectification => {
  if (actor.role !== 'INSTITUTION' || actor.institution !== one.institution)
    throw new Refusal('forbidden', 'rectification.not_yours', '整改材料由被责令整改的机构提交', { field: 'actor.institution', rule: RULE });
  checkOpen(one);
  checkText(evidence.text, '请写明整改情况');
  return { ...one, state: 'EVIDENCE_GIVEN', evidence: [...one.evidence, evidence] };
};

/** The finding that two different officers of the round share; null while no two officers share one. */
const findingOf = (checks: readonly Check[]): boolean | null => {
  for (const finding of [true, false]) if (checks.filter(({ passed }) => passed === finding).length >= 2) return finding;
  return null;
};

/**
 * Adds one officer's re-check; the second check with the same finding decides. The caller checks competence. Refuses
 * `rectification.closed`, `.no_evidence`, `.same_person` (once a round), `.text_missing`.
 */
export const checkRectification = (one: Rectification, found: Omit<Check, 'round'>): Rectification => {
  checkOpen(one);
  if (one.state !== 'EVIDENCE_GIVEN')
    throw new Refusal('illegalMove', 'rectification.no_evidence', '机构尚未提交整改材料，不能复查', { field: 'order_id', rule: RULE });
  checkText(found.text, found.passed ? '请写明现场复查情况' : '复查不合格的，请写明原因');
  const round = one.evidence.length;
  const ofRound = one.checks.filter((check) => check.round === round);
  if (ofRound.some(({ by }) => by === found.by))
    throw new Refusal('forbidden', 'rectification.same_person', '您已复查过本次整改材料，须由另一名工作人员复查', {
      field: 'actor.officer_id',
      rule: '行政处罚法第四十二条',
    });
  const check = { ...found, round };
  const finding = findingOf([...ofRound, check]);
  const next = { ...one, checks: [...one.checks, check] };
  if (finding === null) return next;
  return finding ? { ...next, state: 'PASSED', closedAt: found.at } : { ...next, state: 'FAILED' };
};

/** Withdraws the rectification because the order that demanded it was taken back. */
export const withdrawRectification = (one: Rectification, at: Date): Rectification =>
  isOpenRectification(one) ? { ...one, state: 'WITHDRAWN', closedAt: at } : one;

export interface StopLifting {
  /** Whether the lifting takes back a stop (M1). */
  readonly liftsStop: boolean;
  readonly ground: LiftGround;
  /** The order whose own RECTIFY is lifted with the stop; empty when RECTIFY is not lifted. */
  readonly withdraws: string;
}

const BINDING: readonly LiftGround[] = ['RECONSIDERATION', 'COURT'];

/**
 * Refuses `order.rectification_open`: a stop is not lifted while a rectification of its case is open (rules §7.9). The grounds
 * COURT and RECONSIDERATION are exempt. A rectification that the lifting itself takes back does not count.
 */
export const checkStopLifting = ({ liftsStop, ground, withdraws }: StopLifting, ofCase: readonly Rectification[]): void => {
  if (!liftsStop || BINDING.includes(ground)) return;
  const open = ofCase.filter(isOpenRectification).filter(({ orderId }) => ground === 'CONDITION_MET' || orderId !== withdraws);
  if (open.length > 0) {
    throw new Refusal('illegalMove', 'order.rectification_open', '本案责令的整改尚未复查合格，不能解除停止评价', {
      field: 'order_id',
      rule: 'rules §7.9',
    });
  }
};
