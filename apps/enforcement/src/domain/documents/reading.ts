// The documents of a case that an institution may read: those served on it and those it submitted; never a transfer to 公安.
import { notYours } from '@hengji/procedure/tables';
import type { Actor } from '../competence';

export interface Paper {
  /** A kind of document, or ATTACHMENT. */
  readonly kind: string;
  /** Served on the institution, or submitted by it. */
  readonly isServed: boolean;
}

/** The caller has already checked who may read the case. */
export const mayRead = (actor: Pick<Actor, 'role'>, { kind, isServed }: Paper): boolean =>
  actor.role !== 'INSTITUTION' || (isServed && kind !== 'TRANSFER');

/** Refuses `document.not_yours`. */
export const checkReads = (actor: Actor, paper: Paper): void => {
  if (!mayRead(actor, paper)) throw notYours();
};
