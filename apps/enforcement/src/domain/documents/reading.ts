// What of a case's papers an institution reads: what was served on it and what it handed in itself; never a transfer to 公安.
import { notYours } from '@hengji/procedure/tables';
import type { Actor } from '../competence';

export interface Paper {
  /** A kind of document, or ATTACHMENT. */
  readonly kind: string;
  /** Served on the institution, or handed in by it. */
  readonly isServed: boolean;
}

/** Who sees the case at all is decided before. */
export const mayRead = (actor: Pick<Actor, 'role'>, { kind, isServed }: Paper): boolean =>
  actor.role !== 'INSTITUTION' || (isServed && kind !== 'TRANSFER');

/** Refuses `document.not_yours`. */
export const checkReads = (actor: Actor, paper: Paper): void => {
  if (!mayRead(actor, paper)) throw notYours();
};
