// Amounts of limits in words, and the version in force now. Pure, so that tests need no browser.
import { writeAmount, type Unit } from '@hengji/province';
import type { Answers } from '../http';

export type Parameter = Answers['Parameter'];
export type ParameterVersion = Parameter['versions'][number];
export type ParameterValue = NonNullable<ParameterVersion['value']>;
type UnitWord = Exclude<ParameterValue['unit'], 'UNSPECIFIED'>;

const UNITS = { WORKING_DAY: 'workingDay', DAY: 'day', MONTH: 'month', YEAR: 'year', HOUR: 'hour' } as const satisfies Record<
  UnitWord,
  Unit
>;

export const UNIT_NAMES = { WORKING_DAY: '工作日', DAY: '日', MONTH: '个月', YEAR: '年', HOUR: '小时' } as const satisfies Record<
  UnitWord,
  string
>;

export const BOUND_NAMES = { AT_LEAST: '不得短于法定', AT_MOST: '不得长于法定', NONE: '可以另行规定' } as const satisfies Record<
  Exclude<Parameter['bound'], 'UNSPECIFIED'>,
  string
>;

/** 10个工作日（可延长5个工作日）; 前30日 where the limit is counted back. */
export const amountText = (value: ParameterValue | undefined): string => {
  if (value === undefined || value.unit === 'UNSPECIFIED') return '—';
  const unit = UNITS[value.unit];
  const more = value.extension > 0 ? `（可延长${writeAmount({ amount: value.extension, unit })}）` : '';
  return `${value.before ? '前' : ''}${writeAmount({ amount: value.amount, unit })}${more}`;
};

/** The amount in force today in the province; that of the law where nobody set another amount. */
export const currentOf = ({ law, versions }: Parameter): ParameterValue | undefined =>
  versions.find(({ jurisdiction, state }) => jurisdiction === 'LN' && state === 'IN_FORCE')?.value ?? law;

/** The number of authorities with an amount of their own today. */
export const ownCount = ({ versions }: Parameter): number =>
  versions.filter(({ jurisdiction, state }) => jurisdiction !== 'LN' && state === 'IN_FORCE').length;
