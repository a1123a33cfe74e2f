// Who has taken which part in a case, read from its record. Nobody holds two of {verifier, reviewer of the department, legal
// checker, decider} in one case (N2.1d, rules §7.9). A part stays with its person, also after the proposal was returned or the decision corrected.
import { checkSeparate as checkParts, doubled as doubledIn, lastTakerOf, takersOf, type Procedure } from '@hengji/procedure/tables';
import { outOfTerritoryWords } from '../competence';
import type { Case, CaseStep } from './case';
import { recusedBy } from './particulars/recusal';
import { STEPS } from './steps';
import type { CaseTerms } from './terms';

export const WORDING = {
  noun: 'case',
  called: '本案',
  outOfTerritory: (actor, { authority }) => outOfTerritoryWords(actor, authority, '该案由其他主管部门管辖或不涉及您所在机构，您无权办理'),
  suspended: '本案因等待刑事案件结果中止，恢复前不能办理',
  parts: { verifier: '核查', reviewer: '部门审核', legalChecker: '法制审核', decider: '决定' },
  basis: { who: 'rules §7.9', text: '行政处罚法第四十七条', service: '行政处罚法第六十一条', evidence: '行政处罚法第四十六条' },
} as const satisfies Procedure<CaseTerms>['wording'];

const TABLES = { steps: STEPS, wording: WORDING } as const;

type Recorded = Pick<Case, 'entries'>;

/** Officers who verified and are not recused, each once, in the sequence of their first record. */
export const verifiersOf = (theCase: Recorded): string[] => {
  const recused = recusedBy(theCase.entries);
  return takersOf(theCase, 'VERIFY').filter((person) => !recused.has(person));
};

/** What a recused person has checked or decided does not count (particulars/recusal.ts). */
const lastOf = (theCase: Recorded, step: CaseStep): string => {
  const person = lastTakerOf(theCase, step);
  return recusedBy(theCase.entries).has(person) ? '' : person;
};

/** The last legal checker who passed the proposal; empty if there is none, or if this person is recused. */
export const legalCheckerOf = (theCase: Recorded): string => lastOf(theCase, 'LEGAL_CHECK');

/** The last decider; empty if there is none, or if this person is recused. */
export const deciderOf = (theCase: Recorded): string => lastOf(theCase, 'DECIDE');

/** The last person who approved the transfer; empty if there is none, or if this person is recused. */
export const transferApproverOf = (theCase: Recorded): string => lastOf(theCase, 'APPROVE_TRANSFER');

/**
 * Refuses `case.same_person`: a person with one of the three parts may not take a step of another part. `what` names the act if
 * it is not a step.
 */
export const checkSeparate = (theCase: Recorded, step: CaseStep, person: string, what?: string): void =>
  checkParts<CaseTerms>(TABLES, theCase, { step, person, ...(what === undefined ? {} : { what }) });

/** People with two parts. Always empty: a second check of the rule in `checkSeparate`. */
export const doubled = (theCase: Recorded): string[] => doubledIn<CaseTerms>(TABLES, theCase);
