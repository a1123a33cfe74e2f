// Who handles, reviews and decides a case, as the table of the procedure uses it: the checks of a step, what a form has to ask, the
// particulars of its entry, and what it changes of the case. The rules are in the other files of this folder.
import type { Actor } from '../../competence';
import type { Case, CaseEntry, CaseStep } from '../case';
import type { StepAsked, Surroundings } from '../terms';
import { documentNoOf, receiverOf, RESTS_ON_DOCUMENT } from './jurisdiction';
import { checkOfficer, NAMES_OFFICERS, officersNamed } from './officers';
import { checkPost } from './posts';
import { checkStage } from './review';

interface By {
  readonly actor: Actor;
  readonly person: string;
}

/** Refuses as `checkPost`, `checkStage`, `checkOfficer`. */
export const checkChain = (theCase: Case, step: CaseStep, { actor, person }: By): void => {
  checkPost(step, actor);
  checkStage(theCase, step);
  checkOfficer(theCase, step, person);
};

/** OFFICERS: who is named. DOCUMENT_NO: the number of the document. AUTHORITY: the authority that gets the case. */
export const chainNeeds = (step: CaseStep): string[] => [
  ...(NAMES_OFFICERS.includes(step) ? ['OFFICERS'] : []),
  ...(RESTS_ON_DOCUMENT.includes(step) ? ['DOCUMENT_NO'] : []),
  ...(step === 'DESIGNATE' ? ['AUTHORITY'] : []),
];

type Particulars = Pick<CaseEntry, 'documentNo' | 'counterpart' | 'officers'>;

/** The particulars of the entry. Refuses as `documentNoOf`, `receiverOf`, `officersNamed`. */
export const chainEntry = (theCase: Case, asked: StepAsked, { known = [] }: Surroundings): Particulars => ({
  documentNo: documentNoOf(asked.step, asked),
  counterpart: receiverOf(theCase, asked.step, asked),
  officers: officersNamed(theCase, asked.step, { officerIds: asked.officerIds, known }),
});

/** What naming officers and handing over changes. The authority that gets the case names its own officers. */
export const handedOver = (theCase: Case, asked: StepAsked, around: Surroundings): Pick<Case, 'authority' | 'officers'> => {
  const { counterpart, officers } = chainEntry(theCase, asked, around);
  return { authority: counterpart === '' ? theCase.authority : counterpart, officers };
};
