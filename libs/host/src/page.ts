// Pages of a list (meta.v1.Page): the cursor is the last row's key, opaque to the caller.
import { Refusal } from '@hengji/domain-kit';

const DEFAULT_LIMIT = 50;
const MOST = 1000;

/** Cursors of lists whose keys are codes, numbers and ids of ASCII. */
export const ASCII_CURSOR = /^[\w.:/-]{0,200}$/;

export interface Page {
  readonly after: string;
  readonly limit: number;
}

/** Refuses `page.cursor_invalid`: the cursor was never returned by the list. */
export const cursorInvalid = (): Refusal =>
  new Refusal('invalid', 'page.cursor_invalid', '翻页位置无效，请从第一页重新查询', { field: 'page.after', rule: 'meta.v1.Page' });

/**
 * The page of the request; without one, or with limit 0, the first fifty. Refuses `page.limit_invalid` above 1,000, and
 * `page.cursor_invalid` where the list defines the format of its cursors.
 */
export const pageOf = (page: Page | undefined, cursor?: RegExp): Page => {
  const limit = page?.limit || DEFAULT_LIMIT;
  const after = page?.after ?? '';
  if (limit > MOST) {
    throw new Refusal('invalid', 'page.limit_invalid', '每页应为1至1000条', { field: 'page.limit', rule: 'meta.v1.Page' });
  }
  if (cursor?.test(after) === false) throw cursorInvalid();
  return { after, limit };
};

/** Cursor of the next page; empty when this page was not full. */
export const nextOf = <T>(rows: readonly T[], page: Page, keyOf: (row: T) => string): string => {
  const last = rows.at(-1);
  return last !== undefined && rows.length === page.limit ? keyOf(last) : '';
};
