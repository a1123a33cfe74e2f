// Names of tables and columns as SQL. The names come from a service's own effect table, never from outside; only a valid name becomes SQL
// here.
import { raw, type Sql } from 'sql-template-tag';

const NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/;

/** The name of a table (with its schema, if any) or of a column. Throws for anything else. */
export const nameSql = (name: string): Sql => {
  if (!NAME.test(name)) throw new Error(`“${name}” is not the name of a table or column`);
  return raw(name);
};

/** The column of the alias. */
export const columnSql = (alias: string, column: string): Sql => nameSql(`${alias}.${column}`);
