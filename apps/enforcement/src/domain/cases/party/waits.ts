// Limits that protect the institution: a step that comes before they have run out is refused (rules §7.5, §7.9). All are
// counted from the day on which the notice counts as served; the day itself is not counted, nor is one on which the case was
// suspended: the authority's own standstill uses up nobody's time. How many days they are is the registry's to say, all in working days.
import { dayOf, Refusal, type Day } from '@hengji/domain-kit';
import { servedFrom as servedFromBy, type DeliveryMode } from '@hengji/procedure/tables';
import { addWorkingDays, endOf, endOfDay, type Calendar } from '@hengji/province';
import type { LimitCalendar } from '../../deadlines/deadline';
import type { DeadlineCode } from '../../deadlines/registry';
import type { Case, CaseStep } from '../case';

interface Wait {
  readonly what: string;
  /** Of the limit that it waits for. */
  readonly code: DeadlineCode;
  readonly rule: string;
  /** When it starts; null where the step does not have to wait. */
  readonly from: (theCase: Case) => Date | null;
}

const lastAt = ({ entries }: Case, step: CaseStep): Date | null => entries.findLast((entry) => entry.step === step)?.at ?? null;

const hasSinceNotice = ({ entries }: Case, step: CaseStep): boolean =>
  entries.findLastIndex((entry) => entry.step === step) > entries.findLastIndex((entry) => entry.step === 'SERVE_NOTICE');

/** A hearing that was held or given up is not waited for. */
const hearingMayStillBeAsked = (theCase: Case): Date | null =>
  hasSinceNotice(theCase, 'WAIVE_REPLY') || hasSinceNotice(theCase, 'RECORD_HEARING') ? null : theCase.noticeServedAt;

const DECISION = [
  { what: '申请听证期', code: 'D-PEN-HEARING-ASK', rule: '行政处罚法第六十四条', from: hearingMayStillBeAsked },
] as const satisfies readonly Wait[];

export const WAITS = {
  CLOSE_REPLY: [
    {
      what: '陈述申辩期',
      code: 'D-CASE-REPLY',
      rule: 'rules §7.9',
      from: ({ noticeServedAt }) => noticeServedAt,
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

/** From the day of a suspension to the day of its end; without an end while it lasts. */
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

/** The last day of so many working days after the start on which the case was not suspended; null while it stands still. */
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

/** When it is, and by which calendar the days are counted. */
export interface Moment {
  readonly now: Date;
  readonly calendar: LimitCalendar;
}

/** What is counted into a year that is not announced is not over before it is: the days that are announced may be fewer. */
const endOfWait = (last: Day | null, calendar: Calendar): string => {
  if (!last) return '在中止期间不计算';
  return calendar.isAnnounced(last) ? `至${last}届满` : `暂计至${last}届满（该年节假日安排尚未公布，公布后重新计算）`;
};

/** Refuses `case.too_early`, naming the last day on which the step may not be taken yet. */
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

/** Refuses `case.too_late`: a hearing is asked for within some working days of the notice, and not after it was given up. */
export const checkHearingInTime = (theCase: Case, { now, calendar }: Moment): void => {
  const refuse = (message: string): never => {
    throw new Refusal('illegalMove', 'case.too_late', message, { field: 'step', rule: '行政处罚法第六十四条' });
  };
  if (hasSinceNotice(theCase, 'WAIVE_REPLY')) refuse('已书面放弃陈述申辩和听证');
  if (hasSinceNotice(theCase, 'RECORD_HEARING')) refuse('本案已经举行听证');
  const { noticeServedAt } = theCase;
  if (!noticeServedAt) return;
  const { amount: workingDays } = calendar.amountOf('D-PEN-HEARING-ASK', noticeServedAt);
  const last = lastDayOf(calendar, theCase, { workingDays, start: noticeServedAt });
  if (last && calendar.isAnnounced(last) && now > endOfDay(last)) refuse(`申请听证应在告知书送达之日起${workingDays}个工作日内提出`);
};

const REPLY_LIMITS = ['D-CASE-REPLY', 'D-PEN-HEARING-ASK'] as const satisfies readonly DeadlineCode[];

/** When the institution's limits end, once a suspension is over: the days of the suspension are given back to it. */
export const replyLimitsAfter = (theCase: Case, calendar: LimitCalendar): { readonly code: string; readonly day: Day }[] => {
  const { noticeServedAt } = theCase;
  if (!noticeServedAt) return [];
  return REPLY_LIMITS.flatMap((code) => {
    const { amount: workingDays } = calendar.amountOf(code, noticeServedAt);
    const day = lastDayOf(calendar, theCase, { workingDays, start: noticeServedAt });
    return day ? [{ code, day }] : [];
  });
};

/** From when a document counts as served, by the calendar in force. */
export const servedFrom = (mode: DeliveryMode, { now, calendar }: Moment): Date =>
  servedFromBy((amount, from) => endOf(calendar, amount, from), mode, now);
