// Acts (操作记录) of all services as one list. All services sort in the same order and accept the same cursor, the place after which a page
// begins. So a merged page is built from one page of each service.
import { LISTS } from '@hengji/contracts/lists';
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import type { Act, ListActsResponse } from '@hengji/contracts/procedure/v1/acts_service';
import { cursorOf, pageOf, totalOf } from '@hengji/host';
import type { Person } from '../../../domain/access';
import { PARKING_SERVICES, LONG_CALL, type Neighbours } from '../../clients/neighbours';
import { placesOf } from '../answers';

const timeOf = ({ at }: Act): number => at?.getTime() ?? 0;
const later = (a: Act, b: Act): number => timeOf(b) - timeOf(a) || (a.actId < b.actId ? 1 : -1);

/** The place of an act in the form of the services' cursors. */
const cursorAfter = (act: Act, descending: boolean): string => {
  const sort = ['at', 'actId'].map((field) => ({ field, descending }));
  const at = new Date(timeOf(act)).toISOString().replace('T', ' ').replace('Z', '+00');
  return cursorOf(LISTS.acts, sort, [at, act.actId]);
};

/** The sum of the services' totals; services return a total with the first page only. */
const totalOfAll = (pages: readonly ListActsResponse[]): ListTotal | undefined => {
  const totals = pages.flatMap(({ total }) => total ?? []);
  if (totals.length === 0) return undefined;
  const { count, more } = totalOf(totals.reduce((sum, total) => sum + total.count, 0));
  return { count, more: more || totals.some((total) => total.more) };
};

interface Asked {
  readonly actor: Person;
  readonly query: ListQuery;
}

interface MergedActs {
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
}

export const listActs = async ({ acts }: Neighbours, { actor, query }: Asked): Promise<readonly [Act[], MergedActs]> => {
  const wanted = query.filters.find(({ field }) => field === 'keptBy')?.values;
  const services = PARKING_SERVICES.filter((service) => wanted?.includes(service) ?? true);
  const pages = await Promise.all(services.map((service) => acts[service].listActs({ actor, query }, LONG_CALL)));
  const descending = query.sort[0]?.descending ?? true;
  const found = pages.flatMap((page) => page.acts).toSorted((a, b) => (descending ? later(a, b) : later(b, a)));
  const rows = found.slice(0, pageOf({ after: '', limit: query.limit }).limit);
  const last = rows.at(-1);
  const isMore = found.length > rows.length || pages.some(({ next }) => next !== '');
  return [rows, { next: last && isMore ? cursorAfter(last, descending) : '', total: totalOfAll(pages), institutions: placesOf(pages) }];
};
