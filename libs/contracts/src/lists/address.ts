// Converts a list's query to URL parameters and back, so that a view can be sent to a colleague. Empty values are not filters. The
// parameter values are not checked here: libs/host/src/lists/query.ts checks them and refuses an invalid field.
import { typedSearch } from '@hengji/province';
import type { ListQuery } from '../generated/hengji/meta/v1/list';
import { listParams, type ListSpec } from './spec';

export type Params = Readonly<Record<string, string | undefined>>;

const valuesOf = (text: string, op: string): string[] => {
  const values = op === 'IS' ? text.split(/[,，]/) : [text];
  return values.map(typedSearch).filter((value) => value !== '');
};

const sortOf = (text: string): ListQuery['sort'] =>
  valuesOf(text, 'IS').map((key) => ({ field: key.replace(/^-/, ''), descending: key.startsWith('-') }));

/** Parameters that the list does not define are ignored. */
export const listQueryOf = (spec: ListSpec, params: Params): ListQuery => ({
  filters: listParams(spec).flatMap(({ name, field, op }) => {
    const values = valuesOf(params[name] ?? '', op);
    return values.length === 0 ? [] : [{ field, op, values }];
  }),
  sort: sortOf(params['sort'] ?? ''),
  search: typedSearch(params['search'] ?? ''),
  cursor: params['after'] ?? '',
  limit: Number(params['limit'] ?? 0),
  sum: params['sum'] ?? '',
});

/** The parameters that `listQueryOf` reads as this query; empty values are left out. */
export const listAddressOf = (spec: ListSpec, { filters, sort, search, cursor, limit, sum }: ListQuery): Record<string, string> => {
  const params = listParams(spec).flatMap(({ name, field, op }) => {
    const filter = filters.find((one) => one.field === field && one.op === op);
    return filter ? [[name, filter.values.join(',')] as const] : [];
  });
  const others = {
    search,
    sort: sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(','),
    after: cursor,
    limit: limit === 0 ? '' : String(limit),
    sum,
  };
  return Object.fromEntries([...params, ...Object.entries(others)].filter(([, value]) => value !== ''));
};
