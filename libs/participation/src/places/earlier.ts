// Converts a request from before lists had queries into a query: a gateway may be older than its services. The request's fields become
// filters, and its cursor becomes the list's cursor.
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
  sum: '',
});
