// Pages of a list (meta.v1.Page): the cursor is the last id, opaque to the caller.
import { Refusal } from '@hengji/domain-kit';

const DEFAULT_LIMIT = 50;
const MOST = 1000;

export interface Page {
  readonly after: string;
  readonly limit: number;
}

/** Page of the request; without one, or with limit 0, the first fifty. Refuses `page.limit_invalid` above 1,000. */
export const pageOf = (page: Page | undefined): Page => {
  const limit = page?.limit || DEFAULT_LIMIT;
  if (limit > MOST) {
    throw new Refusal('invalid', 'page.limit_invalid', '每页应为1至1000条', { field: 'page.limit', rule: 'meta.v1.Page' });
  }
  return { after: page?.after ?? '', limit };
};

/** Cursor of the next page: empty when this one was not full. */
export const nextOf = <T>(rows: readonly T[], page: Page, idOf: (row: T) => string): string => {
  const last = rows.at(-1);
  return last !== undefined && rows.length === page.limit ? idOf(last) : '';
};
