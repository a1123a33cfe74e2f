// A body that is a file: at most 200 MB, so that `curl --data-binary @file` is all it takes. It is handed on piece by piece as it comes,
// and no faster than it is taken.
import { Refusal } from '@hengji/domain-kit';
import { bodyWithin } from '@hengji/host';
import type { Request, RequestHandler } from 'express';

const MOST_BYTES = 200 * 1024 * 1024;
/** From its first byte to its last. */
const UPLOAD_MS = 30 * 60_000;
const SILENCE_MS = 30_000;
/** How long the rest of a file is still read, and thrown away, once it was refused: a browser reads the answer only then. */
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

/** Nothing is read here; refuses `attachment.too_large` by what the headers say. */
export const fileBody: RequestHandler = (request, response, next) => {
  const length = request.headers['content-length'];
  const bytes = Number(length ?? 0);
  response.once('finish', () => bodyWithin(request, DRAIN_MS));
  if (bytes > MOST_BYTES) throw tooLarge();
  // Of an empty one there is no content; a file without a length may still turn out to be one.
  request.body = { content: length === '0' ? undefined : piecesOf(request), bytes };
  next();
};
