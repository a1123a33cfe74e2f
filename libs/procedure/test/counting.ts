// Limits of the small procedure, and a calendar with weekends only, whose days off are known until the end of 2026.
import { dayOf, isDay, type Day } from '@hengji/domain-kit';
import type { Amount, Counting, LimitRule, LimitTable } from '../src/tables';

const DAY_MS = 24 * 3_600_000;

const shifted = (day: Day, by: number): Day => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10) as Day;
const isWorked = (day: Day): boolean => ![0, 6].includes(new Date(day).getUTCDay());
const endOfDay = (day: Day): Date => new Date(`${day}T23:59:59.999+08:00`);

const moved = (day: Day, { amount, unit }: Amount, step: 1 | -1): Day => {
  if (unit !== 'workingDay') return shifted(day, step * amount);
  let reached = day;
  for (let left = amount; left > 0;) {
    reached = shifted(reached, step);
    if (isWorked(reached)) left -= 1;
  }
  return reached;
};

const counting: Counting = {
  endOf: (amount, from) => {
    if (amount.unit === 'hour') return { at: new Date(from.getTime() + amount.amount * 3_600_000), provisional: false };
    const last = moved(dayOf(from), amount, amount.before ? -1 : 1);
    return { at: endOfDay(last), provisional: last > '2026-12-31' };
  },
  dueOn: (day) => (isDay(day) ? endOfDay(day) : undefined),
};

const RULES: Readonly<Record<string, LimitRule>> = {
  'D-OBJ-ACCEPT': { title: '受理异议', trigger: '收到异议', limit: { amount: 5, unit: 'workingDay' }, basis: '本规程', owner: 'authority' },
  'D-OBJ-DECIDE': {
    ...{ title: '答复异议', trigger: '受理', limit: { amount: 10, unit: 'workingDay' }, extension: 5, basis: '本规程', owner: 'authority' },
    lead: { amount: 3, unit: 'workingDay' },
  },
  'D-OBJ-ADD': { title: '补充材料', trigger: '告知', limit: { amount: 3, unit: 'workingDay' }, basis: '本规程', owner: 'party' },
  'D-OBJ-SUE': {
    title: '提起诉讼',
    trigger: '收到答复',
    limit: { amount: 60, unit: 'day' },
    basis: '本规程',
    owner: 'party',
    outlives: true,
  },
  'D-OBJ-TELL': { title: '告知申请人', trigger: '决定', limit: { amount: 24, unit: 'hour' }, basis: '本规程', owner: 'authority' },
};

export const LIMITS: LimitTable = {
  counting,
  ruleOf: (code) => {
    const rule = RULES[code];
    if (!rule) throw new Error(`the registry has no ${code}`);
    return rule;
  },
};
