// Who has done what in a case, read from its record. Nobody holds two of {verifier, legal checker, decider} in one case (rules
// §7.9): a part that was held once is held for good, also when the proposal was returned or the decision taken back.
import { checkSeparate as checkParts, doubled as doubledIn, lastTakerOf, takersOf, type Procedure } from '@hengji/procedure/tables';
import type { Case, CaseStep } from './case';
import { STEPS } from './steps';
import type { CaseTerms } from './terms';

export const WORDING = {
  noun: 'case',
  called: '本案',
  outOfTerritory: '该案由其他主管部门管辖或不涉及您所在机构，您无权办理',
  suspended: '本案因等待刑事案件结果中止，恢复前不能办理',
  parts: { verifier: '核查', legalChecker: '法制审核', decider: '决定' },
  basis: { who: 'rules §7.9', text: '行政处罚法第四十七条', service: '行政处罚法第六十一条' },
} as const satisfies Procedure<CaseTerms>['wording'];

const TABLES = { steps: STEPS, wording: WORDING } as const;

type Recorded = Pick<Case, 'entries'>;

/** Officers who verified, each once, in the order of their first record. */
export const verifiersOf = (theCase: Recorded): string[] => takersOf(theCase, 'VERIFY');

/** Who passed the proposal last; empty before. */
export const legalCheckerOf = (theCase: Recorded): string => lastTakerOf(theCase, 'LEGAL_CHECK');

/** Who decided last; empty before. */
export const deciderOf = (theCase: Recorded): string => lastTakerOf(theCase, 'DECIDE');

/** Who approved the transfer last; empty before. */
export const transferApproverOf = (theCase: Recorded): string => lastTakerOf(theCase, 'APPROVE_TRANSFER');

/** Refuses `case.same_person`: who holds one of the three parts may not take a step of another. `what` names it where it is no step. */
export const checkSeparate = (theCase: Recorded, step: CaseStep, person: string, what?: string): void =>
  checkParts<CaseTerms>(TABLES, theCase, { step, person, ...(what === undefined ? {} : { what }) });

/** People who hold two parts. Always empty: the second lock on what `checkSeparate` decides. */
export const doubled = (theCase: Recorded): string[] => doubledIn<CaseTerms>(TABLES, theCase);
