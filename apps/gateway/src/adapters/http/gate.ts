// Long responses that hold a place until they end: file uploads and downloads, and watched orders. The number of places is limited, per
// person and in total. A file is passed on in pieces, but still holds a connection and some buffers. A watched order holds one of the 1,000
// streams of the single connection to enforcement; half of the streams stay free for calls. The gate decides before the body is read; a
// refusal carries Retry-After.
import type { RequestHandler } from 'express';
import { sendProblem } from './problem';

interface Limits {
  readonly slug: 'files' | 'streams';
  readonly ofOnePerson: number;
  readonly inAll: number;
  readonly tooMany: (ofOnePerson: number) => string;
  readonly busy: string;
}

const FILES: Limits = {
  slug: 'files',
  ofOnePerson: 3,
  inAll: 24,
  tooMany: (most) => `每人同时最多传输${most}个文件,请稍后重试`,
  busy: '正在传输的文件过多,请稍后重试',
};
/** Every visible page of an order is one stream; the limit is more than one person can watch. */
const STREAMS: Limits = {
  slug: 'streams',
  ofOnePerson: 20,
  inAll: 500,
  tooMany: (most) => `每人同时最多实时查看${most}个处理决定,请先关闭其他页面`,
  busy: '实时查看处理决定的人数过多,请稍后刷新页面',
};
const RETRY_AFTER_SECONDS = 5;

const gate = ({ slug, ofOnePerson, inAll, tooMany, busy }: Limits): RequestHandler => {
  const byPerson = new Map<string, number>();
  let all = 0;
  const count = (person: string, change: 1 | -1): void => {
    all += change;
    const own = (byPerson.get(person) ?? 0) + change;
    if (own === 0) byPerson.delete(person);
    else byPerson.set(person, own);
  };
  return (_request, response, next) => {
    // This connection has already emitted `close`, so its place would never be given back.
    if (response.destroyed) return;
    const person = String(response.locals['officerId']);
    const own = byPerson.get(person) ?? 0;
    if (own < ofOnePerson && all < inAll) {
      count(person, 1);
      response.once('close', () => count(person, -1));
      next();
      return;
    }
    response.setHeader('retry-after', String(RETRY_AFTER_SECONDS));
    if (own >= ofOnePerson) sendProblem(response, { status: 429, code: `${slug}.too_many`, title: tooMany(ofOnePerson) });
    else sendProblem(response, { status: 503, code: `${slug}.busy`, title: busy });
  };
};

/**
 * The gates of one gateway; they run after the handler that sets `officerId`. Refuse 429 `files.too_many`, `streams.too_many`, 503
 * `files.busy`, `streams.busy`.
 */
export const gates = () => ({ files: gate(FILES), streams: gate(STREAMS) });
export type Gates = ReturnType<typeof gates>;
