// The database interface of lists.
import type { Sql } from 'sql-template-tag';

/** The few methods that a list needs; a PrismaClient has them. */
export interface ListDb {
  $queryRaw<T = unknown>(query: Sql): Promise<T>;
}
