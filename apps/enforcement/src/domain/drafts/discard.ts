// Discarding a draft (废弃草稿): its trace stays, it can never be previewed, signed or named again. A person gives a reason; the end of a
// case discards the drafts that can no longer be used.
import { Refusal } from '@hengji/domain-kit';
import type { Case, OrderOfCase } from '../cases/case';
import { DRAFTABLE_TRACKS } from '../cases/gates';
import { hasEnded } from '../cases/record';
import { checkCompetence, type Actor } from '../competence';
import { LONGEST_REASON } from '../gates';
import { move, quietly, type Decision, type Order } from '../order';
import { isUnsigned } from './draft';

/** Refuses `order.draft_changed`: another person has changed the draft since this person read it. `seen` 0 = not compared. */
export const checkRevision = ({ revision }: Pick<Order, 'revision'>, seen: number): void => {
  if (seen === 0 || seen === revision) return;
  const message = `您看到的是草稿第${seen}版，现在已是第${revision}版：他人作了修改。请先查看修改内容；您填写的内容没有丢失`;
  throw new Refusal('conflict', 'order.draft_changed', message, { field: 'revision', rule: 'design' });
};

/** Refuses `order.draft_decided`: the decision of the case is on this draft. */
export const checkUndecided = (theCase: Pick<Case, 'decision'>, orderId: string): void => {
  if (theCase.decision?.orderId !== orderId) return;
  throw new Refusal('illegalMove', 'order.draft_decided', '处理决定已针对这份草稿作出，不能修改或者废弃；应先自行纠正', {
    field: 'order_id',
    rule: 'rules §7.9',
  });
};

export interface Discard {
  /** Empty: the end of the case. */
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
  /** The draft that replaces this one; empty if there is none. */
  readonly replacedBy: string;
}

/** Refuses `order.illegal_move`. */
export const decideDiscard = (order: Order, { by, reason, at, replacedBy }: Discard): Decision =>
  quietly({ ...order, state: move(order, 'discard'), discarded: { by, reason, at }, replacedByDraft: replacedBy });

export interface DiscardAsked {
  readonly actor: Actor;
  readonly reason: string;
  /** The version that the person read; 0 = not compared. */
  readonly revision: number;
}

/** Refuses `order.no_reason`, `order.draft_changed`, `order.draft_decided`, and a person without competence. */
export const checkDiscard = (order: Order, theCase: Pick<Case, 'decision'>, { actor, reason, revision }: DiscardAsked): void => {
  checkCompetence(actor, order.authority);
  move(order, 'discard');
  if (reason.trim() === '' || reason.length > LONGEST_REASON) {
    const message = `废弃草稿应写明理由，不超过${LONGEST_REASON}字`;
    throw new Refusal('invalid', 'order.no_reason', message, { field: 'reason', rule: 'design' });
  }
  checkUndecided(theCase, order.id);
  checkRevision(order, revision);
};

const ENDS = { DISMISSED: '案件不予处理', UNFOUNDED: '案件查证不属实', CLOSED: '案件已办结' } as const;

/** The drafts that can no longer be used in the case as it now is, and why; a running transfer keeps its drafts. */
export const uselessDrafts = (
  { state, transferTrack }: Pick<Case, 'state' | 'transferTrack'>,
  orders: readonly OrderOfCase[],
): { readonly id: string; readonly reason: string }[] => {
  if (!hasEnded(state)) return [];
  const isTransferOpen = DRAFTABLE_TRACKS.some((track) => track === transferTrack);
  const reason = `${ENDS[state as keyof typeof ENDS]}，草稿随案废弃`;
  return orders.flatMap((order) => (isUnsigned(order) && !(order.kind === 'transfer' && isTransferOpen) ? [{ id: order.id, reason }] : []));
};
