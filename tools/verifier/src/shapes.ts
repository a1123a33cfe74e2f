// The files as they must be: just these members, each of its kind. A member more, or one of another kind, is an alteration as
// much as a changed letter. Hand-written, because a file that an outsider copies should drag nothing behind it.
import type { Signature } from '@hengji/host';

export type Fields = Readonly<Record<string, unknown>>;

/** What is signed; the host's own type, with whatever is in the file. */
export interface SignedText {
  readonly statement: Fields & { readonly type: string };
  readonly signature: Signature | null;
}

export class WrongShape extends Error {}

const wrong = (path: string, what: string): never => {
  throw new WrongShape(`${path} ${what}`);
};

/** The members of an object that has these, maybe some of those added since, and no others. */
export const members = (value: unknown, path: string, names?: readonly string[], added: readonly string[] = []): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(path, '应为对象');
  const has = Object.keys(value);
  const missing = names?.find((name) => !has.includes(name));
  if (missing !== undefined) return wrong(`${path}.${missing}`, '缺失');
  const extra = names && has.find((name) => !names.includes(name) && !added.includes(name));
  if (extra !== undefined) return wrong(`${path}.${extra}`, '不应出现');
  return value as Fields;
};

export const list = (value: unknown, path: string): readonly unknown[] => (Array.isArray(value) ? value : wrong(path, '应为列表'));

export const text = (value: unknown, path: string): string => (typeof value === 'string' ? value : wrong(path, '应为文字'));

export const truth = (value: unknown, path: string): boolean => (typeof value === 'boolean' ? value : wrong(path, '应为是或否'));

/** Digits only, as every number in a statement: never negative, and no longer than any database's. */
export const count = (value: unknown, path: string): bigint => {
  const digits = text(value, path);
  return /^(0|[1-9]\d{0,18})$/.test(digits) ? BigInt(digits) : wrong(path, '应为非负整数');
};

export const hex = (value: unknown, path: string): Uint8Array => {
  const digits = text(value, path);
  return /^([0-9a-f]{2})*$/.test(digits) ? Buffer.from(digits, 'hex') : wrong(path, '应为小写十六进制');
};

/** A SHA-256, as every root is. */
export const sha256Hex = (value: unknown, path: string): string => {
  const digits = text(value, path);
  return /^[0-9a-f]{64}$/.test(digits) ? digits : wrong(path, '应为64位小写十六进制');
};

/** The texts of a list, each once. */
export const words = (value: unknown, path: string): string[] => {
  const all = list(value, path).map((one, i) => text(one, `${path}[${i}]`));
  return new Set(all).size === all.length ? all : wrong(path, '有重复');
};

/** UTC with milliseconds, as every time in a statement. */
export const time = (value: unknown, path: string): Date => {
  const at = new Date(text(value, path));
  return !Number.isNaN(at.getTime()) && at.toISOString() === value ? at : wrong(path, '应为世界协调时的时间');
};

/** The time, or null where the text is empty. */
export const timeOrNone = (value: unknown, path: string): Date | null => (value === '' ? null : time(value, path));

const signatureOf = (value: unknown, path: string): Signature | null => {
  if (value === null) return null;
  const { keyId, algorithm, value: bytes } = members(value, path, ['keyId', 'algorithm', 'value']);
  return { keyId: text(keyId, `${path}.keyId`), algorithm: text(algorithm, `${path}.algorithm`), value: hex(bytes, `${path}.value`) };
};

/** A statement with its signature. */
export const signedText = (value: unknown, path: string): SignedText => {
  const { statement, signature } = members(value, path, ['statement', 'signature']);
  const fields = members(statement, `${path}.statement`);
  return {
    statement: { ...fields, type: text(fields['type'], `${path}.statement.type`) },
    signature: signatureOf(signature, `${path}.signature`),
  };
};
