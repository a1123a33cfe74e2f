// The facts of a record that the law rests on, as a digest beside its claim. SHA-256 over all of them shows any change; four
// bytes for each column tell which one changed. All of it is computed in the database: a hundred thousand records are one statement.

/** One fact: what a finding calls it, and its SQL (text, or a number without rounding). */
export interface Fact {
  readonly name: string;
  readonly sql: string;
}

/** Facts of a table's columns over the alias. Times are left out: their text depends on the session. */
export const columnFacts = (table: string, columns: readonly string[], alias = 't'): Fact[] =>
  columns.map((column) => ({ name: `${table}.${column}`, sql: `${alias}.${column}` }));

/** The first byte says how the rest is made. */
const VERSION = 1;
const HASH_BYTES = 32;
const TAG_BYTES = 4;

// Null is a value of its own: \x01 stands in no record.
const textOf = ({ sql }: Fact): string => `coalesce((${sql})::text, E'\\x01')`;
const tagOf = (fact: Fact): string => `int4send(hashtext(${textOf(fact)}))`;

/** SQL (bytea): the digest of these facts. Their number and order are for ever: digests that were kept are compared with it. */
export const digestSql = (facts: readonly Fact[]): string =>
  [`'\\x0${VERSION}'::bytea`, `sha256(convert_to(concat_ws(E'\\x1f', ${facts.map(textOf).join(', ')}), 'UTF8'))`, ...facts.map(tagOf)].join(
    ' || ',
  );

/** SQL (boolean): a digest was kept, and the facts are no longer those. */
export const changedSql = (facts: readonly Fact[], kept: string): string =>
  `(${kept} IS NOT NULL AND get_byte(${kept}, 0) = ${VERSION} AND ${kept} <> ${digestSql(facts)})`;

/** SQL (text): the names of the facts that are no longer those of the digest. */
export const changedNamesSql = (facts: readonly Fact[], kept: string): string => {
  const names = facts.map((fact, i) => {
    const from = 2 + HASH_BYTES + i * TAG_BYTES;
    return `CASE WHEN substr(${kept}, ${from}, ${TAG_BYTES}) <> ${tagOf(fact)} THEN '${fact.name}' END`;
  });
  return `coalesce(nullif(concat_ws('、', ${names.join(', ')}), ''), '${facts.map(({ name }) => name).join('/')}')`;
};
