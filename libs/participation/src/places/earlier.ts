// A request of before lists had queries, as a query: one gateway may be older than its services. Its fields are filters, its cursor is
// the list's own.
import type { ListFilter, ListQuery } from '@hengji/contracts/meta/v1/list';
import type { Page } from '@hengji/contracts/meta/v1/meta';

/** Filters that are empty or UNSPECIFIED narrow nothing. */
export const earlierQuery = (page: Page | undefined, filters: Readonly<Record<string, string>>): ListQuery => ({
  filters: Object.entries(filters)
    .filter(([, value]) => value !== '' && value !== 'UNSPECIFIED')
    .map(([field, value]): ListFilter => ({ field, op: 'IS', values: [value] })),
  sort: [],
  search: '',
  cursor: page?.after ?? '',
  limit: page?.limit ?? 0,
});
