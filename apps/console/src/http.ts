// How the console asks the gateway: JSON both ways, problems as one error class. A write carries an idempotency key that stays
// the same when it is repeated, so a lost answer never acts twice.

/** One thing that is wrong with a request. */
export interface Fault {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly field?: string;
  readonly rule?: string;
  readonly traceId?: string;
  readonly errors?: readonly Fault[];
}

/** RFC 9457: what the gateway says when it refuses. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    /** `errors`: all faults of the request, where the gateway found several. */
    readonly more: Pick<ProblemBody, 'field' | 'rule' | 'traceId' | 'errors'>,
  ) {
    super(title);
  }

  get faults(): readonly Fault[] {
    return this.more.errors ?? [];
  }
}

/** Whether a write was answered for good. After anything else it may have been done all the same: the same key asks again. */
export const isAnswered = (failure: unknown): boolean => failure instanceof Problem && failure.status < 500;

const UNKNOWN = '处理结果未知，操作可能已经完成。请稍后原样再次提交：不会重复执行，系统会告知结果。';

/** Whether the session has ended: what was typed can be sent again after signing in. */
export const isSignedOut = (problem: Error | undefined): boolean => problem instanceof Problem && problem.status === 401;

/** What the gateway said when it refused. */
export const problemOf = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const title = body.detail ?? body.title ?? `请求失败(${response.status})`;
  return new Problem(response.status, body.code ?? 'unknown', title, body);
};

/** Reads JSON; throws Problem. */
export const request = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(`/api${path}`, { credentials: 'same-origin', ...init });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
};

/** Says of a write whose answer was lost what is known of it. */
const toldUnknown = (failure: unknown): never => {
  if (isAnswered(failure)) throw failure;
  if (failure instanceof Problem) throw new Problem(failure.status, failure.code, `${failure.message}。${UNKNOWN}`, failure.more);
  throw new Error(UNKNOWN, { cause: failure });
};

/** POSTs JSON. The same key again answers the same. */
export const write = <T>(path: string, body: unknown = {}, idempotencyKey: string = newKey()): Promise<T> =>
  request<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, 'x-hengji-csrf': '1' },
    body: JSON.stringify(body),
  }).catch(toldUnknown);

/** crypto.randomUUID needs a secure context; government networks often have plain http. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export const query = (parameters: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
};

/** POSTs a file as the body, as it is. */
export const upload = <T>(path: string, file: File, idempotencyKey: string): Promise<T> =>
  request<T>(path, {
    method: 'POST',
    headers: {
      'content-type': file.type === '' ? 'application/octet-stream' : file.type,
      'idempotency-key': idempotencyKey,
      'x-hengji-csrf': '1',
    },
    body: file,
  }).catch(toldUnknown);
