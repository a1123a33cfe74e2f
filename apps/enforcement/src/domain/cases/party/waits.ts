// Limits that protect the institution: a step before their end is refused (rules §7.5, §7.9). They are counted in working days
// from the day on which the notice counts as served, or from that of its entry if that is later (`noticeCountsFrom`). That day is not counted. Days on which the case was suspended are not
// counted either: a suspension by the authority must not use up the institution's time. The registry sets the number of days.
import { dayOf, Refusal, type Day } from '@hengji/domain-kit';
import { laterDay, servedFrom as servedFromBy, type Delivery } from '@hengji/procedure/tables';
import { addWorkingDays, endOf, endOfDay, type Calendar } from '@hengji/province';
import type { LimitCalendar } from '../../deadlines/deadline';
import type { DeadlineCode } from '../../deadlines/registry';
import type { Case, CaseStep } from '../case';
import { givesUp } from '../particulars/paper';

interface Wait {
  readonly what: string;
  /** The limit that must have ended. */
  readonly code: DeadlineCode;
  readonly rule: string;
  /** The start of the limit; null where the step does not have to wait. */
  readonly from: (theCase: Case) => Date | null;
}

const lastAt = ({ entries }: Pick<Case, 'entries'>, step: CaseStep): Date | null =>
  entries.findLast((entry) => entry.step === step)?.at ?? null;

/**
 * The start of what waits for the notice. A service that is entered on a later day is known to nobody but the officer until then: a time that
 * was stated afterwards does not shorten the days of the institution.
 */
export const noticeCountsFrom = (theCase: Pick<Case, 'entries' | 'noticeServedAt'>): Date | null => {
  const { noticeServedAt } = theCase;
  const enteredAt = lastAt(theCase, 'SERVE_NOTICE');
  return noticeServedAt && enteredAt ? laterDay(noticeServedAt, enteredAt) : noticeServedAt;
};

const hasSinceNotice = ({ entries }: Case, step: CaseStep): boolean =>
  entries.findLastIndex((entry) => entry.step === step) > entries.findLastIndex((entry) => entry.step === 'SERVE_NOTICE');

const hasWaivedHearing = ({ entries }: Case): boolean =>
  entries.slice(entries.findLastIndex(({ step }) => step === 'SERVE_NOTICE') + 1).some((entry) => givesUp(entry, 'HEARING'));

/** After a hearing or a waiver, no hearing can be requested and the decision does not wait. */
const hearingMayStillBeAsked = (theCase: Case): Date | null =>
  hasWaivedHearing(theCase) || hasSinceNotice(theCase, 'RECORD_HEARING') ? null : noticeCountsFrom(theCase);

const DECISION = [
  { what: '申请听证期', code: 'D-PEN-HEARING-ASK', rule: '行政处罚法第六十四条', from: hearingMayStillBeAsked },
] as const satisfies readonly Wait[];

export const WAITS = {
  CLOSE_REPLY: [
    {
      what: '陈述申辩期',
      code: 'D-CASE-REPLY',
      rule: 'rules §7.9',
      from: noticeCountsFrom,
    },
  ],
  RECORD_HEARING: [
    {
      what: '听证通知期',
      code: 'D-PEN-HEARING-NOTICE',
      rule: '行政处罚法第六十四条',
      from: (theCase) => lastAt(theCase, 'NOTIFY_HEARING'),
    },
  ],
  DECIDE: DECISION,
  DECIDE_PENALTY: DECISION,
} as const satisfies Partial<Record<CaseStep, readonly Wait[]>>;

const waitsOf = (step: CaseStep): readonly Wait[] => (step in WAITS ? WAITS[step as keyof typeof WAITS] : []);

/** From the day of a suspension to the day of its end; `until` is null during the suspension. */
interface Pause {
  readonly from: Day;
  readonly until: Day | null;
}

const pausesOf = ({ entries }: Pick<Case, 'entries'>): Pause[] =>
  entries.flatMap(({ step, at, number }) => {
    if (step !== 'SUSPEND') return [];
    const end = entries.find((entry) => entry.number > number && entry.step === 'RESUME');
    return [{ from: dayOf(at), until: end ? dayOf(end.at) : null }];
  });

