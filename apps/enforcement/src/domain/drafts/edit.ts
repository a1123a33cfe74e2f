// Editing a draft (修改草稿). Until a step of the case names the draft, its content gets a new version. After that the named content never
// changes (gate THIS_DRAFT): a new draft replaces it, and the case takes those steps again on the new draft (行政处罚法 §44, §58).
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseStep } from '../cases/case';
import { ruleOf } from '../cases/steps';
import { checkCompetence } from '../competence';
import { decideDraft, type DraftAsked } from '../gates';
import { move, quietly, type Decision, type Order } from '../order';
import { changesBetween, contentOf } from './changes';
import { draftersOf } from './draft';
import { checkRevision, checkUndecided, decideDiscard } from './discard';

/** The steps that name a draft, in the sequence of the main line. */
const NAMING = [
  'ISSUE_NOTICE',
  'SERVE_NOTICE',
  'PROPOSE',
  'LEGAL_CHECK',
  'DECIDE',
  'APPROVE_TRANSFER',
] as const satisfies readonly CaseStep[];

/** The steps of the case that name the draft. */
export const stepsNaming = ({ entries }: Pick<Case, 'entries'>, orderId: string): CaseStep[] =>
  NAMING.filter((step) => entries.some((entry) => entry.step === step && entry.orderId === orderId));

/** What an edit leads to, in words for the officer; empty where it only makes a new version. */
export const editNote = (theCase: Pick<Case, 'entries'>, order: Pick<Order, 'id'>): string => {
  const named = stepsNaming(theCase, order.id).map((step) => `“${ruleOf(step).title}”`);
  if (named.length === 0) return '';
  return `本案的${named.join('、')}已针对这份草稿作出。修改后形成新草稿，原草稿废弃，以上步骤须就新草稿重新办理`;
};

export interface EditAsked extends DraftAsked {
  /** The version that the person read; 0 = not compared. */
  readonly revision: number;
  readonly repeatSteps: boolean;
}

/** The draft with its new version, or the discarded draft with the one that replaces it. */
export interface Edited {
  readonly decision: Decision;
  readonly replacement: Order | null;
}

const checkEdit = (order: Order, theCase: Case, asked: EditAsked): void => {
  checkCompetence(asked.actor, order.authority);
  move(order, 'edit');
  checkUndecided(theCase, order.id);
  checkRevision(order, asked.revision);
  if (asked.scope.institution !== order.scope.institution) {
    const message = '草稿不能改为针对其他机构，应另行起草';
    throw new Refusal('invalid', 'order.other_case', message, { field: 'scope.institution', rule: 'rules §7.9' });
  }
  if (changesBetween(contentOf(order), contentOf(asked)).length === 0)
    throw new Refusal('invalid', 'order.unchanged', '草稿内容没有变化', { field: 'revision', rule: 'design' });
};

const lastOf = (people: readonly string[], person: string): string[] => [...people.filter((one) => one !== person), person];

/**
 * Edits the draft; `asked.id` is the id of a replacement. Refuses `order.draft_named` unless `repeatSteps`, `order.draft_changed`,
 * `order.draft_decided`, `order.other_case`, `order.unchanged`, `order.illegal_move`, and as `decideDraft`.
 */
export const decideEdit = (order: Order, theCase: Case, asked: EditAsked, now: Date): Edited => {
  checkEdit(order, theCase, asked);
  const { institutionName: name, filedWith, authority, caseId, draftedBy, draftedAt, replacesDraft, revision } = order;
  const fresh = decideDraft({ ...asked, caseId }, { name, authority: filedWith, handledBy: authority }, now);
  const note = editNote(theCase, order);
  const by = asked.actor.officerId;
  if (note === '') {
    const kept = { id: order.id, draftedBy, draftedAt, replacesDraft };
    const next = { ...fresh, ...kept, state: move(order, 'edit'), revision: revision + 1, editedBy: lastOf(order.editedBy, by) };
    return { decision: quietly(next), replacement: null };
  }
  if (!asked.repeatSteps) throw new Refusal('conflict', 'order.draft_named', note, { field: 'repeat_steps', rule: 'rules §7.9' });
  // Who wrote the old draft also wrote the new one: neither may decide or sign it.
  const replacement = { ...fresh, replacesDraft: order.id, editedBy: draftersOf(order).filter((one) => one !== by) };
  const discard = { by, reason: '修改后由新草稿取代', at: now, replacedBy: asked.id };
  return { decision: decideDiscard(order, discard), replacement };
};
