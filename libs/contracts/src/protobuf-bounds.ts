// How many objects a message would become, before any is made: a record of 1 MB can hold half a million empty rows, and each of
// them takes a hundred times its two bytes once it is decoded. Whoever decodes what others wrote asks here first.

/**
 * The most elements a message may have. Measured: 1,000 certificates count 48,000, a list of 10,000 UUIDs counts 86,000; an empty row of
 * an order, the largest element of an event, takes 330 bytes, so that decoding at the limit takes about 30 MB.
 */
export const MAX_ELEMENTS = 100_000;

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
/** Longer ones are refused by every decoder. */
const LONGEST_VARINT = 10;

/** The position after the varint that begins at `at`; past the end of the bytes when it is cut off. */
const afterVarint = (bytes: Uint8Array, at: number): number => {
  let end = at;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x80) end += 1;
  return end + 1;
};

/** The varint as the decoder reads a length: its lowest 32 bits. */
const lengthAt = (bytes: Uint8Array, at: number): number => {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  return value % 2 ** 32;
};

/** Marks where a decoder may go on after the field whose tag ends at `value`. */
const markNext = (reached: Uint8Array, bytes: Uint8Array, wireType: number, value: number): void => {
  const mark = (at: number): void => {
    if (at < reached.length) reached[at] = 1;
  };
  switch (wireType) {
    case VARINT:
      return mark(afterVarint(bytes, value));
    case FIXED_64:
      return mark(value + 8);
    case FIXED_32:
      return mark(value + 4);
    case LENGTH_DELIMITED: {
      const content = afterVarint(bytes, value);
      mark(content);
      return mark(content + lengthAt(bytes, value));
    }
    case 3:
    case 4:
      // Groups: one that begins is passed over by the decoder, one that ends makes it go on in the message around it.
      return mark(value);
    default:
    // No decoder goes on after such a tag.
  }
};

/**
 * Counts the positions at which a decoder, whatever it takes each field for, could begin to read a field: never less than the fields
 * at all levels together, and more where text happens to look like fields. Stops above `limit` and then returns `limit + 1`. Goes
 * through the bytes once and makes no object; nesting costs nothing, because no level is entered: what a field may hold is only
 * marked. (The messages in `proto/` do not contain themselves; so their depth has its bound, and unknown groups have the decoder's.)
 * Numbers in a packed list are not counted: each takes 8 bytes once decoded.
 */
export const countElements = (bytes: Uint8Array, limit: number): number => {
  const reached = new Uint8Array(bytes.length);
  if (reached.length > 0) reached[0] = 1;
  let elements = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (reached[at] === 0) continue;
    const value = afterVarint(bytes, at);
    if (value > bytes.length || value - at > LONGEST_VARINT) continue;
    elements += 1;
    if (elements > limit) return limit + 1;
    markNext(reached, bytes, (bytes[at] ?? 0) & 7, value);
  }
  return elements;
};
