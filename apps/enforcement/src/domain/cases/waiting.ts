// When a step that the life cycle knows in several places is the work that waits (待办), read from the record of the case.
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseStep } from './case';
import { checkWaits, type Moment } from './party/waits';
import { thisTransfer } from './tracks/transfer-track';

const verifiers = ({ entries }: Case): number => new Set(entries.flatMap(({ step, by }) => (step === 'VERIFY' ? [by] : []))).size;

export const needsVerifier = (theCase: Case): boolean => verifiers(theCase) < 2;
export const isVerified = (theCase: Case): boolean => !needsVerifier(theCase);

/** Whether a limit that protects the institution runs. */
const isTooEarly = (theCase: Case, step: CaseStep, moment: Moment): boolean => {
  try {
    checkWaits(theCase, step, moment);
    return false;
  } catch (refusal) {
    if (refusal instanceof Refusal) return true;
    throw refusal;
  }
};

export const mayReply = (theCase: Case, moment: Moment): boolean => isTooEarly(theCase, 'CLOSE_REPLY', moment);
export const isReplyOver = (theCase: Case, moment: Moment): boolean => !mayReply(theCase, moment);

export const isHearingNotified = ({ entries }: Case): boolean =>
  entries.findLastIndex(({ step }) => step === 'NOTIFY_HEARING') > entries.findLastIndex(({ step }) => step === 'REQUEST_HEARING');

const hasIn = (theCase: Case, step: CaseStep): boolean => thisTransfer(theCase).some((entry) => entry.step === step);

/** The first of the two reports is on record and moves nothing yet. */
export const isReportedByOne = (theCase: Case): boolean => hasIn(theCase, 'REPORT_CRIME');

export const mayAskAgain = (theCase: Case): boolean => !hasIn(theCase, 'ASK_RECONSIDERATION');
export const onlyProcuratorate = (theCase: Case): boolean => theCase.transferTrack === 'rejected' && !mayAskAgain(theCase);
