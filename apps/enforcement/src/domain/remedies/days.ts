// The order of the days of a remedy. Steps may be entered late and in any sequence, but nothing happens before the remedy was
// received, nothing of a remedy happens after its result, a stay ends after it began, and no day lies in the future.
import { dayOf, isDay, Refusal, type Day } from '@hengji/domain-kit';
import type { Remedy, RemedyAsked, RemedyStep } from './remedy';

const refuse = (reason: string, message: string, field: string): never => {
  throw new Refusal('invalid', reason, message, { field, rule: 'rules §7.9' });
};

/** A day that has come. Refuses `remedy.day_invalid`. */
const dayThatCame = (text: string, now: Date, field: string): Day => {
  if (!isDay(text)) return refuse('remedy.day_invalid', '应写明发生的日期（YYYY-MM-DD）', field);
  if (text > dayOf(now)) return refuse('remedy.day_invalid', `日期${text}尚未到来`, field);
  return text;
};

/** Steps that belong to the remedy while it runs, so that none of them happened after its result. */
const BEFORE_RESULT: readonly RemedyStep[] = ['ANSWER', 'HEAR', 'STAY'];

const lastDay = ({ entries }: Remedy, ...steps: readonly RemedyStep[]): Day | undefined =>
  entries
    .filter(({ step }) => steps.includes(step))
    .map(({ day }) => day)
    .sort()
    .at(-1);

const wrong = (message: string, field = 'day'): never => refuse('remedy.wrong_order', message, field);

/** The day of the step. Refuses `remedy.day_invalid`, `remedy.wrong_order`. */
export const dayOfStep = (file: Remedy, { step, day }: Pick<RemedyAsked, 'step' | 'day'>, now: Date): Day => {
  const on = dayThatCame(day, now, 'day');
  if (on < file.receivedOn) wrong(`${on}早于收到材料之日${file.receivedOn}`);
  if (file.result && BEFORE_RESULT.includes(step) && on > file.result.on) wrong(`${on}晚于结果作出之日${file.result.on}`);
  const latest = step === 'RESULT' ? lastDay(file, 'ANSWER', 'HEAR', 'STAY', 'END_STAY') : undefined;
  if (latest && on < latest) wrong(`结果作出之日${on}早于已登记的${latest}`);
  const stayedOn = step === 'END_STAY' ? lastDay(file, 'STAY') : undefined;
  if (stayedOn && on < stayedOn) wrong(`恢复执行之日${on}早于停止执行之日${stayedOn}`);
  return on;
};

/** When the applicant received the result: on its day unless another day is named. Refuses as `dayOfStep`. */
export const servedDay = ({ day, servedOn }: Pick<RemedyAsked, 'day' | 'servedOn'>, now: Date): Day => {
  const on = dayThatCame(servedOn === '' ? day : servedOn, now, 'served_on');
  return on < day ? wrong(`送达之日${on}早于结果作出之日${day}`, 'served_on') : on;
};

/** When the remedy was received. `earliest`: nobody can apply before that day. Refuses as `dayOfStep`. */
export const dayReceived = (text: string, now: Date, earliest: { readonly day: Day; readonly what: string }): Day => {
  const on = dayThatCame(text, now, 'received_on');
  return on < earliest.day ? wrong(`收到材料之日${on}早于${earliest.what}${earliest.day}`, 'received_on') : on;
};
