// Limits that protect the institution: a step that comes before they have run out is refused (rules §7.5, §7.9). All are
// counted from the day on which the notice counts as served; the day itself is not counted.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { endOf, type Limit } from '../deadlines/calendar';
import type { Case, CaseStep, ServiceMode } from './case';

interface Wait {
  readonly what: string;
  readonly limit: Limit;
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

export const WAITS = {
  CLOSE_REPLY: [
    {
      what: '陈述申辩期',
      limit: { amount: 3, unit: 'workingDay' },
      rule: 'rules §7.9',
      from: ({ noticeServedAt }) => noticeServedAt,
    },
  ],
  RECORD_HEARING: [
    {
      what: '听证通知期',
      limit: { amount: 7, unit: 'workingDay' },
      rule: '行政处罚法第六十四条',
      from: (theCase) => lastAt(theCase, 'REQUEST_HEARING'),
    },
  ],
  DECIDE: [{ what: '申请听证期', limit: { amount: 5, unit: 'workingDay' }, rule: '行政处罚法第六十四条', from: hearingMayStillBeAsked }],
} as const satisfies Partial<Record<CaseStep, readonly Wait[]>>;

const waitsOf = (step: CaseStep): readonly Wait[] => (step in WAITS ? WAITS[step as keyof typeof WAITS] : []);

/** Refuses `case.too_early`, naming the first day on which the step may be taken. */
export const checkWaits = (theCase: Case, step: CaseStep, now: Date): void => {
  for (const { what, limit, rule, from } of waitsOf(step)) {
    const start = from(theCase);
    const end = start && endOf(limit, start).at;
    if (end && now <= end) {
      const message = `${what}（${limit.amount}个工作日）至${dayOf(end)}届满，期满前不能办理`;
      throw new Refusal('illegalMove', 'case.too_early', message, { field: 'step', rule });
    }
  }
};

const HEARING_WITHIN: Limit = { amount: 5, unit: 'workingDay' };

/** Refuses `case.too_late`: a hearing is asked for within five working days of the notice, and not after it was given up. */
export const checkHearingInTime = (theCase: Case, now: Date): void => {
  const refuse = (message: string): never => {
    throw new Refusal('illegalMove', 'case.too_late', message, { field: 'step', rule: '行政处罚法第六十四条' });
  };
  if (hasSinceNotice(theCase, 'WAIVE_REPLY')) refuse('已书面放弃陈述申辩和听证');
  if (hasSinceNotice(theCase, 'RECORD_HEARING')) refuse('本案已经举行听证');
  const { noticeServedAt } = theCase;
  if (noticeServedAt && now > endOf(HEARING_WITHIN, noticeServedAt).at) refuse('申请听证应在告知书送达之日起5个工作日内提出');
};

const PUBLIC_NOTICE: Limit = { amount: 30, unit: 'day' };

/** From when a document counts as served: at once, and by public notice when its thirty days are over (民事诉讼法第九十五条). */
export const servedFrom = (mode: ServiceMode, at: Date): Date => (mode === 'PUBLIC_NOTICE' ? endOf(PUBLIC_NOTICE, at).at : at);
