// A batch of 1 MB may decompress to 1 GB, so decompression has a limit. A batch beyond it becomes one malformed record, so that it stops no
// other partition.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Our own relay sends batches of about 1 MB, without compression. */
const UNPACKED_BYTES = 16_777_216;

const unpacked = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** Decompresses gzip; fails beyond `UNPACKED_BYTES`. */
export const boundedGunzip = (bytes: Buffer): Promise<Buffer> => unpacked(bytes, { maxOutputLength: UNPACKED_BYTES });
