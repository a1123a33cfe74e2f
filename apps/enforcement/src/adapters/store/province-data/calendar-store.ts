// Versions of the calendar's years, as loaded by people.
import { takeTurn } from '@hengji/procedure';
import type { CalendarStore } from '../../../application/province-data/years';
import type { LoadedYear } from '../../../domain/province-data/calendar-year';
import type { CalendarYear as Row } from '../../../generated/client';
import type { Database, Tx } from '../database';
import { confirmationOf, handsOf, proposalOf } from './hands';

const yearOf = (row: Row): LoadedYear => ({
  jurisdiction: row.jurisdiction,
  year: row.year,
  version: row.version,
  off: row.off as unknown as LoadedYear['off'],
  worked: row.worked,
  source: row.source,
  ...handsOf(row),
});

export const calendarStore = (db: Database): CalendarStore<Tx> => ({
  lock: async (tx, { jurisdiction, year }) => {
    await takeTurn(tx, `calendar ${jurisdiction} ${year}`);
    return (await tx.calendarYear.findMany({ where: { jurisdiction, year } })).map(yearOf);
  },
  insert: async (tx, { off, worked, proposed, confirmed: _confirmed, ...year }) => {
    const ranges = off.map(([from, until]) => [from, until]);
    await tx.calendarYear.create({ data: { ...year, ...proposalOf(proposed), off: ranges, worked: [...worked] } });
  },
  confirm: async (tx, { jurisdiction, year, version, confirmed }) => {
    if (!confirmed) return;
    await tx.calendarYear.update({
      where: { jurisdiction_year_version: { jurisdiction, year, version } },
      data: confirmationOf(confirmed),
    });
  },
  all: async () => (await db.calendarYear.findMany()).map(yearOf),
});
