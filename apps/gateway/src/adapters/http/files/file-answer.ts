// Responses that are files: PDFs to read in the browser, proofs and attachments to download. File names are Chinese, so the header carries
// two names as RFC 6266 says: a plain one for old clients, the real one in UTF-8.
import { pipeline } from 'node:stream/promises';
import { Refusal } from '@hengji/domain-kit';
import type { Response } from 'express';
import type { ByteRange } from './byte-range';

export interface FileAnswer {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array | string;
  /** True to display the file in the browser; only for files that our own services made. */
  readonly inPage: boolean;
}

/** RFC 5987: escapes the characters that encodeURIComponent leaves unchanged but a header parameter may not contain. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const plain = (name: string): string => name.replace(/[^\w.-]+/g, '_');

/** `inline` or `attachment` with both forms of the name. */
export const contentDisposition = (name: string, inPage: boolean): string =>
  `${inPage ? 'inline' : 'attachment'}; filename="${plain(name)}"; filename*=UTF-8''${extended(name)}`;

type Headers = Pick<FileAnswer, 'name' | 'mediaType' | 'inPage'>;

interface Streamed extends Headers {
  /** Size of the whole file in bytes. */
  readonly bytes: number;
  /** The range of bytes that is sent; absent: all bytes. */
  readonly part?: ByteRange | undefined;
  /** The entity tag of the file; the tag stays the same as long as the bytes stay the same. */
  readonly tag: string;
}

const describeFile = (response: Response, { name, mediaType, inPage }: Headers): Response =>
  response
    .status(200)
    .set('cache-control', 'no-store')
    .set('content-disposition', contentDisposition(name, inPage))
    // The browser's own PDF viewer is an embedded object; no other content may run here.
    .set('content-security-policy', "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .set('content-type', mediaType);

export const sendFile = (response: Response, { bytes, ...about }: FileAnswer): void => {
  describeFile(response, about).send(
    typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
};

/** A reader that takes no bytes for so long counts as gone. */
const SILENCE_MS = 30_000;

interface Piece {
  readonly chunk: Uint8Array;
}

/**
 * Streams the file piece by piece, no faster than the reader takes the pieces. A failure before the first piece is answered as a normal
 * refusal. After a later failure the connection ends before the file is complete, which a browser detects by the length.
 */
export const streamFile = async (
  response: Response,
  { bytes, part, tag, ...about }: Streamed,
  pieces: AsyncIterator<Piece>,
): Promise<void> => {
  const first = await pieces.next();
  const content = async function* (): AsyncGenerator<Uint8Array> {
    for (let next = first; next.done !== true; next = await pieces.next()) yield next.value.chunk;
  };
  const { from, until } = part ?? { from: 0, until: bytes };
  describeFile(response, about)
    .set('accept-ranges', 'bytes')
    .set('etag', tag)
    .set('content-length', String(until - from));
  if (part) response.status(206).set('content-range', `bytes ${from}-${until - 1}/${bytes}`);
  response.setTimeout(SILENCE_MS, () => response.destroy());
  try {
    await pipeline(content, response);
  } catch (failure) {
    // A reader that has gone gets no response.
    if (failure instanceof Refusal) throw failure;
    if (!response.destroyed) throw failure;
  } finally {
    await pieces.return?.();
  }
};
