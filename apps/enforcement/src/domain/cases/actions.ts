// What a person may do in a case beside its steps, and with what its file holds: sent with every read, so that a screen shows what is
// said here and works nothing out. Each is the offer of a call that checks again.
import { isOpenRectification, type Rectification } from '../aftermath/rectification';
import { isCompetent, type Actor } from '../competence';
import { isServedByHand } from '../documents/issuing';
import type { Case, DocumentKind, OrderOfCase } from './case';
import { isDraftable } from './gates';
import { hasReached } from './lifecycle';

export type CaseAction = 'draftOrder' | 'issueDocument';

/** Documents by hand are made while the decision is carried out. */
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

/** The institution hands in as often as it wants until it passed; officers check what was handed in. */
export const rectificationActions = (
  one: Pick<Rectification, 'state'>,
  { theCase: { institution, authority }, actor }: Reading,
): ('giveEvidence' | 'recheck')[] => {
  if (actor.role === 'INSTITUTION') return actor.institution === institution && isOpenRectification(one) ? ['giveEvidence'] : [];
  return isCompetent(actor, authority) && one.state === 'EVIDENCE_GIVEN' ? ['recheck'] : [];
};

export const followUpActions = ({ done }: { readonly done: boolean }, { theCase, actor }: Reading): 'finish'[] =>
  isCompetent(actor, theCase.authority) && !done ? ['finish'] : [];
