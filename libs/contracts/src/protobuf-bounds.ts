// Counts the objects that decoding a message would create, before any is created. A record of 1 MB can contain half a million empty rows,
// and each takes a hundred times its two bytes once it is decoded. Code that decodes messages of other writers calls this first.
import { MESSAGE_FIELDS } from './generated/message-fields';

/**
 * The maximum number of fields in a message, at all levels together. 1,000 certificates have about 12,000 fields; a list of 10,000 ids has
 * 10,000. An empty row of an order, the largest element of an event, takes 330 bytes, so that decoding at the limit takes about 30 MB.
 */
export const MAX_ELEMENTS = 100_000;

/** A generated codec; it has the name of its message. */
export interface NamedCodec {
  readonly $type: string;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const GROUP_BEGINS = 3;
const GROUP_ENDS = 4;
const FIXED_32 = 5;
/** Every decoder refuses a longer varint. */
const LONGEST_VARINT = 10;

/** The position after the varint that begins at `at`; past the end of the bytes if the varint is cut off. */
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

/** No message of proto/ contains itself, so a message with this many levels is not one of ours. */
const MOST_LEVELS = 100;

interface Level {
  readonly fields: Readonly<Record<number, string>>;
  /** For a group, which the decoder skips tag by tag until its end, the end of all bytes. */
  readonly end: number;
}

const NOTHING_INSIDE: Level['fields'] = {};

const fieldsOf = (type: string): Level['fields'] => {
  const fields = MESSAGE_FIELDS[type];
  if (!fields) throw new Error(`no message ${type} in proto/`);
  return fields;
};

/** Where the next field that the decoder reads begins; NaN where the decoder fails. */
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
 * Counts the fields of the message at all levels, as the generated decoder would read them, and stops above `limit` (then `limit + 1`). The
 * function reads the bytes once and creates no object per field. It descends only into fields that contain a message: text and files count
 * as one element, whatever their content. It treats three cases as the decoder does: a message longer than its parent, the end of a group,
 * and a tag 0. Numbers in a packed list are not counted: each takes 8 bytes once decoded.
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
      // The decoder skips the content of a group until the group ends.
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
