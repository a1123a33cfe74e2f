// Who proposes to discard, who confirms, and the check that the second person confirms exactly what the first person proposed.
import { hash } from 'node:crypto';
import type { DiscardProposal } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { storable } from '../sql';

const LONGEST_REASON = 2_000;
const ROLES: readonly string[] = ['OPERATOR', 'PROVINCE_OFFICER'];

/** The person, if the role of the person may discard messages. Refuses forbidden `actor.not_allowed`. */
export const operatorOf = (actor: Actor | undefined): Actor => {
  if (actor && actor.officerId !== '' && ROLES.includes(actor.role)) return actor;
  throw new Refusal('forbidden', 'actor.not_allowed', '您的角色不能作废滞留消息', { field: 'actor.role', rule: ROLES.join(' | ') });
};

/** The reason as it is stored. Refuses invalid `discard.no_reason`. */
export const reasonOf = (reason: string): string => {
  const text = reason.trim();
  if (text !== '' && text.length <= LONGEST_REASON) return storable(text, LONGEST_REASON);
  throw new Refusal('invalid', 'discard.no_reason', '作废滞留消息须写明理由', { field: 'reason', rule: `1至${LONGEST_REASON}字` });
};

/** Refuses forbidden `discard.same_person`. */
export const checkSecond = (proposedBy: string, officerId: string): void => {
  if (proposedBy !== officerId) return;
  throw new Refusal('forbidden', 'discard.same_person', '提议作废与确认作废须为两人', { field: 'actor.officer_id' });
};

export const proposalChanged = (field: string): Refusal =>
  new Refusal('illegalMove', 'parked.proposal_changed', '作废提议在您查看之后已有变动,请重新查看后再确认', { field });

/** A proposal with its version, computed from person, time and reason. */
export const proposalWith = (proposal: Omit<DiscardProposal, 'version' | 'proposedAt'> & { proposedAt: Date }): DiscardProposal => {
  const { officerId, proposedAt, reason } = proposal;
  return { ...proposal, version: hash('sha256', JSON.stringify([officerId, proposedAt.toISOString(), reason])).slice(0, 32) };
};
