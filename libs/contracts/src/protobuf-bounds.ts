// How many objects a message would become, before any is made: a record of 1 MB can hold half a million empty rows, and each of
// them takes a hundred times its two bytes once it is decoded. Whoever decodes what others wrote asks here first.
import { MESSAGE_FIELDS } from './generated/message-fields';

/**
 * The most fields that a message may have, at all levels together. 1,000 certificates have some 12,000, a list of 10,000 ids has 10,000; an
 * empty row of an order, the largest element of an event, takes 330 bytes, so that decoding at the limit takes about 30 MB.
 */
export const MAX_ELEMENTS = 100_000;

/** A generated codec: it names its message. */
export interface NamedCodec {
  readonly $type: string;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const GROUP_BEGINS = 3;
const GROUP_ENDS = 4;
const FIXED_32 = 5;
/** Longer ones are refused by every decoder. */
const LONGEST_VARINT = 10;

/** The position after the varint that begins at `at`; past the end of the bytes when it is cut off. */
const afterVarint = (bytes: Uint8Array, at: number): number => {
  let end = at;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x80) end += 1;
  return end + 1;
};

/** The varint as the decoder reads a tag or a length: its lowest 32 bits. */
const numberAt = (bytes: Uint8Array, at: number): number => {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  return value % 2 ** 32;
};

/** No message of proto/ holds itself; so many levels are no message of ours. */
const MOST_LEVELS = 100;

interface Level {
  readonly fields: Readonly<Record<number, string>>;
  /** Of a group, which the decoder passes over tag by tag until it ends, that of all bytes. */
  readonly end: number;
}

const NOTHING_INSIDE: Level['fields'] = {};

const fieldsOf = (type: string): Level['fields'] => {
  const fields = MESSAGE_FIELDS[type];
  if (!fields) throw new Error(`no message ${type} in proto/`);
  return fields;
};

/** Where the next field begins that the decoder reads; NaN where it gives up. */
const next = (bytes: Uint8Array, wireType: number, value: number): number => {
  switch (wireType) {
    case VARINT:
      return afterVarint(bytes, value);
    case FIXED_64:
      return value + 8;
    case FIXED_32:
      return value + 4;
    case LENGTH_DELIMITED:
      return afterVarint(bytes, value) + numberAt(bytes, value);
    default:
      return Number.NaN;
  }
};

/**
 * Counts the fields of the message at all levels, as the generated decoder would read them, and stops above `limit` (then `limit + 1`).
 * Goes through the bytes once and makes no object a field. Looks into those fields only that hold a message: text and files are one
 * element, whatever they say. A message that is longer than the one around it, the end of a group and a tag 0 are
 * taken as the decoder takes them. Numbers in a packed list are not counted: each takes 8 bytes once decoded.
 */
export const countElements = ({ $type }: NamedCodec, bytes: Uint8Array, limit: number): number => {
  const levels: Level[] = [{ fields: fieldsOf($type), end: bytes.length }];
  let elements = 0;
  let at = 0;
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (at >= level.end) {
      levels.pop();
      continue;
    }
    const tag = numberAt(bytes, at);
    const value = afterVarint(bytes, at);
    if (value > bytes.length || value - at > LONGEST_VARINT) return elements;
    elements += 1;
    if (elements > limit) return limit + 1;
    const wireType = tag & 7;
    if (wireType === GROUP_ENDS || tag === 0) {
      levels.pop();
      at = value;
    } else if (wireType === GROUP_BEGINS) {
      // The decoder passes over what is in a group without looking into it, until the group ends.
      levels.push({ fields: NOTHING_INSIDE, end: bytes.length });
      at = value;
    } else {
      const inner = wireType === LENGTH_DELIMITED ? level.fields[tag >>> 3] : undefined;
      at = next(bytes, wireType, value);
      if (Number.isNaN(at)) return elements;
      if (inner !== undefined) {
        levels.push({ fields: fieldsOf(inner), end: at });
        at = afterVarint(bytes, value);
      }
    }
    if (levels.length > MOST_LEVELS) return limit + 1;
  }
  return elements;
};
