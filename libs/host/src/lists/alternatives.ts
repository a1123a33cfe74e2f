// A search as alternatives: one per condition on the row itself, and one for the institutions whose name matches the text. Each alternative
// is read by its own index, in the order of the list and no further than the page; the union of these few rows is the page. With one
// condition with OR, the database would read the table until it has found enough rows, or all of it.
import sql, { join, type Sql } from 'sql-template-tag';

export interface ListSearch {
  /** Conditions on a row; each of them is enough. */
  readonly rows: readonly Sql[];
  /** All rows of these institutions; `column` has the institution of a row. */
  readonly institutions?: { readonly column: Sql; readonly codes: readonly string[] };
}

/** Rows that meet `where`; with `codes` the rows of each of these institutions separately, with `each.code` in `where`. */
export interface Alternative {
  readonly where: readonly Sql[];
  readonly codes?: readonly string[];
}

/**
 * Without a search the list is one alternative. `oneByOne`: an index has the rows of each institution in the requested order, so that the
 * first rows of each are found at once. Otherwise the database chooses by the number of institutions.
 */
export const alternativesOf = (found: ListSearch | undefined, oneByOne: boolean): readonly Alternative[] => {
  if (found === undefined) return [{ where: [] }];
  const { rows, institutions } = found;
  const own = rows.map((where): Alternative => ({ where: [where] }));
  if (institutions === undefined || institutions.codes.length === 0) return own;
  const { column, codes } = institutions;
  return [...own, oneByOne ? { where: [sql`${column} = each.code`], codes } : { where: [sql`${column} = ANY(${[...codes]}::text[])`] }];
};

/** The rows of all alternatives, each row once; `limit` applies to the rows of all institutions together. */
export const unionOf = (alternatives: readonly Alternative[], rows: (where: Alternative['where']) => Sql, limit: Sql): Sql =>
  join(
    alternatives.map(({ where, codes }) =>
      codes === undefined
        ? sql`(${rows(where)})`
        : sql`(SELECT of_each.* FROM unnest(${[...codes]}::text[]) AS each (code) CROSS JOIN LATERAL (${rows(where)}) AS of_each ${limit})`,
    ),
    ' UNION ',
  );
