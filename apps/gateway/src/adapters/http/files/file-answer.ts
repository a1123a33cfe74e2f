// Answers that are files: PDFs to read in the browser, proofs and attachments to keep. Names are Chinese, so the header
// carries them as RFC 6266 says: a plain one for old clients, the real one in UTF-8.
import type { Response } from 'express';

export interface FileAnswer {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array | string;
  /** True to show it in the browser; only for files that we made ourselves. */
  readonly inPage: boolean;
}

/** RFC 5987: what encodeURIComponent leaves alone but a header parameter may not carry. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const plain = (name: string): string => name.replace(/[^\w.-]+/g, '_');

/** `inline` or `attachment` with both forms of the name. */
export const contentDisposition = (name: string, inPage: boolean): string =>
  `${inPage ? 'inline' : 'attachment'}; filename="${plain(name)}"; filename*=UTF-8''${extended(name)}`;

export const sendFile = (response: Response, { name, mediaType, bytes, inPage }: FileAnswer): void => {
  response
    .status(200)
    .set('cache-control', 'no-store')
    .set('content-disposition', contentDisposition(name, inPage))
    // The browser's own PDF viewer is an embedded object; nothing else may run here.
    .set('content-security-policy', "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .set('content-type', mediaType)
    .send(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
};
