// When a step is the waiting task (待办), for steps that the lifecycle allows in several states; read from the record of the
// case.
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseStep } from './case';
import { hasReached } from './lifecycle';
import { checkWaits, type Moment } from './party/waits';
import { recusedBy } from './particulars/recusal';
import { thisTransfer } from './tracks/transfer-track';

/** A recused verifier does not count. */
const verifiers = ({ entries }: Case): number => {
  const recused = recusedBy(entries);
  return new Set(entries.flatMap(({ step, by }) => (step === 'VERIFY' && !recused.has(by) ? [by] : []))).size;
};

/** Whether officers have to be named anew: after the case was triaged, another authority took it over. */
export const hasNoOfficers = ({ state, officers }: Case): boolean => officers.length === 0 && hasReached(state, 'TRIAGED');

export const needsVerifier = (theCase: Case): boolean => verifiers(theCase) < 2;
export const isVerified = (theCase: Case): boolean => !needsVerifier(theCase);

/** Whether a limit that protects the institution is still running. */
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

/** Whether a notice was issued that is not served yet. */
export const isNoticeIssued = ({ entries }: Pick<Case, 'entries'>): boolean =>
  entries.findLastIndex(({ step }) => step === 'ISSUE_NOTICE') > entries.findLastIndex(({ step }) => step === 'SERVE_NOTICE');

const hasIn = (theCase: Case, step: CaseStep): boolean => thisTransfer(theCase).some((entry) => entry.step === step);

/** Whether only one officer has reported; the first report alone changes no state. */
export const isReportedByOne = (theCase: Case): boolean => hasIn(theCase, 'REPORT_CRIME');

export const mayAskAgain = (theCase: Case): boolean => !hasIn(theCase, 'ASK_RECONSIDERATION');
export const onlyProcuratorate = (theCase: Case): boolean => theCase.transferTrack === 'rejected' && !mayAskAgain(theCase);

/** The decision was changed and its notice still stands as it was, or the decision awaits its signature and no notice stands. */
export const isNoticeWrong = ({ state, publicNotice }: Case): boolean => publicNotice?.outdated ?? state === 'PUBLISHED';

/** Whether the decision on the fine still has to be served. */
export const isFineUnserved = ({ penaltyTrack, entries }: Case): boolean =>
  penaltyTrack === 'decided' && !entries.some(({ step }) => step === 'SERVE_PENALTY');

/** Whether the fine was served and its payment is not recorded. */
export const isFineUnpaid = ({ penaltyTrack, entries }: Case): boolean =>
  penaltyTrack === 'decided' &&
  entries.some(({ step }) => step === 'SERVE_PENALTY') &&
  !entries.some(({ step }) => step === 'RECORD_PAYMENT');
