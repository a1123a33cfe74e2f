// The facts of a record that the law relies on, stored as a digest beside its claim. SHA-256 over all facts shows any change; four bytes
// per column show which column changed. The database computes all of it: a hundred thousand records take one statement.

import sql, { join, type Sql } from 'sql-template-tag';
import { columnSql } from '../effects/names';

/** One fact: its name in a finding, and its SQL (text, or a number without rounding). */
export interface Fact {
  readonly name: string;
  readonly sql: Sql;
}

/** Facts from a table's columns, over the alias. Times are left out: their text depends on the session. */
export const columnFacts = (table: string, columns: readonly string[], alias = 't'): Fact[] =>
  columns.map((column) => ({ name: `${table}.${column}`, sql: columnSql(alias, column) }));

// The first byte of a digest is its format: \x01 means SHA-256, followed by the same number of bytes for each fact.
const HASH_BYTES = 32;
const TAG_BYTES = 4;

// Null has a value of its own: \x01 occurs in no record.
const textOf = (fact: Fact): Sql => sql`coalesce((${fact.sql})::text, E'\\x01')`;
const tagOf = (fact: Fact): Sql => sql`int4send(hashtext(${textOf(fact)}))`;

/** SQL (bytea): the digest of these facts. Their number and order must never change: stored digests are compared with it. */
export const digestSql = (facts: readonly Fact[]): Sql =>
  join(
    [sql`'\\x01'::bytea`, sql`sha256(convert_to(concat_ws(E'\\x1f', ${join(facts.map(textOf), ', ')}), 'UTF8'))`, ...facts.map(tagOf)],
    ' || ',
  );

/** SQL (boolean): a digest is stored and the facts no longer match it. */
export const changedSql = (facts: readonly Fact[], kept: Sql): Sql =>
  sql`(${kept} IS NOT NULL AND get_byte(${kept}, 0) = 1 AND ${kept} <> ${digestSql(facts)})`;

/** SQL (text): the names of the facts that no longer match the digest. */
export const changedNamesSql = (facts: readonly Fact[], kept: Sql): Sql => {
  const names = facts.map((fact, i) => {
    const from = 2 + HASH_BYTES + i * TAG_BYTES;
    return sql`CASE WHEN substr(${kept}, ${from}::int, ${TAG_BYTES}::int) <> ${tagOf(fact)} THEN ${fact.name} END`;
  });
  return sql`coalesce(nullif(concat_ws('、', ${join(names, ', ')}), ''), ${facts.map(({ name }) => name).join('/')})`;
};
