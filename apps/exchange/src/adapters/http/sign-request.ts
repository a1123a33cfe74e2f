// Signatures of requests (rules §10.4): HMAC-SHA256 over method, path, sorted query, the body's hash, time and nonce. Each try has a new
// nonce; the request's own id stays the same, so that the agency recognises a repeated message.
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export interface Signer {
  readonly appId: string;
  readonly secret: string;
}

export interface SignedPart {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly now: Date;
}

const sortedQuery = (url: URL): string =>
  [...url.searchParams]
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');

/** The headers X-App-Id, X-Timestamp (Unix milliseconds), X-Nonce and X-Sign (hex). */
export const signRequest = (
  { appId, secret }: Signer,
  { method, url, body, now }: SignedPart,
  nonce: string = randomUUID(),
): Record<string, string> => {
  const timestamp = String(now.getTime());
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = [method, url.pathname, sortedQuery(url), bodyHash, timestamp, nonce].join('\n');
  return {
    'x-app-id': appId,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-sign': createHmac('sha256', secret).update(text).digest('hex'),
  };
};

/** Whether the agency signed this receipt of a package: hex HMAC-SHA256 over message id, receipt number and package hash. */
export const isReceiptSigned = (
  { secret }: Signer,
  messageId: string,
  receipt: { readonly receiptNo: string; readonly packageSha256: string; readonly receiptSign: string },
): boolean => {
  const expected = createHmac('sha256', secret).update([messageId, receipt.receiptNo, receipt.packageSha256].join('\n')).digest();
  const given = Buffer.from(receipt.receiptSign, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
};
