// What is filed of a record and never changes, row by row with its SHA-256: whoever lists it in something that is signed can tell later
// which row was changed or is gone.
import { createHash } from 'node:crypto';
import { canonical, type JsonValue } from '@hengji/host';

/** A row of a table by what names it there. */
export interface Filed {
  readonly table: string;
  readonly id: string;
  /** Of the row's canonical JSON, hex. */
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

/** Rows of named columns: one that is added to the table later must not change the digest of what was filed before. */
export const filed = <Row extends object>(table: string, rows: readonly Row[], idOf: (row: Row) => string): Filed[] =>
  rows.map((row) => ({
    table,
    id: idOf(row),
    sha256: createHash('sha256')
      .update(canonical(plain(row)))
      .digest('hex'),
  }));
