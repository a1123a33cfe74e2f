// The confirmed calendar and amounts for counting limits, cached in memory and read again after a change of a table.
import type { LimitAmounts } from '@hengji/procedure/tables';
import { calendarOf, PUBLISHED_YEARS, type CalendarYear } from '@hengji/province';
import type { CalendarStore } from '../../../application/province-data/years';
import type { ParameterStore } from '../../../application/province-data/parameters';
import { limitCalendar, type CalendarAt, type LimitCalendar } from '../../../domain/deadlines/deadline';
import { amountsOf, REGISTERED, versionId, type ParameterVersion } from '../../../domain/province-data/parameter';
import type { Tx } from '../database';

export interface DataInForce {
  /** For the authority's territory: its own years and amounts; if it has none, the province's, else the country's. */
  readonly calendar: CalendarAt;
  readonly amounts: LimitAmounts;
  /** The confirmed version that counted a limit; undefined if the registry counted it. */
  parameter(code: string, id: string): ParameterVersion | undefined;
  /** Reads the confirmed versions again; true if they have changed since the last read. */
  refresh(): Promise<boolean>;
}

interface Stores {
  readonly calendars: Pick<CalendarStore<Tx>, 'all'>;
  readonly parameters: Pick<ParameterStore<Tx>, 'all'>;
}

interface Confirmed {
  readonly years: readonly CalendarYear[];
  readonly parameters: readonly ParameterVersion[];
}

const confirmedIn = async ({ calendars, parameters }: Stores): Promise<Confirmed> => ({
  years: (await calendars.all()).filter(({ confirmed }) => confirmed !== null),
  parameters: (await parameters.all()).filter(({ confirmed }) => confirmed !== null),
});

/** The same text for the same versions: a version never changes. */
const namesOf = ({ years, parameters }: Confirmed): string =>
  JSON.stringify([
    years.map(({ jurisdiction, year, version }) => `${jurisdiction} ${year} ${version}`).sort(),
    parameters.map(({ code, jurisdiction, version }) => `${code} ${jurisdiction} ${version}`).sort(),
  ]);

const NOTHING: Confirmed = { years: [], parameters: [] };

export const dataInForce = (stores: Stores): DataInForce => {
  let confirmed = NOTHING;
  let amounts = REGISTERED;
  const known = new Map<string, LimitCalendar>();
  const current: LimitAmounts = {
    inForce: (counted) => amounts.inForce(counted),
    ofVersion: (code, version) => amounts.ofVersion(code, version),
    versioned: () => amounts.versioned(),
  };
  return {
    amounts: current,
    calendar: (authority) => {
      const calendar =
        known.get(authority) ?? limitCalendar(calendarOf([...PUBLISHED_YEARS, ...confirmed.years], authority), current, authority);
      known.set(authority, calendar);
      return calendar;
    },
    parameter: (code, id) => confirmed.parameters.find((one) => one.code === code && versionId(one) === id),
    refresh: async () => {
      const found = await confirmedIn(stores);
      if (namesOf(found) === namesOf(confirmed)) return false;
      confirmed = found;
      amounts = amountsOf(found.parameters);
      known.clear();
      return true;
    },
  };
};
