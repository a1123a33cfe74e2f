// The rules for an incoming file, checked while its bytes are read. A broken rule ends the reading at that point.
import { createHash } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { recogniser, type Found } from './media/recognise';
import { endingOf, MEDIA_TYPES, titlesOf, type AllowedTypes, type MediaType } from './media/media-types';
import type { Content } from './store/object-store';

/** 200 MB. */
export const MOST_BYTES = 200 * 1024 * 1024;
const LONGEST_NAME = 200;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}/\\]/u;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** What the sender announces before the bytes; 0 and empty for values that it does not announce. */
export interface Announced {
  readonly name: string;
  readonly bytes: number;
  /** Hex, lower case. */
  readonly sha256: string;
}

const refuse = (reason: string, message: string, detail: { field: string; rule: string }): never => {
  throw new Refusal('invalid', reason, message, detail);
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const tooLarge = (most: number): never => {
  throw new Refusal('tooMuch', 'attachment.too_large', `附件不能超过${megabytes(most)}，请拆分后分别上传`, {
    field: 'content',
    rule: `≤ ${most} bytes`,
  });
};

/** Refuses `attachment.name_invalid`, `attachment.too_large`, `attachment.hash_differs` (no SHA-256), before a byte is read. */
export const checkAnnounced = ({ name, bytes, sha256 }: Announced, most: number): void => {
  if (name.trim() === '' || name.length > LONGEST_NAME || UNPRINTABLE.test(name))
    refuse('attachment.name_invalid', `附件名不能为空，不超过${LONGEST_NAME}字，不含路径符号`, {
      field: 'name',
      rule: `≤ ${LONGEST_NAME}`,
    });
  if (bytes > most) tooLarge(most);
  if (sha256 !== '' && !SHA256_HEX.test(sha256))
    refuse('attachment.hash_differs', '附件的SHA-256应为64位小写十六进制数', { field: 'sha256', rule: SHA256_HEX.source });
};

const KNOWN_ENDINGS: ReadonlySet<string> = new Set(Object.values(MEDIA_TYPES).flatMap(({ endings }) => endings));

const checkType = <Kind extends string>(
  found: Found,
  { name, kind, kinds }: { name: string; kind: Kind; kinds: AllowedTypes<Kind> },
): MediaType => {
  const { title, types } = kinds[kind];
  const ending = endingOf(name);
  const isNamed = (endings: readonly string[]): boolean => endings.includes(ending);
  const unknown = (what: string): never =>
    refuse('attachment.type_unknown', `“${title}”不接受这种类型的文件（${what}），可以上传：${titlesOf(types)}`, {
      field: 'content',
      rule: types.join(' | '),
    });
  const misnamed = (message: string, endings: readonly string[]): never =>
    refuse('attachment.name_differs', message, { field: 'name', rule: endings.join(' | ') });
  if ('what' in found) {
    if (KNOWN_ENDINGS.has(ending)) return unknown(found.what);
    const endings = types.flatMap((type) => MEDIA_TYPES[type].endings);
    return misnamed(`附件的内容是${found.what}，不能上传；“${title}”可以上传：${titlesOf(types)}`, endings);
  }
  const { endings, title: isTitle } = MEDIA_TYPES[found.type];
  if (!types.includes(found.type)) return unknown(isNamed(endings) ? isTitle : `内容是${isTitle}，与文件名 .${ending} 不符`);
  if (!isNamed(endings)) misnamed(`附件的内容是${isTitle}，文件名应以 .${endings.join(' 或 .')} 结尾`, endings);
  return found.type;
};

export interface Arriving {
  /** Passes the bytes through. Refuses `attachment.empty`, `too_large`, `type_unknown`, `name_differs`, `hash_differs`. */
  readonly content: Content;
  /** Available after all bytes have passed. */
  mediaType(): MediaType;
}

export const arriving = <Kind extends string>(
  content: Content,
  { announced, kind, kinds, most }: { announced: Announced; kind: Kind; kinds: AllowedTypes<Kind>; most: number },
): Arriving => {
  const { name } = announced;
  let mediaType: MediaType | undefined;
  const checked = async function* (): AsyncGenerator<Uint8Array> {
    const recognised = recogniser();
    const hash = announced.sha256 === '' ? undefined : createHash('sha256');
    let bytes = 0;
    for await (const chunk of content) {
      if (chunk.length === 0) continue;
      bytes += chunk.length;
      if (bytes > most) tooLarge(most);
      recognised.look(chunk);
      hash?.update(chunk);
      yield chunk;
    }
    if (bytes === 0) refuse('attachment.empty', '附件没有内容', { field: 'content', rule: '≥ 1 byte' });
    if (hash && hash.digest('hex') !== announced.sha256)
      refuse('attachment.hash_differs', '收到的内容与上传时声明的SHA-256不符，请重新上传', { field: 'sha256', rule: announced.sha256 });
    mediaType = checkType(await recognised.found(name), { name, kind, kinds });
  };
  return {
    content: checked(),
    mediaType: () => {
      if (mediaType === undefined) throw new Error('the type is asked for before all bytes have passed');
      return mediaType;
    },
  };
};
