// The type of a file from its bytes, independent of what the sender declares: browsers and Windows send application/x-zip-compressed,
// image/pjpeg, application/octet-stream or nothing. The recogniser reads the bytes as they pass: the first and the last bytes, whether all of
// them are text, and the streams of an old Office file.
import { fileTypeFromBuffer } from 'file-type';
import { cfbReader } from './cfb-type';
import { endingOf, MEDIA_TYPES, type MediaType } from './media-types';
import { textReader } from './text-type';
import { isAlsoZip, zipType } from './zip-type';

const HEAD_BYTES = 64 * 1024;
/** The directory of a ZIP of about ten thousand entries. */
const TAIL_BYTES = 1024 * 1024;

/** Names of file-type that differ from ours. */
const SAME: Readonly<Record<string, MediaType>> = { 'audio/vnd.wave': 'audio/wav', 'audio/x-m4a': 'audio/mp4', 'video/x-m4v': 'video/mp4' };

/** What people send and no kind of evidence accepts, for the refusal. */
const REFUSED: Readonly<Record<string, string>> = {
  'application/x-msdownload': '程序',
  'application/x-elf': '程序',
  'application/x-rar-compressed': 'RAR压缩包，请改用ZIP',
  'application/x-7z-compressed': '7z压缩包，请改用ZIP',
  'application/gzip': 'GZ压缩包，请改用ZIP',
  'application/rtf': 'RTF文件，请另存为docx',
  'application/x-ms-shortcut': '快捷方式',
  'image/gif': 'GIF图片，请另存为PNG',
  'image/bmp': 'BMP图片，请另存为PNG',
  'image/webp': 'WEBP图片，请另存为JPEG',
  'image/heic': 'HEIC图片，请另存为JPEG',
  'video/quicktime': 'MOV视频，请转为MP4',
  'audio/amr': 'AMR录音，请转为MP3',
};
const UNKNOWN = '不能识别的文件';

/** The type of the bytes, or what they are instead, in words for the sender. */
export type Found = { readonly type: MediaType } | { readonly what: string };

/** The result of file-type with our names; undefined for an unknown type, or one that only the end of the file decides. */
const begins = async (head: Uint8Array): Promise<string | undefined> => {
  const found = await fileTypeFromBuffer(head);
  if (!found) return undefined;
  // Every document in a ZIP container: its directory determines the type.
  if (Buffer.from(head.buffer, head.byteOffset, 2).toString('latin1') === 'PK') return 'application/zip';
  return SAME[found.mime] ?? found.mime;
};

const isKnown = (type: string): type is MediaType => type in MEDIA_TYPES;

export interface Recogniser {
  look(chunk: Uint8Array): void;
  /** What the bytes that have passed are. `name` decides only where the bytes do not. */
  found(name: string): Promise<Found>;
}

/** The last of all bytes that pass, in the pieces in which they arrive. */
const lastBytes = () => {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  let length = 0;
  return {
    look: (chunk: Uint8Array): void => {
      pieces.push(chunk);
      length += chunk.length;
      kept += chunk.length;
      for (let first = pieces[0]; first && kept - first.length >= TAIL_BYTES; first = pieces[0]) {
        pieces.shift();
        kept -= first.length;
      }
    },
    bytes: (): Buffer => Buffer.concat(pieces).subarray(-TAIL_BYTES),
    length: () => length,
  };
};

/** Buffers about 1 MB and one piece. */
export const recogniser = (): Recogniser => {
  let head = Buffer.alloc(0);
  const tail = lastBytes();
  const [text, container] = [textReader(), cfbReader()];
  return {
    look: (chunk) => {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      for (const reader of [tail, text, container]) reader.look(chunk);
    },
    found: async (name) => {
      const found = await begins(head);
      if (found === 'application/zip') return zipType(tail.bytes(), tail.length());
      if (found === 'application/x-cfb') return container.found(name);
      if (found !== undefined && isKnown(found)) return isAlsoZip(tail.bytes()) ? { what: '后面藏有压缩包的文件' } : { type: found };
      const isText = text.found(head);
      if (isText === 'executable') return { what: '网页、脚本或XML' };
      if (isText === 'text') return { type: endingOf(name) === 'csv' ? 'text/csv' : 'text/plain' };
      return { what: REFUSED[found ?? ''] ?? UNKNOWN };
    },
  };
};
