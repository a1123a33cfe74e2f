// Bytes of Kafka's protocol, read one value after the other. Reading past the end throws a RangeError, whatever length the bytes declare.

const VARINT_BYTES = 5;
const VARLONG_BYTES = 10;

export interface WireBytes {
  readonly left: () => number;
  readonly int8: () => number;
  readonly int16: () => number;
  readonly int32: () => number;
  readonly int64: () => bigint;
  /** Zigzag, 32 bits, as the broker reads lengths, counts and offset deltas: it accepts more than 32 bits and drops the rest. */
  readonly varint: () => number;
  /** Zigzag, 64 bits: the delta of a timestamp. */
  readonly varlong: () => bigint;
  /** This many bytes, not copied. */
  readonly bytes: (length: number) => Buffer;
  /** Bytes with their length in front as a varint; null for the length -1. */
  readonly varBytes: () => Buffer | null;
  /** Text with its length in front as an int16. */
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
      value |= (byte & 0x7f) << (7 * index); // 32 bits: the other bits of the fifth byte are dropped
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError('a varint has no end');
  };
  const varlong = (): bigint => {
    let value = 0n;
    for (let index = 0; index < VARLONG_BYTES; index += 1) {
      const byte = buffer.readUInt8(taken(1));
      // The usual case needs no further bigint arithmetic: one byte.
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
