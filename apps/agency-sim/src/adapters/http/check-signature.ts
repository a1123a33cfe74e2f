// The agencies' side of the signature (rules §10.4), written from the rules and not from our own signer. HMAC-SHA256 over method, path,
// sorted query, SHA-256 of the body, timestamp and nonce; five minutes; a nonce is valid once.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

const WINDOW_MS = 5 * 60_000;

export interface SignatureOptions {
  readonly appId: string;
  readonly secret: string;
  readonly now: () => Date;
}

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Returns why the request is refused, or undefined. Stores each nonce while the request could be replayed. */
export const signatureCheck = ({ appId, secret, now }: SignatureOptions): ((request: Request, body: string) => string | undefined) => {
  const nonces = new Map<string, number>();
  const forget = (before: number): void => {
    for (const [nonce, at] of nonces) {
      if (at >= before) return;
      nonces.delete(nonce);
    }
  };
  return (request, body) => {
    const header = (name: string): string => request.get(name) ?? '';
    const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')];
    if (header('x-app-id') !== appId) return 'X-App-Id 未知';
    const at = now().getTime();
    if (!/^\d{13}$/.test(timestamp) || Math.abs(at - Number(timestamp)) > WINDOW_MS) return 'X-Timestamp 超出5分钟';
    const url = new URL(request.originalUrl, 'http://agency');
    const query = [...url.searchParams]
      .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
      .sort()
      .join('&');
    const text = [request.method, url.pathname, query, createHash('sha256').update(body).digest('hex'), timestamp, nonce].join('\n');
    if (!equal(header('x-sign'), createHmac('sha256', secret).update(text).digest('hex'))) return 'X-Sign 不符';
    forget(at - 2 * WINDOW_MS);
    if (nonce === '' || nonces.has(nonce)) return 'X-Nonce 重复';
    nonces.set(nonce, at);
    return undefined;
  };
};
