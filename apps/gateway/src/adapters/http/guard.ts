// Checks before every write: the request comes from our own pages, and a repeated request does no harm.
import { Refusal } from '@hengji/domain-kit';
import type { Request } from 'express';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const csrf = (what: string): Refusal =>
  new Refusal('forbidden', 'csrf.refused', `写操作必须来自本平台页面:${what}`, { field: 'X-Hengji-Csrf', rule: 'same-origin' });

const isOwn = (origin: string, request: Request, publicOrigin: string): boolean =>
  origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === request.headers.host);

/**
 * Refuses `csrf.refused` unless the custom header is present and the browser does not report another origin. Another site cannot send the
 * header without a preflight, which we never grant.
 */
export const checkOwnPage = (request: Request, publicOrigin: string): void => {
  if (request.headers['x-hengji-csrf'] !== '1') throw csrf('缺少请求头');
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw csrf('跨站请求');
  const { origin } = request.headers;
  if (origin !== undefined && !isOwn(origin, request, publicOrigin)) throw csrf('来源不符');
};

/** The key under which the services store the answer; refuses `request.id_missing`, `request.id_invalid`. */
export const idempotencyKey = (request: Request): string => {
  const key = request.headers['idempotency-key'];
  const detail = { field: 'Idempotency-Key', rule: 'UUID' };
  if (key === undefined) throw new Refusal('invalid', 'request.id_missing', '写操作必须带Idempotency-Key请求头', detail);
  if (typeof key !== 'string' || !UUID.test(key)) throw new Refusal('invalid', 'request.id_invalid', 'Idempotency-Key应为UUID', detail);
  return key.toLowerCase();
};
