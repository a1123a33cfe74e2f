// An officer at the gateway: signs in through the identity provider as a browser would (redirects, cookies, the sign-in
// form), then reads and writes the REST interface. A refusal becomes an error with the gateway's answer.
import { randomUUID } from 'node:crypto';

export interface Officer {
  readonly account: string;
  /** Another account at the same gateway with the same password, signed in once. */
  colleague(account: string): Promise<Officer>;
  get<T>(path: string): Promise<T>;
  /** The answer as received, byte for byte. */
  text(path: string): Promise<string>;
  /** `requestId`: the id of an earlier attempt whose answer was lost; by default a new id. */
  post<T>(path: string, body: unknown, requestId?: string): Promise<T>;
  /** Uploads a file under this name, as a whole or as a stream; `requestId` as for `post`. */
  upload<T>(path: string, name: string, content: Uint8Array | ReadableStream<Uint8Array>, requestId?: string): Promise<T>;
}

/** Cookies as name → value per origin. This is enough for one gateway and one provider, but is not a browser. */
class CookieJar {
  private readonly cookies = new Map<string, string>();

  header(): Record<string, string> {
    return this.cookies.size === 0 ? {} : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const isGone = attributes.some((one) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
    }
  }
}

const MOST_STEPS = 15;

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

/** The sign-in form of a page, filled in; undefined if the page has none. */
const filledForm = (html: string, account: string, password: string): { action: string; body: URLSearchParams } | undefined => {
  const form = /<form\b[^>]*>/i.exec(html)?.[0];
  if (form === undefined) return undefined;
  const body = new URLSearchParams();
  for (const [input] of html.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(input, 'name');
    if (name === undefined) continue;
    const type = attribute(input, 'type') ?? 'text';
    body.set(name, type === 'password' ? password : type === 'hidden' ? (attribute(input, 'value') ?? '') : account);
  }
  return { action: attribute(form, 'action') ?? '', body };
};

/** The accounts that are already signed in at a gateway; all officers of the gateway share them. */
type Desk = Map<string, Promise<Officer>>;
interface Place {
  readonly gateway: string;
  readonly password: string;
  readonly desk: Desk;
}

/** Signs an account in; throws when the gateway or the provider refuses. */
export const signIn = (gateway: string, account: string, password = process.env['DEMO_PASSWORD'] ?? ''): Promise<Officer> =>
  signInAt({ gateway, password, desk: new Map() }, account);

const signInAt = async (place: Place, account: string): Promise<Officer> => {
  const { gateway, password } = place;
  const jar = new CookieJar();
  let url = `${gateway}/api/sign-in?return=/api/me`;
  let init: RequestInit = {};
  let page = '';
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...jar.header(), ...(init.headers ?? {}) } });
    jar.take(response);
    const next = response.headers.get('location');
    if (next !== null) {
      [url, init] = [new URL(next, url).toString(), {}];
      continue;
    }
    page = await response.text();
    if (response.ok && new URL(url).pathname === '/api/me') return officer(place, account, jar);
    const form = filledForm(page, account, password);
    if (form === undefined) break;
    [url, init] = [new URL(form.action, url).toString(), { method: 'POST', body: form.body }];
  }
  throw new Error(`账号 ${account} 未能登录,最后停在 ${url}:${page.slice(0, 300)}`);
};

const officer = (place: Place, account: string, jar: CookieJar): Officer => {
  const { gateway, desk } = place;
  const textOf = async (path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(`${gateway}/api${path}`, { ...init, headers: { ...jar.header(), ...(init.headers ?? {}) } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path} → ${response.status} ${text}`);
    return text;
  };
  const call = async <T>(path: string, init: RequestInit): Promise<T> => JSON.parse(await textOf(path, init)) as T;
  const self: Officer = {
    account,
    colleague: (login) => {
      const known = login === account ? Promise.resolve(self) : (desk.get(login) ?? signInAt(place, login));
      desk.set(login, known);
      // A failed sign-in is tried again on the next call.
      known.catch(() => desk.delete(login));
      return known;
    },
    get: (path) => call(path, {}),
    text: (path) => textOf(path, {}),
    post: (path, body, requestId = randomUUID()) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': requestId, 'x-hengji-csrf': '1', origin: gateway },
        body: JSON.stringify(body),
      }),
    upload: (path, name, content, requestId = randomUUID()) =>
      call(`${path}${path.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/pdf', 'idempotency-key': requestId, 'x-hengji-csrf': '1', origin: gateway },
        body: content instanceof Uint8Array ? Buffer.from(content.buffer, content.byteOffset, content.byteLength) : content,
        duplex: 'half',
      }),
  };
  return self;
};

const TRIES = 60;
const PAUSE_MS = 1_000;

const isAway = (failure: unknown): boolean =>
  failure instanceof TypeError || (failure instanceof Error && /^(GET|POST) \S+ → 503 /.test(failure.message));

const again = async <T>(ask: () => Promise<T>, retried: () => void, left = TRIES): Promise<T> => {
  try {
    return await ask();
  } catch (failure) {
    if (!isAway(failure) || left <= 1) throw failure;
    retried();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return again(ask, retried, left - 1);
  }
};

/**
 * An officer who asks again when a service is away for a moment (503) or the connection is lost: on a cluster a pod may end at any time. A
 * write carries the id of its first attempt, so it is done once.
 * @param retried called before each further attempt
 */
export const patient = (officer: Officer, retried: () => void): Officer => ({
  account: officer.account,
  colleague: async (account) => patient(await again(() => officer.colleague(account), retried), retried),
  get: (path) => again(() => officer.get(path), retried),
  text: (path) => again(() => officer.text(path), retried),
  post: (path, body, requestId = randomUUID()) => again(() => officer.post(path, body, requestId), retried),
  // A stream is read once, and so is sent once.
  upload: (path, name, content, requestId = randomUUID()) =>
    content instanceof Uint8Array
      ? again(() => officer.upload(path, name, content, requestId), retried)
      : officer.upload(path, name, content, requestId),
});
