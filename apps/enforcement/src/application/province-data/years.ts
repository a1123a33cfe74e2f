// Years of the working-day calendar as a kind of the province's data.
import type { YearClaim } from '@hengji/province';
import { decideConfirm, decidePropose, type LoadedYear } from '../../domain/province-data/calendar-year';
import type { ChangeStore, DataKind } from './change-data';

/** The jurisdiction and the year. */
export interface YearKey {
  readonly jurisdiction: string;
  readonly year: number;
}

export type CalendarStore<Tx> = ChangeStore<Tx, YearKey, LoadedYear>;

export const YEARS: DataKind<YearKey, YearClaim, LoadedYear> = {
  idOf: ({ jurisdiction, year }) => `${jurisdiction}/${year}`,
  propose: decidePropose,
  confirm: (_key, all, { version, ...doer }) => decideConfirm(version, all, doer),
};
