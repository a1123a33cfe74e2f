// A body that is a file: at most 200 MB, so that `curl --data-binary @file` is enough. The body is passed on piece by piece, no faster than
// the receiver takes the pieces.
import { Refusal } from '@hengji/domain-kit';
import { bodyWithin } from '@hengji/host';
import type { Request, RequestHandler } from 'express';

const MOST_BYTES = 200 * 1024 * 1024;
/** From the first byte of the file to its last byte. */
const UPLOAD_MS = 30 * 60_000;
const SILENCE_MS = 30_000;
/**
 * After a refusal, the rest of the file is read and dropped for at most this time. A browser reads the response only after it has sent the
 * body.
 */
const DRAIN_MS = 60_000;

const cutOff = (): Refusal =>
  new Refusal('invalid', 'attachment.cut_off', '附件没有上传完整，请重新上传', { field: 'content', rule: 'Content-Length' });

const within = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const refusal = new Refusal('unavailable', 'stream.idle', `${SILENCE_MS / 1000}秒内未收到数据，已结束本次上传`, {
      rule: `${SILENCE_MS} ms`,
    });
    timer = setTimeout(() => reject(refusal), SILENCE_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** Refuses `attachment.cut_off`, `stream.idle`, `attachment.too_large`. */
async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  bodyWithin(request, UPLOAD_MS);
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  let bytes = 0;
  try {
    for (;;) {
      const next = await within(
        pieces.next().catch((failure: unknown) => {
          throw request.complete ? failure : cutOff();
        }),
      );
      if (next.done === true) return;
      bytes += next.value.length;
      if (bytes > MOST_BYTES) throw tooLarge();
      yield next.value;
    }
  } finally {
    request.resume();
  }
}

const tooLarge = (): Refusal =>
  new Refusal('tooMuch', 'attachment.too_large', '附件不能超过200 MB，请拆分后分别上传', {
    field: 'content',
    rule: `≤ ${MOST_BYTES} bytes`,
  });

/** Does not read the body; refuses `attachment.too_large` by the length in the headers. */
export const fileBody: RequestHandler = (request, response, next) => {
  const length = request.headers['content-length'];
  const bytes = Number(length ?? 0);
  response.once('finish', () => bodyWithin(request, DRAIN_MS));
  if (bytes > MOST_BYTES) throw tooLarge();
  // An empty body has no content; a body without a length may still turn out to be empty.
  request.body = { content: length === '0' ? undefined : piecesOf(request), bytes };
  next();
};
