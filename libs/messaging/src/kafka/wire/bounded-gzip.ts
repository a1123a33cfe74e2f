// A batch of 1 MB may unpack to 1 GB, so unpacking has a limit. A batch beyond it is handed on as one
// malformed record, so that it stops no other partition.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Our own relay sends batches of some 1 MB, and without compression. */
const UNPACKED_BYTES = 16_777_216;

const unpacked = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** Unpacks gzip; refuses to unpack more than `UNPACKED_BYTES`. */
export const boundedGunzip = (bytes: Buffer): Promise<Buffer> => unpacked(bytes, { maxOutputLength: UNPACKED_BYTES });
