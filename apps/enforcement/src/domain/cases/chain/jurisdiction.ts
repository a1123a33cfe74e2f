// Who handles a case after another authority took it over (提级办理) or was designated (指定管辖、交办). A city handles what is filed
// with it; the province takes a case over, or gives it to a city, by a recorded act with reason and document number. From then on the
// case and its orders are that authority's, in its own name and number series. Basis: N3.4, rules §7.9.
import { Refusal, type Lifecycle } from '@hengji/domain-kit';
import { authorityShortName, isAuthority, PROVINCE } from '@hengji/province';
import type { Case, CaseStep } from '../case';
import { hasEnded } from '../record';
import { illegal } from '../tracks/illegal';

/** Characters of a document number that was typed. */
const LONGEST_NUMBER = 100;

export type Handling = 'running' | 'asked' | 'over';

export const HANDLING_LIFECYCLE = {
  running: { ASK_TAKE_OVER: 'asked', TAKE_OVER: 'running', DESIGNATE: 'running', NAME_OFFICERS: 'running' },
  asked: { TAKE_OVER: 'running', DESIGNATE: 'running', NAME_OFFICERS: 'asked' },
  over: {},
} as const satisfies Lifecycle<Handling, CaseStep>;

/** Whether the city has asked the province to take the case over, and has no answer yet. */
export const isAsked = ({ entries }: Pick<Case, 'entries'>): boolean =>
  entries.findLast(({ step }) => step === 'ASK_TAKE_OVER' || step === 'TAKE_OVER' || step === 'DESIGNATE')?.step === 'ASK_TAKE_OVER';

export const handlingOf = (theCase: Case): Handling => {
  if (hasEnded(theCase.state)) return 'over';
  return isAsked(theCase) ? 'asked' : 'running';
};

/** Refuses `case.illegal_move`: a case that the province handles is not taken over, and a province-level institution is not designated. */
export const checkJurisdiction = ({ authority, filedWith }: Case, step: CaseStep): void => {
  if ((step === 'TAKE_OVER' || step === 'ASK_TAKE_OVER') && authority === PROVINCE) throw illegal('本案已由省级办理');
  if (step === 'DESIGNATE' && filedWith === PROVINCE) throw illegal('省级评价机构的案件由省级办理，不能交市办理');
};

/** The steps that rest on a document of the province. */
export const RESTS_ON_DOCUMENT: readonly CaseStep[] = ['TAKE_OVER', 'DESIGNATE'];

interface Particulars {
  readonly documentNo: string;
  readonly counterpart: string;
}

/** The document number of the step. Refuses `case.document_no_missing`. */
export const documentNoOf = (step: CaseStep, { documentNo }: Particulars): string => {
  if (!RESTS_ON_DOCUMENT.includes(step)) return '';
  const number = documentNo.trim();
  if (number !== '' && number.length <= LONGEST_NUMBER) return number;
  throw new Refusal('invalid', 'case.document_no_missing', `应写明所依据文件的文号，不超过${LONGEST_NUMBER}字`, {
    field: 'document_no',
    rule: 'rules §7.9',
  });
};

/** The authority that the step gives the case to; empty for another step. Refuses `case.designation_invalid`. */
export const receiverOf = (theCase: Case, step: CaseStep, { counterpart }: Particulars): string => {
  if (step === 'TAKE_OVER') return PROVINCE;
  if (step !== 'DESIGNATE') return '';
  const { authority } = theCase;
  const refuse = (message: string): never => {
    throw new Refusal('invalid', 'case.designation_invalid', message, { field: 'counterpart', rule: 'rules §7.9' });
  };
  if (!isAuthority(counterpart) || counterpart === PROVINCE) return refuse('应指定一个市（或沈抚示范区）的主管部门');
  // A city that asked for 提级 may be told to handle the case itself.
  if (counterpart === authority && !isAsked(theCase)) return refuse(`本案已由${authorityShortName(authority)}办理`);
  return counterpart;
};