interface Counted {
  readonly workingDays: number;
  readonly start: Date;
}

/** The last of that many working days after the start, days of suspension left out; null during a suspension. */
const lastDayOf = (calendar: Calendar, theCase: Pick<Case, 'entries'>, { workingDays, start }: Counted): Day | null => {
  const pauses = pausesOf(theCase);
  let day = dayOf(start);
  for (let left = workingDays; left > 0;) {
    day = addWorkingDays(calendar, day, 1);
    const pause = pauses.find(({ from, until }) => from <= day && (until === null || day <= until));
    if (pause?.until === null) return null;
    if (!pause) left -= 1;
  }
  return day;
};

/** The current time, and the calendar for the days. */
export interface Moment {
  readonly now: Date;
  readonly calendar: LimitCalendar;
}

/** A wait into a year that is not announced cannot end before the announcement: that year may have fewer working days than assumed. */
const endOfWait = (last: Day | null, calendar: Calendar): string => {
  if (!last) return '在中止期间不计算';
  return calendar.isAnnounced(last) ? `至${last}届满` : `暂计至${last}届满（该年节假日安排尚未公布，公布后重新计算）`;
};

/** Refuses `case.too_early`, naming the last day of the wait. */
export const checkWaits = (theCase: Case, step: CaseStep, { now, calendar }: Moment): void => {
  for (const { what, code, rule, from } of waitsOf(step)) {
    const start = from(theCase);
    const workingDays = start ? calendar.amountOf(code, start).amount : 0;
    const last = start && lastDayOf(calendar, theCase, { workingDays, start });
    const isKnown = last && calendar.isAnnounced(last);
    if (start && (!isKnown || now <= endOfDay(last))) {
      const message = `${what}（${workingDays}个工作日，中止期间不计入）${endOfWait(last, calendar)}，期满前不能办理`;
      throw new Refusal('illegalMove', 'case.too_early', message, { field: 'step', rule });
    }
  }
};

const tooLate = (message: string): never => {
  throw new Refusal('illegalMove', 'case.too_late', message, { field: 'step', rule: '行政处罚法第六十四条' });
};

/** Refuses `case.too_late`: no hearing is requested after a waiver of the hearing, or after a hearing. */
export const checkHearingOpen = (theCase: Case): void => {
  if (hasWaivedHearing(theCase)) tooLate('已书面放弃听证');
  if (hasSinceNotice(theCase, 'RECORD_HEARING')) tooLate('本案已经举行听证');
};

/** Refuses `case.too_late`: a hearing is requested within the working days of the limit. `now`: when the request was made. */
export const checkHearingInTime = (theCase: Case, { now, calendar }: Moment): void => {
  const start = noticeCountsFrom(theCase);
  if (!start) return;
  const { amount: workingDays } = calendar.amountOf('D-PEN-HEARING-ASK', start);
  const last = lastDayOf(calendar, theCase, { workingDays, start });
  if (last && calendar.isAnnounced(last) && now > endOfDay(last)) tooLate(`申请听证应在告知书送达之日起${workingDays}个工作日内提出`);
};

const REPLY_LIMITS = ['D-CASE-REPLY', 'D-PEN-HEARING-ASK'] as const satisfies readonly DeadlineCode[];

/** The ends of the institution's limits after a late entry or a suspension; the days of the suspension do not count. */
export const replyLimitsAfter = (theCase: Case, calendar: LimitCalendar): { readonly code: string; readonly day: Day }[] => {
  const start = noticeCountsFrom(theCase);
  if (!start) return [];
  return REPLY_LIMITS.flatMap((code) => {
    const { amount: workingDays } = calendar.amountOf(code, start);
    const day = lastDayOf(calendar, theCase, { workingDays, start });
    return day ? [{ code, day }] : [];
  });
};

/** When a document counts as served, by the calendar in force. */
export const servedFrom = ({ mode, at }: Pick<Delivery, 'mode' | 'at'>, { calendar }: Pick<Moment, 'calendar'>): Date =>
  servedFromBy((amount, from) => endOf(calendar, amount, from), mode, at);
