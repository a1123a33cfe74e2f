// The entries of a ZIP, from the central directory at the end of the file, without unpacking it. An office document is a ZIP; its entry
// names determine its format.

const END = Buffer.from('504b0506', 'hex');
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
/** ZIP64: the locator stands before the end record, and before it the record with sizes of 8 bytes. */
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const EXTRA_64 = 0x0001;
const IN_64 = 0xffffffff;

export interface ZipEntry {
  readonly name: string;
  /** Bytes in the file, and unpacked, as the directory states them. */
  readonly packed: number;
  readonly unpacked: number;
}

/** `beyond`: the directory begins before `tail`. `atEnd`: the ZIP ends where the file ends. */
export type ZipDirectory = 'none' | 'beyond' | { readonly entries: readonly ZipEntry[]; readonly atEnd: boolean };

/** The sizes of ZIP64 in the extra field: those that the entry itself marks as absent, in this order. */
const sizesIn64 = (extra: Buffer, wanted: readonly boolean[]): (number | undefined)[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_64) continue;
    let from = at + 4;
    return wanted.map((isWanted) => {
      if (!isWanted || from + 8 > extra.length) return undefined;
      from += 8;
      return Number(extra.readBigUInt64LE(from - 8));
    });
  }
  return [];
};

const entryAt = (tail: Buffer, at: number): { entry: ZipEntry; next: number } => {
  const [name, extra, comment] = [28, 30, 32].map((offset) => tail.readUInt16LE(at + offset)) as [number, number, number];
  const [packed, unpacked] = [tail.readUInt32LE(at + 20), tail.readUInt32LE(at + 24)];
  const from = at + ENTRY_BYTES;
  const [unpacked64, packed64] = sizesIn64(tail.subarray(from + name, from + name + extra), [unpacked === IN_64, packed === IN_64]);
  return {
    entry: { name: tail.toString('utf8', from, from + name), packed: packed64 ?? packed, unpacked: unpacked64 ?? unpacked },
    next: from + name + extra + comment,
  };
};

/** Where the directory begins and ends in `tail`; a negative begin lies before it. */
const directoryIn = (tail: Buffer, end: number): { from: number; until: number } => {
  const size = tail.readUInt32LE(end + 12);
  const until = end - LOCATOR_BYTES - END_64_BYTES;
  const isIn64 = until >= 0 && tail.readUInt32LE(end - LOCATOR_BYTES) === LOCATOR && tail.readUInt32LE(until) === END_64;
  return isIn64 ? { from: until - Number(tail.readBigUInt64LE(until + 40)), until } : { from: end - size, until: end };
};

/** The directory, if `tail`, the last bytes of the file, contain the end of a ZIP. */
export const zipDirectory = (tail: Buffer): ZipDirectory => {
  const end = tail.lastIndexOf(END);
  if (end < 0 || end + END_BYTES > tail.length) return 'none';
  const { from, until } = directoryIn(tail, end);
  if (from < 0) return 'beyond';
  const entries: ZipEntry[] = [];
  for (let at = from; at + ENTRY_BYTES <= until && tail.readUInt32LE(at) === ENTRY;) {
    const { entry, next } = entryAt(tail, at);
    entries.push(entry);
    at = next;
  }
  return { entries, atEnd: end + END_BYTES + tail.readUInt16LE(end + 20) === tail.length };
};
