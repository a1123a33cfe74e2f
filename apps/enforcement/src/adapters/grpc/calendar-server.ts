// proto ↔ use case for the years of the working-day calendar.
import { CalendarYear as YearMessage, type CalendarYearState } from '@hengji/contracts/enforcement/v1/calendar';
import { ProposeCalendarYearRequest, type CalendarServiceImplementation } from '@hengji/contracts/enforcement/v1/calendar_service';
import type { CallerContext } from '@hengji/host';
import { countsOf, PUBLISHED_YEARS, type CalendarYear } from '@hengji/province';
import { confirmChange, proposeChange } from '../../application/province-data/change-data';
import { YEARS, type CalendarStore } from '../../application/province-data/years';
import type { Transactions } from '../../application/ports';
import { CALENDAR, type LoadedYear } from '../../domain/province-data/calendar-year';
import { unknownVersion } from '../../domain/province-data/change';
import type { Tx } from '../store/database';
import { doing, doingOnce } from './acts';
import { actorOf, administratorOf } from './requests';

interface Deps {
  readonly calendars: CalendarStore<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

type Shown = CalendarYear & Partial<Pick<LoadedYear, 'proposed' | 'confirmed'>>;

const sameYear = (a: CalendarYear, b: CalendarYear): boolean => a.jurisdiction === b.jurisdiction && a.year === b.year;

const isInForce = ({ proposed, confirmed }: Shown): boolean => proposed === undefined || confirmed !== null;

const stateOf = (year: Shown, all: readonly Shown[]): CalendarYearState => {
  const later = all.filter((one) => sameYear(one, year) && one.version > year.version);
  if (isInForce(year)) return later.some(isInForce) ? 'REPLACED' : 'IN_FORCE';
  return later.length > 0 ? 'REPLACED' : 'PROPOSED';
};

const messageOf = (year: Shown, all: readonly Shown[]): YearMessage => {
  const { proposed, confirmed } = year;
  return YearMessage.fromPartial({
    ...{ jurisdiction: year.jurisdiction, year: year.year, version: year.version, source: year.source, worked: [...year.worked] },
    off: year.off.map(([from, until]) => ({ from, until })),
    state: stateOf(year, all),
    ...(proposed ? { proposed } : {}),
    ...(confirmed ? { confirmed } : {}),
    ...countsOf(year),
  });
};

export const calendarServer = ({ calendars, transactions, now }: Deps): CalendarServiceImplementation<CallerContext> => {
  const deps = { store: calendars, kind: YEARS, transactions, now };
  const everyYear = async (): Promise<Shown[]> => [...PUBLISHED_YEARS, ...(await calendars.all())];
  const get = async (jurisdiction: string, year: number, version: number): Promise<YearMessage> => {
    const all = await everyYear();
    const found = all.find((one) => one.jurisdiction === jurisdiction && one.year === year && one.version === version);
    if (!found) throw unknownVersion(CALENDAR);
    return messageOf(found, all);
  };
  return {
    listCalendarYears: async ({ actor }) => {
      actorOf(actor);
      const all = await everyYear();
      const newest = (a: Shown, b: Shown): number =>
        b.year - a.year || a.jurisdiction.localeCompare(b.jurisdiction) || b.version - a.version;
      return { years: all.toSorted(newest).map((year) => messageOf(year, all)) };
    },
    proposeCalendarYear: async (request, call) => {
      const { jurisdiction, year, worked, source } = request;
      const off = request.off.map(({ from, until }) => [from, until] as const);
      const version = await proposeChange(deps)({
        request: doingOnce('proposeCalendarYear', ProposeCalendarYearRequest, request, call),
        by: administratorOf(request.actor),
        claim: { jurisdiction, year, off, worked, source: source.trim() },
      });
      return { year: await get(jurisdiction, year, version) };
    },
    confirmCalendarYear: async (request, call) => {
      const { actor, jurisdiction, year, version } = request;
      const asked = doing('confirmCalendarYear', request, call);
      await confirmChange(deps)({ asked, by: administratorOf(actor), key: { jurisdiction, year }, version });
      return { year: await get(jurisdiction, year, version) };
    },
  };
};
