// Loaded years of the working-day calendar (工作日历): the announced days, as a change of the province's data.
import { checkCalendarYear, type CalendarYear, type YearClaim } from '@hengji/province';
import { confirmVersion, proposeNext, type Change, type DataNoun, type Doer } from './change';

export type LoadedYear = CalendarYear & Change;

export const CALENDAR: DataNoun = { noun: 'calendar', title: '工作日历' };

/** Refuses as `proposeNext`, and `calendar.year_invalid`. `earlier`: all versions of the year and jurisdiction. */
export const decidePropose = (claim: YearClaim, earlier: readonly LoadedYear[], doer: Doer): LoadedYear => {
  const change = proposeNext(CALENDAR, earlier, doer);
  checkCalendarYear(claim);
  return { ...claim, ...change };
};

/** Refuses as `confirmVersion`. */
export const decideConfirm = (version: number, all: readonly LoadedYear[], doer: Doer): LoadedYear =>
  confirmVersion(CALENDAR, all, { ...doer, version });
