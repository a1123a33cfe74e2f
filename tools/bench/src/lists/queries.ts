// Every query of a list that the console offers: each sort in both directions, alone, with each filter and with searches.
// Filter values come from rows at both ends of each sort, so a range matches almost everything once and almost nothing
// once.
import { listParams, type ListParam, type ListSpec } from '@hengji/contracts/lists';
import { ListQuery, type ListFilter, type ListSort } from '@hengji/contracts/meta/v1/list';

export type Row = Readonly<Record<string, unknown>>;

export interface NamedQuery {
  readonly name: string;
  readonly query: ListQuery;
}

const SEARCHES = ['技师学院', 'sysjsxy', 'shenyang', '技师学院39', 'S000021000007', '没有这个机构'];
/** Fields that rows do not show. */
const PLACE: Readonly<Record<string, string>> = { authority: '2101', area: '210103' };

export const sortsOf = ({ fields }: ListSpec): ListSort[] =>
  Object.entries(fields).flatMap(([field, { sort }]) => (sort ? [false, true].map((descending) => ({ field, descending })) : []));

const valuesOf = ({ field, spec: { words } }: ListParam, rows: readonly Row[]): string[] => {
  if (words && PLACE[field] === undefined) return Object.keys(words);
  const shown = rows.flatMap((row) => {
    const value = PLACE[field] ?? row[field] ?? '';
    return value === '' ? [] : [value instanceof Date ? value.toISOString().slice(0, 10) : String(value)];
  });
  return [...new Set(shown)];
};

const filtersOf = (spec: ListSpec, rows: readonly Row[]): ListFilter[] =>
  listParams(spec).flatMap((param) => valuesOf(param, rows).map((value) => ({ field: param.field, op: param.op, values: [value] })));

const sortName = ({ field, descending }: ListSort): string => `${descending ? '-' : ''}${field}`;

/** `rows`: some rows of the list that the filters must find. */
export const queriesOf = (spec: ListSpec, rows: readonly Row[]): NamedQuery[] =>
  sortsOf(spec).flatMap((sort) => {
    const by = (what: string, query: Partial<ListQuery>): NamedQuery => ({
      name: `${what} by ${sortName(sort)}`,
      query: ListQuery.fromPartial({ sort: [sort], ...query }),
    });
    return [
      by('all', {}),
      ...filtersOf(spec, rows).map((filter) => by(`${filter.field} ${filter.op} ${filter.values.join()}`, { filters: [filter] })),
      ...SEARCHES.map((search) => by(`search ${search}`, { search })),
    ];
  });
