// The checks of what a step states (步骤要素), one row per word of the column `particulars` of steps.ts.
import type { Procedure } from '@hengji/procedure/tables';
import { checkHearingInTime } from '../party/waits';
import type { CaseTerms } from '../terms';
import { checkCredential } from './credential';
import { checkDiscussion } from './discussion';
import { checkPassed, checkReturned } from './legal-opinion';
import { checkPaper, checkWaived, madeAt } from './paper';
import type { Particular } from './particulars';
import { checkNoInterest, checkOfficerName, checkOfficerNamed } from './recusal';

type Check = NonNullable<NonNullable<Procedure<CaseTerms>['particulars']>[Particular]>;

export const PARTICULARS = {
  CREDENTIAL: ({ file, person }, { particulars }) => checkCredential(file, person, particulars.credential),
  NO_INTEREST: (_, { particulars }) => checkNoInterest(particulars.noInterest),
  WAIVED: (_, { particulars }) => checkWaived(particulars.waived),
  PAPER: ({ file, step, around }, { particulars, attachmentIds }) => {
    checkPaper(file, { receivedOn: particulars.receivedOn, attachmentIds, now: around.now });
    if (step === 'REQUEST_HEARING') checkHearingInTime(file, { ...around, now: madeAt(particulars, around.now) });
  },
  LEGAL_FINDINGS: ({ step }, { particulars }) =>
    step === 'LEGAL_CHECK' ? checkPassed(particulars.legalFindings) : checkReturned(particulars.legalFindings),
  DISCUSSION: ({ file, around }, { particulars }) => checkDiscussion(file, particulars.discussion, around.now),
  OFFICER: ({ person }, { particulars }) => checkOfficerNamed(particulars.officerId, person),
  OFFICER_NAME: (_, { particulars }) => checkOfficerName(particulars.officerName),
} as const satisfies Record<Particular, Check>;
