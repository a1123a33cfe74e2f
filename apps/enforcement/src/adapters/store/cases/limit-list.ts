// The board of limits (期限看板) over procedure.limit: its filters, sorting and search. Without a filter on the state, the list
// has the limits that are not over, by indexes over only these limits.
import { LISTS } from '@hengji/contracts/lists';
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import { inOrder, readList, type ListSource } from '@hengji/host';
import { institutionsLike, placesOf } from '@hengji/participation';
import { reachSql, type LimitStore } from '@hengji/procedure';
import type { Limit } from '@hengji/procedure/tables';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Visible } from '../../../domain/competence';
import type { Database, Tx } from '../database';

/** Alias l. */
const LIMIT_LIST: ListSource<typeof LISTS.deadlines> = {
  spec: LISTS.deadlines,
  from: sql`procedure."limit" AS l`,
  columns: {
    deadlineId: { sql: sql`l.id` },
    code: { sql: sql`l.code` },
    dueAt: { sql: sql`l.due_at` },
    startedAt: { sql: sql`l.started_at` },
    state: { sql: sql`l.state` },
    institution: { sql: sql`l.institution` },
    authority: { sql: sql`l.authority` },
    caseId: { sql: sql`l.file_id` },
  },
  search: async (text, db) => ({
    rows: [sql`l.file_id = ${text}`],
    institutions: await institutionsLike(db, sql`l.institution`, text),
  }),
};

export interface LimitsAsked {
  readonly visible: Visible;
  /** Codes that are hidden from this reader. */
  readonly except: readonly string[];
  readonly query: ListQuery;
}

export interface LimitsListed {
  readonly limits: Limit[];
  readonly next: string;
  readonly total: ListTotal | undefined;
  readonly institutions: InstitutionPlace[];
}

const shown = ({ visible, except, query: { filters } }: LimitsAsked): Sql => {
  const isOfState = filters.some(({ field }) => field === 'state');
  return sql`${reachSql(visible, { authority: sql`l.authority`, institution: sql`l.institution` })}
    ${isOfState ? empty : sql`AND l.open`} ${except.length === 0 ? empty : sql`AND l.code <> ALL(${[...except]}::text[])`}`;
};

/** Soonest first unless the query sorts the list. */
export const limitList =
  (db: Database, limits: Pick<LimitStore<Tx>, 'ofIds'>) =>
  async (asked: LimitsAsked): Promise<LimitsListed> => {
    const { keys, ...page } = await readList(db, LIMIT_LIST, asked.query, shown(asked));
    const found = inOrder(keys, await limits.ofIds(keys), ({ id }) => id);
    const codes = found.map(({ institution }) => institution);
    return { limits: found, ...page, institutions: await placesOf(db, codes) };
  };
