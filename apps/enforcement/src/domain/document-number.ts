// Numbers of decision documents, 〔year〕 from 1 per authority and kind, without gaps (GB/T 9704): the counter is drawn in
// the transaction that signs, so a refused signature leaves no hole. The authority is that of the case, whose letterhead the paper
// bears and whose government hears the objection: an officer of the province who acts in a city's case acts in the city's name.
import { Refusal } from '@hengji/domain-kit';
import { counterOf, type Counter } from '@hengji/procedure/tables';
import { findAuthority } from '@hengji/province';

/** The word of the number: a case, a decision, one that lifts it, and the other documents of domain/documents. */
export const SERIES = {
  case: '案',
  order: '处',
  lifting: '解',
  notice: '告',
  rectification: '改',
  transfer: '移',
  recovery: '追',
  demand: '催',
  serviceReceipt: '证',
} as const;
export type Series = keyof typeof SERIES;

/** The authority's counter in the year that it is in Shanghai. Refuses `authority.unknown`. */
export const counterFor = (series: Series, authority: string, now: Date): Counter<Series> => {
  if (!findAuthority(authority)) {
    throw new Refusal('invalid', 'authority.unknown', `未知的主管部门“${authority}”`, { field: 'authority', rule: 'GB/T 2260' });
  }
  return counterOf(series, authority, now);
};

/** e.g. 辽人社鉴处〔2026〕3号 */
export const documentNumber = ({ series, authority, year }: Counter<Series>, number: number): string =>
  `${findAuthority(authority)?.mark ?? authority}人社鉴${SERIES[series]}〔${year}〕${number}号`;
