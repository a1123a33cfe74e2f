// Days that a record may have: what has happened (issued, held, recorded, published, paid) is not later than today, and what is planned is not
// later than a bound that a setting states. Days are YYYY-MM-DD in Asia/Shanghai, so their texts compare as days.
import { Refusal } from '@hengji/domain-kit';

/** How a wrong day is refused: reason code, field with its row, rule, and the name of the day in words (发证日期). */
export interface DayAt {
  readonly reason: string;
  readonly field: string;
  readonly rule: string;
  readonly what: string;
}

/** Refuses `reason` for a day later than today. */
export const checkHappened = (day: string, today: string, { reason, what, ...detail }: DayAt): void => {
  if (day > today) throw new Refusal('invalid', reason, `${what}不能晚于今天`, detail);
};

export interface Foreseeable {
  readonly today: string;
  readonly withinDays: number;
}

/** Refuses `reason` for a day that is more than `withinDays` days after today. */
export const checkForeseeable = (day: string, { today, withinDays }: Foreseeable, { reason, what, ...detail }: DayAt): void => {
  const last = new Date(Date.parse(`${today}T00:00:00Z`) + withinDays * 86_400_000).toISOString().slice(0, 10);
  if (day > last) throw new Refusal('invalid', reason, `${what}不能晚于${last}（自今天起${withinDays}天）`, detail);
};
