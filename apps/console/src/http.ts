// How the console calls the gateway: one client, whose requests and answers are typed by the gateway's OpenAPI document (generated/api);
// problems are one error class. A write carries an idempotency key that stays the same when the write is repeated, so a lost answer never
// causes a second act.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/api';
import { titleWord } from './words/refusal-words';

/** The answers of the gateway, by the names of the contracts: `Answers['Order']`. */
export type Answers = components['schemas'];
/** A page of a list; `next` is the cursor of the next page, empty after the last page. */
export interface List<T> {
  readonly items: T[];
  readonly next: string;
}

type Posted = { [P in keyof paths]: paths[P] extends { post: { requestBody: { content: { 'application/json': infer B } } } } ? B : never };
/** The body of a write, by its path. */
export type Body<P extends keyof paths> = Posted[P];

/** One fault of a request. */
export type Fault = NonNullable<Answers['Problem']['errors']>[number];

/** A refusal of the gateway as RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    /** `errors`: all faults of the request, where the gateway found several. */
    readonly more: Pick<Answers['Problem'], 'field' | 'rule' | 'traceId' | 'errors' | 'outcomeUnknown'>,
  ) {
    super(title);
  }

  get faults(): readonly Fault[] {
    return this.more.errors ?? [];
  }
}

export const client = createClient<paths>({ credentials: 'same-origin' });

/** Whether a write has a final answer. After any other failure the write may have been done; a repeat with the same key asks again. */
export const isAnswered = (failure: unknown): boolean => failure instanceof Problem && failure.status < 500;

const UNKNOWN = '处理结果未知，操作可能已经完成。请稍后原样再次提交：不会重复执行，系统会告知结果。';

/** Whether the session has ended: the typed values can be sent again after signing in. */
export const isSignedOut = (problem: Error | null | undefined): boolean => problem instanceof Problem && problem.status === 401;

const NO_CODE = 'unknown';

/** The problem of a refusal; the answer may also come from a proxy between. */
const refusal = (status: number, told: Partial<Answers['Problem']> | undefined): Problem => {
  const body = typeof told === 'object' ? told : {};
  return new Problem(status, body.code ?? NO_CODE, titleWord(body.title ?? `请求失败(${status})`), body);
};

/** The problem of the gateway when it refused a file. */
export const problemOf = async (response: Response): Promise<Problem> =>
  refusal(response.status, await response.json().catch(() => undefined));

interface Answered<T> {
  readonly data?: T;
  readonly error?: Answers['Problem'];
  readonly response: Response;
}

const UNREACHABLE = '未能连接平台，请检查网络，稍后再试';

/** Replaces the browser's English message for a lost connection. */
const reached = <T>(asking: Promise<Answered<T>>): Promise<Answered<T>> =>
  asking.catch((failure: unknown) => {
    throw new Error(UNREACHABLE, { cause: failure });
  });

/** The answer of a request; throws Problem, or an Error where no answer came. */
export const answerOf = async <T>(asking: Promise<Answered<T>>): Promise<T> => {
  const { data, error, response } = await reached(asking);
  if (!response.ok || data === undefined) throw refusal(response.status, error);
  return data;
};

/** Whether the gateway states that nothing was done. The answer of a proxy between has no code of the gateway. */
const isRefused = (failure: unknown): boolean =>
  isAnswered(failure) || (failure instanceof Problem && failure.code !== NO_CODE && failure.more.outcomeUnknown !== true);

/** Throws what is known about a write whose answer was lost. */
const toldUnknown = (failure: unknown): never => {
  if (isRefused(failure)) throw failure;
  if (failure instanceof Problem) throw new Problem(failure.status, failure.code, `${failure.message}。${UNKNOWN}`, failure.more);
  throw new Error(UNKNOWN, { cause: failure });
};

/** The answer of a write; throws Problem, or an error that states that the outcome is unknown. */
export const written = <T>(writing: Promise<Answered<T>>): Promise<T> => answerOf(writing).catch(toldUnknown);

/** A write without an answer body: 204. */
export const done = async (writing: Promise<Answered<unknown>>): Promise<void> => {
  const { error, response } = await reached(writing);
  if (!response.ok) throw refusal(response.status, error);
};

/** The headers of a write. A repeat with the same key gets the same answer. */
export const keyed = (key: string = newKey()) => ({ 'Idempotency-Key': key, 'X-Hengji-Csrf': '1' }) as const;

/** crypto.randomUUID needs a secure context; government networks often have plain http. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

type Said<Q> = { [K in keyof Q]?: Exclude<Q[K], undefined | ''> };

/** The parameters of a query without empty and absent values. */
export const said = <Q extends Readonly<Record<string, string | undefined>>>(query: Q): Said<Q> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as Said<Q>;

/** Sends a file as the body, unchanged. */
export const asFile = (file: File) => ({
  body: file,
  bodySerializer: (body: Blob) => body,
  headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
});
