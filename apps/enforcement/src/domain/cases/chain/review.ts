// The approval chain (呈批) of a proposal: 承办人 → 部门负责人 → 法制审核 → 负责人. Each stage may return it (退回); a new proposal
// passes all stages again. The people are held apart by people.ts and officers.ts. Basis: 行政处罚法 §57, §58; rules §7.9.
import type { Case, CaseStep } from '../case';
import { illegal } from '../tracks/illegal';

const last = ({ entries }: Case, step: CaseStep): number => entries.findLastIndex((entry) => entry.step === step);

/** Whether the head of the department has passed the present proposal. */
export const isReviewed = (theCase: Case): boolean => last(theCase, 'REVIEW') > last(theCase, 'PROPOSE');
export const isUnreviewed = (theCase: Case): boolean => !isReviewed(theCase);

/** Refuses `case.illegal_move` for a stage out of turn. */
export const checkStage = (theCase: Case, step: CaseStep): void => {
  if (step === 'LEGAL_CHECK' && isUnreviewed(theCase)) throw illegal('处理建议须先经部门负责人审核，再作法制审核');
  if ((step === 'REVIEW' || step === 'RETURN_REVIEW') && isReviewed(theCase)) throw illegal('部门负责人已审核本次处理建议');
};
