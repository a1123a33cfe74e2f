// kafkajs unpacks a whole batch before anybody sees a record of it, and a batch of 1 MB may unpack to 1 GB. So unpacking has limits.
// A batch beyond them fails the fetch: the consumer says so and is not ready, until an operator has set the offset past the batch.
import { promisify } from 'node:util';
import { gzip, gunzip } from 'node:zlib';

/** Our own relay sends batches of some 1 MB, and without compression. */
const UNPACKED_BYTES = 16_777_216;
/** kafkajs makes some 500 bytes of objects of each record, however small it is. */
const RECORDS = 50_000;

/** What kafkajs calls a codec. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(packed: Buffer): Promise<Buffer>;
}

const packed = promisify(gzip);
const unpacked = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** Records stand one after the other, each behind its length as a zigzag varint. */
const checkRecords = (bytes: Buffer): void => {
  let at = 0;
  for (let records = 1; at < bytes.length; records += 1) {
    if (records > RECORDS) throw new RangeError(`a batch holds more than ${RECORDS} records`);
    let length = 0;
    for (let shift = 0; ; shift += 7, at += 1) {
      const byte = bytes[at] ?? 0;
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    at += 1 + length / 2;
    if (!Number.isInteger(at)) throw new RangeError('a batch holds a record of negative length');
  }
};

/** Gzip that refuses to unpack more than `UNPACKED_BYTES` or `RECORDS`. */
export const boundedGzip = (): Codec => ({
  compress: ({ buffer }) => packed(buffer),
  decompress: async (bytes) => {
    const batch = await unpacked(bytes, { maxOutputLength: UNPACKED_BYTES });
    checkRecords(batch);
    return batch;
  },
});
