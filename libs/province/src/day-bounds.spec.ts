import { checkForeseeable, checkHappened } from './day-bounds';

const AT = { reason: 'plan.date_invalid', field: 'plans[3].exam_date', rule: 'N3.7b', what: '考试日期' };
const refusing = (message: string) =>
  expect.objectContaining({ kind: 'invalid', reason: AT.reason, message, detail: { field: AT.field, rule: AT.rule } }) as Error;

it('accepts what happened until today, and refuses the day after', () => {
  expect(() => checkHappened('2026-03-02', '2026-03-02', AT)).not.toThrow();
  expect(() => checkHappened('2026-03-03', '2026-03-02', AT)).toThrow(refusing('考试日期不能晚于今天'));
  expect(() => checkHappened('2206-03-01', '2026-03-02', AT)).toThrow(refusing('考试日期不能晚于今天'));
});

it('accepts what is planned until its bound, over the end of a leap year, and refuses the day after', () => {
  const within = { today: '2027-12-31', withinDays: 366 };
  expect(() => checkForeseeable('2028-12-31', within, AT)).not.toThrow();
  expect(() => checkForeseeable('2029-01-01', within, AT)).toThrow(refusing('考试日期不能晚于2028-12-31（自今天起366天）'));
});
