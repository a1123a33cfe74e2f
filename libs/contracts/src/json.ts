// Contract messages as JSON: the gateway writes it and the console reads it, so REST bodies need no second description.

/** The JSON form of a message: Date → string, bigint → number, bytes → hex, everything else unchanged. */
export type Json<T> = T extends Date
  ? string
  : T extends bigint
    ? number
    : T extends Uint8Array
      ? string
      : T extends readonly (infer Item)[]
        ? Json<Item>[]
        : T extends object
          ? { [K in keyof T]: Json<T[K]> }
          : T;

/** Maps a message to its JSON form; a count beyond 2^53 is a programming error and is not rounded. */
export const toJson = <T>(value: T): Json<T> => convert(value) as Json<T>;

const convert = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === 'bigint') {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      throw new RangeError(`${value} does not fit into JSON`);
    return Number(value);
  }
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
  return value;
};
