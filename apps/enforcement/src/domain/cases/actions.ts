// The actions of a person in a case beside its steps, and on the contents of its file. Each read includes these actions, so
// that a screen shows them and computes no rule of its own. The call of an action checks the rule again.
import { isOpenRectification, type Rectification } from '../aftermath/rectification';
import { isCompetent, type Actor } from '../competence';
import { isServedByHand } from '../documents/issuing';
import type { Case, DocumentKind, OrderOfCase } from './case';
import { isDraftable } from './gates';
import { hasReached } from './lifecycle';

export type CaseAction = 'draftOrder' | 'issueDocument';

/** Documents that no step issues are made while the decision is carried out. */
const isCarriedOutNow = ({ state }: Pick<Case, 'state'>): boolean => hasReached(state, 'EXECUTING') && !hasReached(state, 'CLOSED');

export const caseActions = (theCase: Case, actor: Actor): CaseAction[] => {
  if (!isCompetent(actor, theCase.authority)) return [];
  return [...(isDraftable(theCase) ? ['draftOrder' as const] : []), ...(isCarriedOutNow(theCase) ? ['issueDocument' as const] : [])];
};

interface Paper {
  readonly kind: DocumentKind | 'UNSPECIFIED';
  readonly orderId: string;
  readonly isServed: boolean;
}

export interface Reading {
  readonly theCase: Case;
  readonly orders: readonly OrderOfCase[];
  readonly actor: Actor;
}

export const documentActions = ({ kind, orderId, isServed }: Paper, { theCase, orders, actor }: Reading): 'serve'[] => {
  if (kind === 'UNSPECIFIED' || isServed || !isCompetent(actor, theCase.authority)) return [];
  const isInterim = orders.some((order) => order.id === orderId && order.kind === 'interim');
  return isServedByHand(kind, isInterim) ? ['serve'] : [];
};

/** The institution may submit evidence any number of times until the rectification passes; officers check submitted evidence. */
export const rectificationActions = (
  one: Pick<Rectification, 'state'>,
  { theCase: { institution, authority }, actor }: Reading,
): ('giveEvidence' | 'recheck')[] => {
  if (actor.role === 'INSTITUTION') return actor.institution === institution && isOpenRectification(one) ? ['giveEvidence'] : [];
  return isCompetent(actor, authority) && one.state === 'EVIDENCE_GIVEN' ? ['recheck'] : [];
};

export const followUpActions = ({ done }: { readonly done: boolean }, { theCase, actor }: Reading): 'finish'[] =>
  isCompetent(actor, theCase.authority) && !done ? ['finish'] : [];
