// The facts of a record that the law rests on, as a digest beside its claim. SHA-256 over all of them shows any change; four
// bytes for each column tell which one changed. All of it is computed in the database: a hundred thousand records are one statement.

import sql, { join, type Sql } from 'sql-template-tag';
import { columnSql } from '../effects/names';

/** One fact: what a finding calls it, and its SQL (text, or a number without rounding). */
export interface Fact {
  readonly name: string;
  readonly sql: Sql;
}

/** Facts of a table's columns over the alias. Times are left out: their text depends on the session. */
export const columnFacts = (table: string, columns: readonly string[], alias = 't'): Fact[] =>
  columns.map((column) => ({ name: `${table}.${column}`, sql: columnSql(alias, column) }));

// The first byte of a digest says how the rest is made: \x01 is SHA-256, then so many bytes for each fact.
const HASH_BYTES = 32;
const TAG_BYTES = 4;

// Null is a value of its own: \x01 stands in no record.
const textOf = (fact: Fact): Sql => sql`coalesce((${fact.sql})::text, E'\\x01')`;
const tagOf = (fact: Fact): Sql => sql`int4send(hashtext(${textOf(fact)}))`;

/** SQL (bytea): the digest of these facts. Their number and order are for ever: digests that were kept are compared with it. */
export const digestSql = (facts: readonly Fact[]): Sql =>
  join(
    [sql`'\\x01'::bytea`, sql`sha256(convert_to(concat_ws(E'\\x1f', ${join(facts.map(textOf), ', ')}), 'UTF8'))`, ...facts.map(tagOf)],
    ' || ',
  );

/** SQL (boolean): a digest was kept, and the facts are no longer those. */
export const changedSql = (facts: readonly Fact[], kept: Sql): Sql =>
  sql`(${kept} IS NOT NULL AND get_byte(${kept}, 0) = 1 AND ${kept} <> ${digestSql(facts)})`;

/** SQL (text): the names of the facts that are no longer those of the digest. */
export const changedNamesSql = (facts: readonly Fact[], kept: Sql): Sql => {
  const names = facts.map((fact, i) => {
    const from = 2 + HASH_BYTES + i * TAG_BYTES;
    return sql`CASE WHEN substr(${kept}, ${from}::int, ${TAG_BYTES}::int) <> ${tagOf(fact)} THEN ${fact.name} END`;
  });
  return sql`coalesce(nullif(concat_ws('、', ${join(names, ', ')}), ''), ${facts.map(({ name }) => name).join('/')})`;
};
