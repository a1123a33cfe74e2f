// The type of a file in the container of the old Office (CFB, MS-CFB): Word, Excel, PowerPoint, Outlook and installers (MSI) all begin with
// the same bytes. The names of the streams in the container's directory, in UTF-16, tell them apart.
import { endingOf, MEDIA_TYPES, type MediaType } from './media-types';

const BEGINS = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** A name of the directory has at most 31 characters and a zero. */
const LONGEST_BYTES = 64;

/** Streams and what their file is: an accepted type, or what is refused. Where a file has several, the first row decides. */
const STREAMS: readonly (readonly [string, { readonly type: MediaType } | { readonly what: string }])[] = [
  ['EncryptedPackage', { what: '加了密码的Office文件，请去掉密码' }],
  ['PowerPoint Document', { what: '旧格式的PowerPoint（ppt）' }],
  ['WordDocument', { type: 'application/msword' }],
  ['Workbook', { type: 'application/vnd.ms-excel' }],
  ['Book', { type: 'application/vnd.ms-excel' }],
];

const WANTED = STREAMS.map(([stream]) => Buffer.from(`${stream}\0`, 'utf16le'));

/** Looks for the streams in the bytes that pass. */
export const cfbReader = () => {
  const seen = new Set<number>();
  let length = 0;
  let before = Buffer.alloc(0);
  let isContainer = true;
  return {
    look: (chunk: Uint8Array): void => {
      if (!isContainer) return;
      const bytes = Buffer.concat([before, chunk]);
      if (length < BEGINS.length) isContainer = BEGINS.subarray(0, bytes.length).equals(bytes.subarray(0, BEGINS.length));
      length += chunk.length;
      WANTED.forEach((name, row) => {
        if (bytes.includes(name)) seen.add(row);
      });
      before = Buffer.from(bytes.subarray(-LONGEST_BYTES));
    },
    /** After all bytes. A document in a document has the streams of both: then the ending of `name` decides. */
    found: (name: string): { readonly type: MediaType } | { readonly what: string } => {
      const found = STREAMS.filter((_, row) => seen.has(row)).map(([, file]) => file);
      const named = found.find((file) => 'type' in file && MEDIA_TYPES[file.type].endings.some((ending) => ending === endingOf(name)));
      const refused = found.find((file) => 'what' in file);
      return refused ?? named ?? found[0] ?? { what: '不是Word、Excel的旧格式文件' };
    },
  };
};
