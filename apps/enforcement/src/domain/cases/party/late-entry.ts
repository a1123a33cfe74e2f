// A service (送达) that is entered on a later day: the limits that it starts have their true beginning, and the end that they would have if
// they had begun with the entry. Otherwise a time that is stated afterwards would shorten the days of the institution.
import { dayOf, type Day } from '@hengji/domain-kit';
import { laterDay } from '@hengji/procedure/tables';
import { endOf } from '@hengji/province';
import type { Case, CaseStep } from '../case';
import { noticeCountsFrom, replyLimitsAfter, type Moment } from './waits';

interface End {
  readonly code: string;
  readonly day: Day;
}

const isLater = (one: Date | null, other: Date | null): boolean => one !== null && other !== null && one > other;

/** The time for remedies (行政复议法第二十条、行政诉讼法第四十六条). */
const REMEDIES = ['D-RECON', 'D-LITIG'] as const;

const remediesAfter = ({ decisionServedAt }: Case, { now, calendar }: Moment): End[] => {
  const start = decisionServedAt && laterDay(decisionServedAt, now);
  if (!start || !isLater(start, decisionServedAt)) return [];
  return REMEDIES.map((code) => ({ code, day: dayOf(endOf(calendar, calendar.amountOf(code, start), start).at) }));
};

/** `theCase`: after the step; empty for a step that serves nothing, and for an entry on the day of the service. */
export const endsAfterLateEntry = (theCase: Case, step: CaseStep, moment: Moment): End[] => {
  if (step === 'SERVE_DECISION') return remediesAfter(theCase, moment);
  const isLate = step === 'SERVE_NOTICE' && isLater(noticeCountsFrom(theCase), theCase.noticeServedAt);
  return isLate ? replyLimitsAfter(theCase, moment.calendar) : [];
};
