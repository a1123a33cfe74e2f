// The posts (岗位) that decide. The head or a deputy of the authority decides (行政处罚法 §57) and signs; the head of the department
// reviews the proposal before the legal check (呈批, rules §7.9). A person without a post is no head.
import { Refusal } from '@hengji/domain-kit';
import type { Actor, PostLevel } from '../../competence';
import type { CaseStep } from '../case';
import { titleOfStep } from '../steps';

/** Steps that only a person of this level takes. */
const LEVEL_OF: Partial<Record<CaseStep, PostLevel>> = {
  REVIEW: 'DEPARTMENT_HEAD',
  RETURN_REVIEW: 'DEPARTMENT_HEAD',
  DECIDE: 'HEAD',
  RETURN_DECISION: 'HEAD',
  DECIDE_PENALTY: 'HEAD',
  GRANT_RECUSAL: 'HEAD',
  REFUSE_RECUSAL: 'HEAD',
  APPROVE_TRANSFER: 'HEAD',
  REFUSE_TRANSFER: 'HEAD',
  TAKE_OVER: 'HEAD',
  DESIGNATE: 'HEAD',
};

/** A recusal too is decided by the head (行政处罚法 §43). */
const HEAD_RULE = '行政处罚法第五十七条';

/** Refuses `order.not_head`: `what` is a decision of the head or a deputy of the authority. */
export const checkHead = ({ postLevel }: Actor, what: string): void => {
  if (postLevel === 'HEAD') return;
  const message = `${what}须由行政机关负责人（含分管负责人）办理，您的岗位不是负责人`;
  throw new Refusal('forbidden', 'order.not_head', message, { field: 'actor.post', rule: HEAD_RULE });
};

/** Refuses `case.not_head` and `case.not_department_head`. */
export const checkPost = (step: CaseStep, { postLevel }: Actor): void => {
  const needed = LEVEL_OF[step];
  if (needed === undefined || needed === postLevel) return;
  const title = titleOfStep(step) ?? step;
  if (needed === 'HEAD') {
    const message = `“${title}”须由行政机关负责人（含分管负责人）办理，您的岗位不是负责人`;
    throw new Refusal('forbidden', 'case.not_head', message, { field: 'actor.post', rule: HEAD_RULE });
  }
  const message = `“${title}”须由承办部门负责人办理，您的岗位不是部门负责人`;
  throw new Refusal('forbidden', 'case.not_department_head', message, { field: 'actor.post', rule: 'rules §7.9' });
};
