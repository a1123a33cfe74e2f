// How the console asks the gateway: one client whose requests and answers are typed by the gateway's OpenAPI document (generated/api),
// problems as one error class. A write carries an idempotency key that stays the same when it is repeated, so a lost answer never acts
// twice.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/api';
import { titleWord } from './words/refusal-words';

/** What the gateway answers with, by the names of the contracts: `Answers['Order']`. */
export type Answers = components['schemas'];
/** A page of a list; `next` is the cursor, empty at the end. */
export interface List<T> {
  readonly items: T[];
  readonly next: string;
}

type Posted = { [P in keyof paths]: paths[P] extends { post: { requestBody: { content: { 'application/json': infer B } } } } ? B : never };
/** What a write sends, by its path. */
export type Body<P extends keyof paths> = Posted[P];

/** One thing that is wrong with a request. */
export type Fault = NonNullable<Answers['Problem']['errors']>[number];

/** RFC 9457: what the gateway says when it refuses. */
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

/** Whether a write was answered for good. After anything else it may have been done all the same: the same key asks again. */
export const isAnswered = (failure: unknown): boolean => failure instanceof Problem && failure.status < 500;

const UNKNOWN = '处理结果未知，操作可能已经完成。请稍后原样再次提交：不会重复执行，系统会告知结果。';

/** Whether the session has ended: what was typed can be sent again after signing in. */
export const isSignedOut = (problem: Error | null | undefined): boolean => problem instanceof Problem && problem.status === 401;

const NO_CODE = 'unknown';

/** What was said with a refusal; a proxy between may have said something else. */
const refusal = (status: number, told: Partial<Answers['Problem']> | undefined): Problem => {
  const body = typeof told === 'object' ? told : {};
  return new Problem(status, body.code ?? NO_CODE, titleWord(body.title ?? `请求失败(${status})`), body);
};

/** What the gateway said when it refused a file. */
export const problemOf = async (response: Response): Promise<Problem> =>
  refusal(response.status, await response.json().catch(() => undefined));

interface Answered<T> {
  readonly data?: T;
  readonly error?: Answers['Problem'];
  readonly response: Response;
}

const UNREACHABLE = '未能连接平台，请检查网络，稍后再试';

/** The browser's own words for a lost connection are English. */
const reached = <T>(asking: Promise<Answered<T>>): Promise<Answered<T>> =>
  asking.catch((failure: unknown) => {
    throw new Error(UNREACHABLE, { cause: failure });
  });

/** The answer of a request; throws Problem, or an Error where nothing came. */
export const answerOf = async <T>(asking: Promise<Answered<T>>): Promise<T> => {
  const { data, error, response } = await reached(asking);
  if (!response.ok || data === undefined) throw refusal(response.status, error);
  return data;
};

/** Whether the gateway says that nothing was done. What a proxy between said has no code of ours. */
const isRefused = (failure: unknown): boolean =>
  isAnswered(failure) || (failure instanceof Problem && failure.code !== NO_CODE && failure.more.outcomeUnknown !== true);

/** Says of a write whose answer was lost what is known of it. */
const toldUnknown = (failure: unknown): never => {
  if (isRefused(failure)) throw failure;
  if (failure instanceof Problem) throw new Problem(failure.status, failure.code, `${failure.message}。${UNKNOWN}`, failure.more);
  throw new Error(UNKNOWN, { cause: failure });
};

/** The answer of a write; throws Problem, or says that the outcome is unknown. */
export const written = <T>(writing: Promise<Answered<T>>): Promise<T> => answerOf(writing).catch(toldUnknown);

/** A write that answers nothing: 204. */
export const done = async (writing: Promise<Answered<unknown>>): Promise<void> => {
  const { error, response } = await reached(writing);
  if (!response.ok) throw refusal(response.status, error);
};

/** The headers of a write. The same key again answers the same. */
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

/** The parameters of a query that say something: what is empty or absent is not sent. */
export const said = <Q extends Readonly<Record<string, string | undefined>>>(query: Q): Said<Q> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as Said<Q>;

/** How a file is sent: as the body, as it is. */
export const asFile = (file: File) => ({
  body: file,
  bodySerializer: (body: Blob) => body,
  headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
});
