// Names of the entries in a ZIP, from the central directory at the end of the file. An office document is a ZIP; its entry names determine
// its format.

const END = Buffer.from('504b0506', 'hex');
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const END_BYTES = 22;

/**
 * Names in the directory, as far as it lies within `tail`, the last bytes of the file. Undefined if `tail` is not the end of a ZIP, or the
 * directory is larger.
 */
export const zipEntries = (tail: Buffer): readonly string[] | undefined => {
  const end = tail.lastIndexOf(END);
  if (end < 0 || end + END_BYTES > tail.length) return undefined;
  const size = tail.readUInt32LE(end + 12);
  const start = end - size;
  if (start < 0) return undefined;
  const names: string[] = [];
  for (let at = start; at + ENTRY_BYTES <= end && tail.readUInt32LE(at) === ENTRY;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => tail.readUInt16LE(at + offset)) as [number, number, number];
    names.push(tail.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name));
    at += ENTRY_BYTES + name + extra + comment;
  }
  return names;
};
