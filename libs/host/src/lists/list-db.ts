// What lists ask of a database.
import type { Sql } from 'sql-template-tag';

/** The little that a list asks of a database; a PrismaClient has it. */
export interface ListDb {
  $queryRaw<T = unknown>(query: Sql): Promise<T>;
}
