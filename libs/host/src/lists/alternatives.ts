// A search as alternatives: what a row says itself, one condition each, and the institutions whose name is like the text. Each alternative
// is read by its own index, in the order of the list and no further than the page; the union of the few rows is the page. As one
// condition with OR, the database reads the table until it has met enough rows, or all of it.
import sql, { join, type Sql } from 'sql-template-tag';

export interface ListSearch {
  /** Conditions on a row; any of them finds it. */
  readonly rows: readonly Sql[];
  /** All rows of these institutions; `column` is what names the institution of a row. */
  readonly institutions?: { readonly column: Sql; readonly codes: readonly string[] };
}

/** Rows that meet `where`; with `codes` those of each of these institutions by itself, which `where` names as `each.code`. */
export interface Alternative {
  readonly where: readonly Sql[];
  readonly codes?: readonly string[];
}

/**
 * Without a search the list is one alternative. `oneByOne`: an index has the rows of each institution in the order that is asked for, so
 * that the first of each are found at once. Else the database chooses by how many institutions there are.
 */
export const alternativesOf = (found: ListSearch | undefined, oneByOne: boolean): readonly Alternative[] => {
  if (found === undefined) return [{ where: [] }];
  const { rows, institutions } = found;
  const own = rows.map((where): Alternative => ({ where: [where] }));
  if (institutions === undefined || institutions.codes.length === 0) return own;
  const { column, codes } = institutions;
  return [...own, oneByOne ? { where: [sql`${column} = each.code`], codes } : { where: [sql`${column} = ANY(${[...codes]}::text[])`] }];
};

/** The rows of all alternatives, each row once; `limit` bounds those of all institutions together. */
export const unionOf = (alternatives: readonly Alternative[], rows: (where: Alternative['where']) => Sql, limit: Sql): Sql =>
  join(
    alternatives.map(({ where, codes }) =>
      codes === undefined
        ? sql`(${rows(where)})`
        : sql`(SELECT of_each.* FROM unnest(${[...codes]}::text[]) AS each (code) CROSS JOIN LATERAL (${rows(where)}) AS of_each ${limit})`,
    ),
    ' UNION ',
  );
