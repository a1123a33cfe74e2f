// One value, one byte sequence: the JSON Canonicalization Scheme (RFC 8785). These bytes are signed, so a program in any language that has
// the values can produce the signed bytes. Names are sorted by UTF-16 code units; numbers and strings are written as ECMAScript writes
// them, as the RFC requires.
import { hash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The signed object: a JSON object whose `type` names its kind. */
export interface Statement {
  readonly type: string;
  readonly [name: string]: Json;
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const textOf = (text: string, path: string): string => {
  if (LONE_SURROGATE.test(text)) throw new TypeError(`${path} is no Unicode text`);
  return JSON.stringify(text);
};

const write = (value: unknown, path: string): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOf(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is no finite number`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(',')}]`;
  if (typeof value !== 'object' || Object.prototype.toString.call(value) !== '[object Object]')
    throw new TypeError(`${path} is no JSON value`);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${textOf(name, path)}:${write(member, `${path}.${name}`)}`).join(',')}}`;
};

/**
 * The canonical text of a JSON value; its UTF-8 bytes are signed. Throws a TypeError for values outside JSON: undefined, bigint, dates,
 * infinite numbers, text with a lone surrogate. Money and counts are strings of digits.
 */
export const canonical = (value: Json): string => write(value, '$');

/** SHA-256 of the canonical form, in hex: a statement contains this instead of the whole value. */
export const digestOf = (value: Json): string => hash('sha256', canonical(value));
