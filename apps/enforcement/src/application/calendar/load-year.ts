// Loading a year of the working-day calendar: proposed by one, confirmed by another, each in one transaction.
import type { Doing } from '@hengji/procedure';
import type { YearClaim } from '@hengji/province';
import { decideConfirm, decidePropose, type LoadedYear, type Loader } from '../../domain/deadlines/calendar-year';
import type { Request, Transactions } from '../ports';

/** Which year of whom. */
export interface YearKey {
  readonly jurisdiction: string;
  readonly year: number;
}

export interface CalendarStore<Tx> {
  /** Takes the year's turn; all its versions. */
  lock(tx: Tx, key: YearKey): Promise<LoadedYear[]>;
  insert(tx: Tx, year: LoadedYear): Promise<void>;
  confirm(tx: Tx, year: LoadedYear): Promise<void>;
  /** Every version of every year. */
  all(): Promise<LoadedYear[]>;
}

interface Deps<Tx> {
  readonly calendars: CalendarStore<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

interface Propose {
  readonly request: Request;
  readonly by: Loader;
  readonly claim: YearClaim;
}

interface Confirm extends YearKey {
  readonly asked: Doing;
  readonly by: Loader;
  readonly version: number;
}

/** What an act names a version of a year by. */
const idOf = ({ jurisdiction, year, version }: YearKey & { readonly version: number }): string => `${jurisdiction}/${year}/${version}`;

/** The version that was given. */
export const proposeYear =
  <Tx>({ calendars, transactions, now }: Deps<Tx>) =>
  async ({ request, by, claim }: Propose): Promise<number> => {
    const id = await transactions.once(request, async (tx) => {
      const year = decidePropose(claim, await calendars.lock(tx, claim), { by, at: now() });
      await calendars.insert(tx, year);
      return idOf({ ...claim, version: year.version });
    });
    return Number(id.slice(id.lastIndexOf('/') + 1));
  };

export const confirmYear =
  <Tx>({ calendars, transactions, now }: Deps<Tx>) =>
  async ({ asked, by, version, ...key }: Confirm): Promise<void> => {
    await transactions.recorded(asked, async (tx) => {
      await calendars.confirm(tx, decideConfirm(version, await calendars.lock(tx, key), { by, at: now() }));
      return idOf({ ...key, version });
    });
  };
