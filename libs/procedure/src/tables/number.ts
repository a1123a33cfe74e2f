// Which counter a number 〔year〕 is drawn from: one per series, authority and year (GB/T 9704).
import { dayOf } from '@hengji/domain-kit';

export interface Counter<Series extends string = string> {
  readonly series: Series;
  readonly authority: string;
  /** The year that it is in Shanghai. */
  readonly year: number;
}

/** The authority's counter of the year in which it is now. */
export const counterOf = <Series extends string>(series: Series, authority: string, now: Date): Counter<Series> => ({
  series,
  authority,
  year: Number(dayOf(now).slice(0, 4)),
});
