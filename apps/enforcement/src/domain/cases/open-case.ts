// Opening a case: a lead with its ground, under the authority of the filing.
import { Refusal } from '@hengji/domain-kit';
import { LONGEST_TEXT } from '@hengji/procedure/tables';
import { jointlyWith, type Actor, type Filing } from '../competence';
import type { Violation } from '../order';
import type { Case, LeadSource } from './case';
import { withEntry } from './record';
import { checkTaker } from './take-step';

export interface OpenAsked {
  readonly id: string;
  readonly actor: Actor;
  readonly byName: string;
  readonly institution: string;
  readonly source: LeadSource;
  readonly grounds: readonly Violation[];
  readonly summary: string;
}

/** Refuses `case.no_ground`, `case.no_summary`. */
export const checkOpen = ({ grounds, summary }: OpenAsked): void => {
  if (grounds.length === 0) throw new Refusal('invalid', 'case.no_ground', '线索应写明涉嫌的违规情形', { field: 'grounds', rule: 'N3.5b' });
  if (summary.trim() === '' || summary.length > LONGEST_TEXT) {
    throw new Refusal('invalid', 'case.no_summary', `线索应写明事由，不超过${LONGEST_TEXT}字`, { field: 'summary', rule: 'rules §7.9' });
  }
};

/** The new case with its first entry. Refuses as `checkOpen`, `case.role_forbidden`, `case.out_of_territory`. */
export const decideOpen = (asked: OpenAsked, filing: Filing, number: string, now: Date): Case => {
  checkOpen(asked);
  const { id, actor, byName, institution, source, grounds, summary } = asked;
  checkTaker({ authority: filing.authority, institution }, 'OPEN', actor);
  const empty: Case = {
    id,
    number,
    institution,
    institutionName: filing.name,
    formerNumber: '',
    authority: filing.authority,
    filedWith: filing.authority,
    officers: [],
    jointlyWith: jointlyWith(filing),
    state: 'LEAD',
    suspended: false,
    penaltyTrack: 'none',
    transferTrack: 'none',
    source,
    grounds: [...new Set(grounds)],
    summary,
    openedBy: actor.officerId,
    openedAt: now,
    noticeServedAt: null,
    decision: null,
    decisionServedAt: null,
    publicNotice: null,
    actEnd: null,
    entries: [],
  };
  return withEntry(empty, { step: 'OPEN', by: actor.officerId, byName, at: now, text: summary, attachmentIds: [] });
};
