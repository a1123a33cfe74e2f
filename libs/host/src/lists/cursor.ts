// The place after which a page begins: the values of its last row in the sorted fields, as text. It is opaque to the caller and valid only
// for the sort of its page; with another sort it is refused, because the page would begin at a random place.
import type { FieldKind, ListSpec } from '@hengji/contracts/lists';
import type { ListSort } from '@hengji/contracts/meta/v1/list';
import { cursorInvalid } from '../page';

type Place = readonly (string | null)[];

const signatureOf = (spec: ListSpec, sort: readonly ListSort[]): string =>
  [spec.name, ...sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`)].join(' ');

export const cursorOf = (spec: ListSpec, sort: readonly ListSort[], place: Place): string =>
  Buffer.from(JSON.stringify([signatureOf(spec, sort), ...place])).toString('base64url');

const INTEGER = /^-?\d{1,18}$/;
/** PostgreSQL's text format of a timestamptz. */
const INSTANT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2}){0,2}$/;

const isValue = (kind: FieldKind | undefined, value: unknown): value is string | null => {
  if (value === null) return true;
  if (typeof value !== 'string' || value.includes('\0')) return false;
  if (kind === 'fen' || kind === 'number') return INTEGER.test(value);
  if (kind === 'flag') return value === 'true' || value === 'false';
  return kind !== 'instant' || INSTANT.test(value);
};

const readJson = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Refuses `page.cursor_invalid` for a cursor that this list has not returned under this sort. */
export const placeOf = (spec: ListSpec, sort: readonly ListSort[], cursor: string): Place => {
  const read = readJson(cursor);
  if (!Array.isArray(read)) throw cursorInvalid();
  const [signature, ...place] = read as unknown[];
  const isPlace = place.length === sort.length && place.every((value, i) => isValue(spec.fields[sort[i]?.field ?? '']?.kind, value));
  if (signature !== signatureOf(spec, sort) || !isPlace) throw cursorInvalid();
  return place as Place;
};
