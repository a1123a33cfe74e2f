// The officers of a case (承办人): named when the case is triaged (分办), the main one (主办) first, at least two because two officers
// verify (行政处罚法 §42). Only they take the steps of handling; they neither review, check nor decide (rules §7.9). A change needs a
// reason and is an entry of the record.
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseOfficer, CaseStep } from '../case';
import { titleOfStep } from '../steps';

/** Steps that name the officers. */
export const NAMES_OFFICERS: readonly CaseStep[] = ['TRIAGE', 'NAME_OFFICERS'];

/** Steps that only a named officer takes. A hearing is recorded by a person who does not investigate (行政处罚法 §64). */
const HANDLING: readonly CaseStep[] = [
  'VERIFY',
  'FIND_FOUNDED',
  'FIND_UNFOUNDED',
  'ISSUE_NOTICE',
  'SERVE_NOTICE',
  'NOTIFY_HEARING',
  'CLOSE_REPLY',
  'PROPOSE',
  'SERVE_DECISION',
  'REPORT_CRIME',
  'REGISTER_EVIDENCE',
  'SETTLE_EVIDENCE',
  'SERVE_PENALTY',
];

/** Steps of people who judge what the officers propose. */
const JUDGING: readonly CaseStep[] = [
  'REVIEW',
  'RETURN_REVIEW',
  'LEGAL_CHECK',
  'RETURN_PROPOSAL',
  'DECIDE',
  'RETURN_DECISION',
  'DECIDE_PENALTY',
  'APPROVE_TRANSFER',
  'REFUSE_TRANSFER',
];

const RULE = '行政处罚法第四十二条、rules §7.9';

/** Refuses `case.same_person`: `what` is for somebody who does not handle the case. */
export const checkNotOfficer = ({ officers }: Pick<Case, 'officers'>, person: string, what: string): void => {
  if (!officers.some(({ id }) => id === person)) return;
  throw new Refusal('forbidden', 'case.same_person', `您是本案承办人，“${what}”须由其他人员办理`, {
    field: 'actor.officer_id',
    rule: 'rules §7.9',
  });
};

/** Refuses `case.officers_unnamed`, `case.not_officer`, `case.same_person`. */
export const checkOfficer = (theCase: Case, step: CaseStep, person: string): void => {
  const title = titleOfStep(step) ?? step;
  if (JUDGING.includes(step)) checkNotOfficer(theCase, person, title);
  if (!HANDLING.includes(step)) return;
  const { officers } = theCase;
  if (officers.length === 0) {
    const message = `本案尚未确定承办人，应先办理“确定承办人”，再办理“${title}”`;
    throw new Refusal('illegalMove', 'case.officers_unnamed', message, { field: 'officer_ids', rule: RULE });
  }
  if (officers.some(({ id }) => id === person)) return;
  const names = officers.map(({ id, name }) => name || id).join('、');
  throw new Refusal('forbidden', 'case.not_officer', `“${title}”由本案承办人（${names}）办理，您不是承办人`, {
    field: 'actor.officer_id',
    rule: RULE,
  });
};

const FEWEST = 2;
const MOST = 10;

const invalid = (reason: string, message: string): Refusal => new Refusal('invalid', reason, message, { field: 'officer_ids', rule: RULE });

/** The people who have judged in the case; they stay apart from its officers. */
const judges = ({ entries }: Case): Map<string, string> =>
  new Map(entries.filter(({ step }) => JUDGING.includes(step)).map(({ by, byName }) => [by, byName || by]));

/**
 * The officers that the step names; none for a step that names nobody. Refuses `case.officers_invalid` (fewer than two, one twice),
 * `case.officer_unknown` (not an officer of the authority), `case.same_person` (one of them has judged in the case).
 */
export const officersNamed = (
  theCase: Case,
  step: CaseStep,
  { officerIds, known }: { readonly officerIds: readonly string[]; readonly known: readonly CaseOfficer[] },
): readonly CaseOfficer[] => {
  if (!NAMES_OFFICERS.includes(step)) return [];
  const ids = new Set(officerIds);
  if (ids.size < FEWEST || ids.size > MOST || ids.size < officerIds.length)
    throw invalid('case.officers_invalid', `应确定${FEWEST}至${MOST}名承办人（第一名为主办），不得重复`);
  const named = officerIds.map((id) => known.find((officer) => officer.id === id) ?? id);
  const unknown = named.find((one) => typeof one === 'string');
  if (unknown !== undefined) throw invalid('case.officer_unknown', `办理本案的主管部门没有“${unknown}”这名经办人员`);
  const judging = judges(theCase);
  const judged = officerIds.find((id) => judging.has(id));
  if (judged !== undefined) {
    const message = `${judging.get(judged)}在本案中承担审核或者决定，不能担任承办人`;
    throw new Refusal('forbidden', 'case.same_person', message, { field: 'officer_ids', rule: 'rules §7.9' });
  }
  return named.filter((one) => typeof one !== 'string');
};
