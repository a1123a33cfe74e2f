// The type of a file from its bytes, independent of what the sender declares. The recogniser reads the bytes as they pass: the first and
// the last bytes, and whether all of them are text.
import { fileTypeFromBuffer } from 'file-type';
import { endingOf, MEDIA_TYPES, type MediaType } from './media-types';
import { zipEntries } from './zip-entries';

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 256 * 1024;

/** Names of file-type that differ from ours. */
const SAME: Readonly<Record<string, MediaType>> = { 'audio/vnd.wave': 'audio/wav', 'audio/x-m4a': 'audio/mp4', 'video/x-m4v': 'video/mp4' };

/** A ZIP with an entry of this name has this type. */
const BY_ENTRY: readonly (readonly [string, MediaType])[] = [
  ['OFD.xml', 'application/ofd'],
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** Text has no control characters except tabs and line and page breaks; U+FEFF may begin it. */
const NO_TEXT = /[^\P{Cc}\t\r\n\f]/u;
/** Chinese Excel writes CSV in GB 18030. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** Whether the bytes so far are text in the encoding. */
const textIn = (encoding: string) => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isText = true;
  const look = (chunk?: Uint8Array): void => {
    if (!isText) return;
    try {
      isText = !NO_TEXT.test(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch {
      isText = false;
    }
  };
  return { look, isText: () => isText };
};

/** The result of file-type with our names; undefined for an unknown type, or one that only the end of the file decides. */
const begins = async (head: Uint8Array): Promise<string | undefined> => {
  const found = await fileTypeFromBuffer(head);
  if (!found) return undefined;
  // Every document in a ZIP container: its directory determines the type.
  if (Buffer.from(head.buffer, head.byteOffset, 2).toString('latin1') === 'PK') return 'application/zip';
  return SAME[found.mime] ?? found.mime;
};

const isKnown = (type: string): type is MediaType => type in MEDIA_TYPES;

const zipType = (tail: Buffer): MediaType => {
  const entries = new Set(zipEntries(tail));
  return BY_ENTRY.find(([entry]) => entries.has(entry))?.[1] ?? 'application/zip';
};

/** CFB contains either format; the file name decides. */
const cfbType = (name: string): MediaType =>
  MEDIA_TYPES['application/vnd.ms-excel'].endings.some((ending) => ending === endingOf(name))
    ? 'application/vnd.ms-excel'
    : 'application/msword';

export interface Recogniser {
  look(chunk: Uint8Array): void;
  /** The type of the bytes that have passed; undefined for a type that is not in the table. `name` decides only where the bytes do not. */
  type(name: string): Promise<MediaType | undefined>;
}

/** The last of all bytes that pass, in the pieces in which they arrive. */
const lastBytes = () => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return {
    look: (chunk: Uint8Array): void => {
      pieces.push(chunk);
      length += chunk.length;
      for (let first = pieces[0]; first && length - first.length >= TAIL_BYTES; first = pieces[0]) {
        pieces.shift();
        length -= first.length;
      }
    },
    bytes: (): Buffer => Buffer.concat(pieces).subarray(-TAIL_BYTES),
  };
};

/** Buffers about 320 kB and one piece. */
export const recogniser = (): Recogniser => {
  let head = Buffer.alloc(0);
  const tail = lastBytes();
  const texts = ENCODINGS.map(textIn);
  return {
    look: (chunk) => {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      tail.look(chunk);
      for (const text of texts) text.look(chunk);
    },
    type: async (name) => {
      const found = await begins(head);
      if (found === 'application/zip') return zipType(tail.bytes());
      if (found === 'application/x-cfb') return cfbType(name);
      if (found !== undefined && isKnown(found)) return found;
      for (const text of texts) text.look();
      if (!texts.some(({ isText }) => isText())) return undefined;
      return endingOf(name) === 'csv' ? 'text/csv' : 'text/plain';
    },
  };
};
