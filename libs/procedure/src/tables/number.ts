// The counter of a number 〔year〕: one per series, authority and year (GB/T 9704); and the text of the number. The authority is that of the
// file, whose letterhead the document has: a province officer who acts in a city's file acts in the city's name.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { findAuthority } from '@hengji/province';

export interface Counter<Series extends string = string> {
  readonly series: Series;
  readonly authority: string;
  /** The current year in Shanghai. */
  readonly year: number;
}

/** The authority's counter for its current year. */
export const counterOf = <Series extends string>(series: Series, authority: string, now: Date): Counter<Series> => ({
  series,
  authority,
  year: Number(dayOf(now).slice(0, 4)),
});

/** The series of one service, with the word that each series puts into its numbers. */
export interface Numbering<Series extends string = string> {
  /** As `counterOf`. Refuses `authority.unknown`. */
  counterFor(series: Series, authority: string, now: Date): Counter<Series>;
  /** e.g. 辽人社鉴处〔2026〕3号 */
  textOf(counter: Counter<Series>, number: number): string;
}

export const numbering = <Series extends string>(words: Readonly<Record<Series, string>>): Numbering<Series> => ({
  counterFor: (series, authority, now) => {
    if (!findAuthority(authority)) {
      throw new Refusal('invalid', 'authority.unknown', `未知的主管部门“${authority}”`, { field: 'authority', rule: 'GB/T 2260' });
    }
    return counterOf(series, authority, now);
  },
  textOf: ({ series, authority, year }, number) =>
    `${findAuthority(authority)?.mark ?? authority}人社鉴${words[series]}〔${year}〕${number}号`,
});
