// What is filed for a record and never changes, row by row with its SHA-256. A signed document that lists these digests shows later which
// row was changed or removed.
import { createHash } from 'node:crypto';
import { canonical, type JsonValue } from '@hengji/host';

/** A row of a table with the id that names it there. */
export interface Filed {
  readonly table: string;
  readonly id: string;
  /** SHA-256 of the row's canonical JSON, hex. */
  readonly sha256: string;
}

const plain = (value: unknown): JsonValue => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : String(value);
};

/** Rows of named columns: a column that is added to the table later must not change the digest of earlier rows. */
export const filed = <Row extends object>(table: string, rows: readonly Row[], idOf: (row: Row) => string): Filed[] =>
  rows.map((row) => ({
    table,
    id: idOf(row),
    sha256: createHash('sha256')
      .update(canonical(plain(row)))
      .digest('hex'),
  }));
