// A browser for the gateway's tests: it stores cookies, follows redirects, signs people in, and compares each answer with the schema of its
// route.
import { randomUUID } from 'node:crypto';
import { compareAnswer } from './answers';

export const PASSWORD = 'demo-password';

/** A browser: cookies by path; the code follows redirects itself, so that a test can look at each step. */
export class Browser {
  private readonly cookies = new Map<string, { value: string; path: string }>();

  /** `headers` go with every request. */
  constructor(
    private readonly origin: string,
    readonly headers: Record<string, string> = {},
  ) {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.origin);
    const cookie = [...this.cookies]
      .filter(([, { path: under }]) => url.pathname.startsWith(under))
      .map(([name, { value }]) => `${name}=${value}`);
    const headers = new Headers({ ...this.headers, ...(init.headers as Record<string, string>) });
    headers.set('cookie', cookie.join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    await compareAnswer(init.method ?? 'GET', url.pathname, response);
    return response;
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/';
    const gone = value === '' || /expires=Thu, 01 Jan 1970/i.test(line);
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }

  get cookieNames(): string[] {
    return [...this.cookies.keys()];
  }

  cookieOf(name: string): string {
    return this.cookies.get(name)?.value ?? '';
  }

  /** Follows redirects to the last response; returns this response and its address. */
  async follow(path: string): Promise<{ response: Response; url: URL }> {
    let url = new URL(path, this.origin);
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await this.fetch(url.toString());
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location) return { response, url };
      url = new URL(location, url);
      if (url.pathname === '/landed') return { response, url };
    }
    throw new Error(`too many redirects, last ${url.toString()}`);
  }

  /** The sign-in form, which a test may post any number of times, from any address. */
  async form() {
    const { url } = await this.follow('/api/sign-in?return=/landed');
    const at = (address?: string) => ({
      at,
      post: (login: string, password: string): Promise<Response> =>
        this.fetch(url.toString(), {
          method: 'POST',
          body: new URLSearchParams({ login, password }),
          headers: address === undefined ? {} : { 'x-forwarded-for': address },
        }),
    });
    return at();
  }

  /** The whole code flow of a person's sign-in; returns the last response and its address. */
  async signIn(login: string, password = PASSWORD): Promise<{ response: Response; url: URL }> {
    const form = await this.follow('/api/sign-in?return=/landed');
    const posted = await this.fetch(form.url.toString(), { method: 'POST', body: new URLSearchParams({ login, password }) });
    const location = posted.headers.get('location');
    return location ? this.follow(new URL(location, form.url).toString()) : { response: posted, url: form.url };
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hengji-csrf': '1', 'idempotency-key': randomUUID(), ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  }
}
