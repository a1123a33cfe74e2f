// A key as text for the database. Keys are institution codes, but any writer to a topic can send any bytes as a key, and a record with such
// a key must be parked too. So any bytes have a name that is short enough for an index.
import { createHash } from 'node:crypto';

const LONGEST_KEY = 200;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of the bytes where PostgreSQL can store it; else `hex:…`, or `sha256:…` where the bytes are too long. No key is ''. */
export const keyText = (bytes: Uint8Array | null): string => {
  if (bytes === null) return '';
  if (bytes.length > LONGEST_KEY) return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  try {
    if (!bytes.includes(0)) return utf8.decode(bytes);
  } catch {
    // Not UTF-8: the name is made from the bytes.
  }
  return `hex:${Buffer.from(bytes).toString('hex')}`;
};
