// Who has done what in a case, read from its record. Nobody holds two of {verifier, legal checker, decider} in one case (rules
// §7.9): a part that was held once is held for good, also when the proposal was returned or the decision taken back.
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseEntry, CaseStep } from './case';
import { ruleOf, type Part } from './steps';

const PART_NAMES = { verifier: '核查', legalChecker: '法制审核', decider: '决定' } as const satisfies Record<Part, string>;

const byOf = (entries: readonly CaseEntry[], step: CaseStep): string[] => [
  ...new Set(entries.filter((entry) => entry.step === step).map(({ by }) => by)),
];

/** Officers who verified, each once, in the order of their first record. */
export const verifiersOf = ({ entries }: Pick<Case, 'entries'>): string[] => byOf(entries, 'VERIFY');

const lastBy = (entries: readonly CaseEntry[], step: CaseStep): string => entries.findLast((entry) => entry.step === step)?.by ?? '';

/** Who passed the proposal last; empty before. */
export const legalCheckerOf = ({ entries }: Pick<Case, 'entries'>): string => lastBy(entries, 'LEGAL_CHECK');

/** Who decided last; empty before. */
export const deciderOf = ({ entries }: Pick<Case, 'entries'>): string => lastBy(entries, 'DECIDE');

/** Who approved the transfer last; empty before. */
export const transferApproverOf = ({ entries }: Pick<Case, 'entries'>): string => lastBy(entries, 'APPROVE_TRANSFER');

/** The parts that this person has held in the case. */
export const partsOf = ({ entries }: Pick<Case, 'entries'>, person: string): Set<Part> =>
  new Set(entries.flatMap(({ by, step }) => (by === person ? (ruleOf(step).part ?? []) : [])));

/** Refuses `case.same_person`: who holds one of the three parts may not take a step of another. */
export const checkSeparate = (theCase: Pick<Case, 'entries'>, step: CaseStep, person: string, what = ruleOf(step).title): void => {
  const { part } = ruleOf(step);
  if (!part) return;
  const held = [...partsOf(theCase, person)].find((other) => other !== part);
  if (held) {
    const message = `您在本案中已承担${PART_NAMES[held]}，不能再办理“${what}”：核查、法制审核、决定须由不同人员承担`;
    throw new Refusal('forbidden', 'case.same_person', message, { field: 'actor.officer_id', rule: 'rules §7.9' });
  }
};

/** People who hold two parts. Always empty: the second lock on what `checkSeparate` decides. */
export const doubled = (theCase: Pick<Case, 'entries'>): string[] =>
  [...new Set(theCase.entries.map(({ by }) => by))].filter((person) => partsOf(theCase, person).size > 1);
