// Versions of the calendar's years, as people loaded them; and the calendar that limits are counted by, kept in memory and read anew when the
// table has changed.
import { calendarOf, PUBLISHED_YEARS, type Calendar, type CalendarYear } from '@hengji/province';
import type { CalendarStore } from '../../../application/province-data/years';
import type { CalendarAt } from '../../../domain/deadlines/deadline';
import type { LoadedYear } from '../../../domain/province-data/calendar-year';
import type { Hand } from '../../../domain/province-data/change';
import type { CalendarYear as Row } from '../../../generated/client';
import type { Database, Tx } from '../database';

const handOf = (officerId: string | null, name: string | null, at: Date | null): Hand | null =>
  officerId === null || at === null ? null : { officerId, name: name ?? '', at };

const yearOf = (row: Row): LoadedYear => ({
  jurisdiction: row.jurisdiction,
  year: row.year,
  version: row.version,
  off: row.off as unknown as LoadedYear['off'],
  worked: row.worked,
  source: row.source,
  proposed: { officerId: row.proposedBy, name: row.proposedName, at: row.proposedAt },
  confirmed: handOf(row.confirmedBy, row.confirmedName, row.confirmedAt),
});

export const calendarStore = (db: Database): CalendarStore<Tx> => ({
  lock: async (tx, { jurisdiction, year }) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`calendar ${jurisdiction} ${year}`}, 0))::text`;
    return (await tx.calendarYear.findMany({ where: { jurisdiction, year } })).map(yearOf);
  },
  insert: async (tx, { off, worked, proposed, confirmed: _confirmed, ...year }) => {
    const ranges = off.map(([from, until]) => [from, until]);
    const hand = { proposedBy: proposed.officerId, proposedName: proposed.name, proposedAt: proposed.at };
    await tx.calendarYear.create({ data: { ...year, ...hand, off: ranges, worked: [...worked] } });
  },
  confirm: async (tx, { jurisdiction, year, version, confirmed }) => {
    if (!confirmed) return;
    await tx.calendarYear.update({
      where: { jurisdiction_year_version: { jurisdiction, year, version } },
      data: { confirmedBy: confirmed.officerId, confirmedName: confirmed.name, confirmedAt: confirmed.at },
    });
  },
  all: async () => (await db.calendarYear.findMany()).map(yearOf),
});

/** What limits are counted by. */
export interface CalendarInForce {
  /** Of the authority's territory: its own years, where it has none the province's, else the country's. */
  readonly current: CalendarAt;
  /** Reads the confirmed years anew; true if they have changed since the last time. */
  refresh(): Promise<boolean>;
}

export const calendarInForce = (calendars: Pick<CalendarStore<Tx>, 'all'>): CalendarInForce => {
  let years: readonly CalendarYear[] = PUBLISHED_YEARS;
  const known = new Map<string, Calendar>();
  let seen = '[]';
  return {
    current: (authority) => {
      const calendar = known.get(authority) ?? calendarOf(years, authority);
      known.set(authority, calendar);
      return calendar;
    },
    refresh: async () => {
      const confirmed = (await calendars.all()).filter((year) => year.confirmed !== null);
      const found = JSON.stringify(confirmed.map(({ jurisdiction, year, version }) => `${jurisdiction} ${year} ${version}`).sort());
      if (found === seen) return false;
      years = [...PUBLISHED_YEARS, ...confirmed];
      known.clear();
      seen = found;
      return true;
    },
  };
};
