// Bytes of Kafka's protocol, read one value after the other. Reading past the end throws a RangeError, whatever a length claims.

const VARINT_BYTES = 5;
const VARLONG_BYTES = 10;

export interface WireBytes {
  readonly left: () => number;
  readonly int8: () => number;
  readonly int16: () => number;
  readonly int32: () => number;
  readonly int64: () => bigint;
  /** Zigzag, 32 bits, as the broker reads lengths, counts and offset deltas: it accepts bits beyond the 32, and drops them. */
  readonly varint: () => number;
  /** Zigzag, 64 bits: the delta of a time. */
  readonly varlong: () => bigint;
  /** So many bytes, not copied. */
  readonly bytes: (length: number) => Buffer;
  /** Bytes behind their length as a varint; null for the length -1. */
  readonly varBytes: () => Buffer | null;
  /** Text behind its length as an int16. */
  readonly text: () => string;
}

export const wireBytes = (buffer: Buffer): WireBytes => {
  let at = 0;
  const taken = (length: number): number => {
    if (length < 0 || at + length > buffer.length) throw new RangeError(`${length} bytes are not there`);
    at += length;
    return at - length;
  };
  const varint = (): number => {
    let value = 0;
    for (let index = 0; index < VARINT_BYTES; index += 1) {
      const byte = buffer.readUInt8(taken(1));
      value |= (byte & 0x7f) << (7 * index); // 32 bits: what the fifth byte has beyond them is dropped
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError('a varint has no end');
  };
  const varlong = (): bigint => {
    let value = 0n;
    for (let index = 0; index < VARLONG_BYTES; index += 1) {
      const byte = buffer.readUInt8(taken(1));
      // The usual case without more big numbers: one byte.
      if (index === 0 && byte < 0x80) return BigInt((byte >>> 1) ^ -(byte & 1));
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) {
        const unsigned = BigInt.asUintN(64, value);
        return BigInt.asIntN(64, (unsigned >> 1n) ^ -(unsigned & 1n));
      }
    }
    throw new RangeError('a varlong has no end');
  };
  const bytes = (length: number): Buffer => {
    const from = taken(length);
    return buffer.subarray(from, from + length);
  };
  return {
    left: () => buffer.length - at,
    int8: () => buffer.readInt8(taken(1)),
    int16: () => buffer.readInt16BE(taken(2)),
    int32: () => buffer.readInt32BE(taken(4)),
    int64: () => buffer.readBigInt64BE(taken(8)),
    varint,
    varlong,
    bytes,
    varBytes: () => {
      const length = varint();
      return length === -1 ? null : bytes(length);
    },
    text: () => bytes(buffer.readInt16BE(taken(2))).toString(),
  };
};
