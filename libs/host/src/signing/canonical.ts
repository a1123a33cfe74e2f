// One value, one row of bytes: the JSON Canonicalization Scheme (RFC 8785). What is signed is these bytes, so whoever has
// the values can write them down again, in whatever language, and gets what was signed. Names are sorted by UTF-16 code
// units; numbers and strings are written as ECMAScript writes them, which is what the RFC demands.
import { hash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What is signed: a JSON object that says with `type` what it is. */
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
 * The canonical text of a JSON value; its UTF-8 bytes are what is signed. Throws a TypeError for what is no JSON: undefined,
 * bigint, dates, infinite numbers, text with half a surrogate pair. Money and counts go in as strings of digits.
 */
export const canonical = (value: Json): string => write(value, '$');

/** SHA-256 of the canonical form, in hex: what a statement names instead of repeating it. */
export const digestOf = (value: Json): string => hash('sha256', canonical(value));
