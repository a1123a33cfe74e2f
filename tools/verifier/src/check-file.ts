// Which kind of file it is, and whether it is written as it was signed: a file in any other form than the canonical one was
// altered, be it by a blank.
import { canonical, parseTrustList, type TrustedKey } from '@hengji/host';
import { checkCompletion } from './completion';
import { Findings } from './findings';
import { checkInclusion } from './inclusion';
import { checkReceipt } from './receipts';
import { members, signedText, WrongShape } from './shapes';

type JsonValue = Parameters<typeof canonical>[0];

const parse = (found: Findings, bytes: Uint8Array): JsonValue | undefined => {
  try {
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(content) as JsonValue;
    return found.note(
      'file.canonical',
      canonical(value) === content,
      '文件为规范形式，未见改动',
      '文件不是规范形式（RFC 8785）：被改动或重新排版过',
    )
      ? value
      : undefined;
  } catch {
    found.note('file.canonical', false, '文件不是完整的JSON文本');
    return undefined;
  }
};

const checkSigned = (found: Findings, keys: readonly TrustedKey[], value: unknown): void => {
  const signed = signedText(value, '文件');
  switch (signed.statement.type) {
    case 'hengji.completion.v1':
    case 'hengji.completion.v2':
      return checkCompletion(found, keys, signed);
    case 'hengji.receipt.v1':
      return void checkReceipt(found, keys, signed);
    default:
      found.note('file.type', false, `不认识的文件类型：${signed.statement.type}`);
  }
};

/** Everything that was looked at in the file, in order. Never throws for what is in the file. */
export const checkFile = (bytes: Uint8Array, keys: readonly TrustedKey[]): Findings => {
  const found = new Findings();
  const value = parse(found, bytes);
  if (value === undefined) return found;
  try {
    if (members(value, '文件')['type'] === 'hengji.proof.v1') checkInclusion(found, keys, value);
    else checkSigned(found, keys, value);
  } catch (failure) {
    if (!(failure instanceof WrongShape)) throw failure;
    found.note('file.shape', false, `文件结构不对：${failure.message}`);
  }
  return found;
};

/** The keys of a trust list. Throws an Error that says what is wrong with it. */
export const trustedKeys = (content: string): readonly TrustedKey[] => parseTrustList(content);
