// The type of a ZIP by its entries, and the ZIPs that are refused: no ZIP is unpacked here, but whoever receives it unpacks it.
import type { MediaType } from './media-types';
import { zipDirectory, type ZipEntry } from './zip-entries';

/** A ZIP with an entry of this name has this type. */
const BY_ENTRY: readonly (readonly [string, MediaType])[] = [
  ['OFD.xml', 'application/ofd'],
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** A ZIP that unpacks to more than 4 GB, or to more than 100 MB and 200 times its size, is made to fill a disk. */
const MOST_UNPACKED = 4 * 1024 ** 3;
const UNSUSPICIOUS_UNPACKED = 100 * 1024 ** 2;
const MOST_RATIO = 200;

const MACROS = /(^|\/)vbaProject\.bin$/i;
const LEADS_OUT = /^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i;

const sum = (entries: readonly ZipEntry[], part: (entry: ZipEntry) => number): number =>
  entries.reduce((total, entry) => total + part(entry), 0);

const faultOf = (entries: readonly ZipEntry[], bytes: number): string | undefined => {
  const unpacked = sum(entries, (entry) => entry.unpacked);
  if (unpacked > MOST_UNPACKED || (unpacked > UNSUSPICIOUS_UNPACKED && unpacked > MOST_RATIO * bytes)) return '解压后异常大的压缩包';
  if (sum(entries, ({ packed }) => packed) > bytes) return '内容互相重叠的压缩包';
  if (entries.some(({ name }) => LEADS_OUT.test(name))) return '解压时会写到其他目录的压缩包';
  if (entries.some(({ name }) => MACROS.test(name))) return '带有宏的Office文件，请另存为不带宏的格式';
  return undefined;
};

/** The type of a file of `bytes` bytes that begins as a ZIP and ends with `tail`; `what` says what is refused. */
export const zipType = (tail: Buffer, bytes: number): { readonly type: MediaType } | { readonly what: string } => {
  const directory = zipDirectory(tail);
  if (directory === 'none') return { what: '不完整的压缩包' };
  if (directory === 'beyond') return { what: '文件过多的压缩包，请分成几个' };
  const fault = faultOf(directory.entries, bytes);
  if (fault !== undefined) return { what: fault };
  const names = new Set(directory.entries.map(({ name }) => name));
  return { type: BY_ENTRY.find(([entry]) => names.has(entry))?.[1] ?? 'application/zip' };
};

/** Whether a file that begins as another format is also a ZIP: a program that looks at its end would unpack it. */
export const isAlsoZip = (tail: Buffer): boolean => {
  const directory = zipDirectory(tail);
  return typeof directory === 'object' && directory.atEnd && directory.entries.length > 0;
};
