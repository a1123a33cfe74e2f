// Sign-in by the whole OpenID Connect code flow with PKCE, against the demo provider, over HTTP.
import { Browser, PASSWORD, signedIn, startGateway, type Gateway } from './gateway';

describe('sign-in', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });

  it('leads from the gateway to the provider and back, and then has the person in the session', async () => {
    const browser = new Browser(gateway.origin);
    expect((await browser.fetch('/api/me')).status).toBe(401);
    const { url } = await browser.signIn('shenyang-a');
    expect(url.pathname).toBe('/landed');
    const { menu, permitted, ...person } = (await (await browser.fetch('/api/me')).json()) as {
      menu: { key: string }[];
      permitted: string[];
    };
    expect(person).toEqual({
      officerId: 'shenyang-a',
      name: '孙诚(演示)',
      post: '经办人',
      role: 'CITY_OFFICER',
      authority: '2101',
      institution: '',
    });
    expect(menu.map(({ key }) => key)).toContain('ENFORCEMENT');
    expect(permitted).toContain('draftOrders');
  });

  it("gives the person of a head's post its level", async () => {
    const browser = new Browser(gateway.origin);
    for (const [account, post, postLevel] of [
      ['shenyang-b', '分管负责人', 'HEAD'],
      ['shenyang-f', '部门负责人', 'DEPARTMENT_HEAD'],
    ] as const) {
      await browser.signIn(account);
      expect(await (await browser.fetch('/api/me')).json()).toMatchObject({ post, postLevel });
    }
  });

  it('asks with PKCE, state and nonce', async () => {
    const location = new URL((await new Browser(gateway.origin).fetch('/api/sign-in')).headers.get('location') ?? '');
    expect(location.searchParams.get('code_challenge_method')).toBe('S256');
    for (const parameter of ['code_challenge', 'state', 'nonce']) expect(location.searchParams.get(parameter)).toMatch(/^[\w-]{43}$/);
  });

  it('keeps the session in a cookie that scripts cannot read and other sites cannot send', async () => {
    const browser = new Browser(gateway.origin);
    const form = await browser.follow('/api/sign-in?return=/landed');
    const posted = await browser.fetch(form.url.toString(), {
      method: 'POST',
      body: new URLSearchParams({ login: 'auditor', password: PASSWORD }),
    });
    let url = new URL(posted.headers.get('location') ?? '', form.url);
    let cookies: string[] = [];
    for (let hops = 0; url.pathname !== '/landed' && hops < 8; hops += 1) {
      const response = await browser.fetch(url.toString());
      cookies = response.headers.getSetCookie();
      url = new URL(response.headers.get('location') ?? '', url);
    }
    const session = cookies.find((line) => line.startsWith('hengji_session=')) ?? '';
    expect(session).toMatch(/HttpOnly/);
    expect(session).toMatch(/SameSite=Strict/);
    expect(session).not.toContain('auditor');
  });

  it('refuses a wrong password and an unknown account', async () => {
    const browser = new Browser(gateway.origin);
    for (const [login, password] of [
      ['province-a', 'wrong'],
      ['nobody', PASSWORD],
    ] as const) {
      const { response } = await browser.signIn(login, password);
      expect(response.status).toBe(401);
      expect(await response.text()).toContain('账号或密码不正确');
    }
    expect((await browser.fetch('/api/me')).status).toBe(401);
  });

  it.each([
    ['without a pending sign-in', async () => new Browser(gateway.origin)],
    [
      'with another state',
      async () => {
        const browser = new Browser(gateway.origin);
        await browser.fetch('/api/sign-in');
        return browser;
      },
    ],
  ])('refuses a callback %s', async (_, given) => {
    const response = await (await given()).fetch('/api/sign-in/callback?code=x&state=y');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'sign_in.failed' });
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'returns to its own pages only, not to %s',
    async (target) => {
      const browser = new Browser(gateway.origin);
      const form = await browser.follow(`/api/sign-in?return=${encodeURIComponent(target)}`);
      const posted = await browser.fetch(form.url.toString(), {
        method: 'POST',
        body: new URLSearchParams({ login: 'auditor', password: PASSWORD }),
      });
      const { url } = await browser.follow(posted.headers.get('location') ?? '');
      expect(`${url.origin}${url.pathname}`).toBe(`${gateway.origin}/`);
    },
  );

  it('refuses a forged or foreign session cookie', async () => {
    for (const value of ['x', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC']) {
      expect((await fetch(`${gateway.origin}/api/me`, { headers: { cookie: `hengji_session=${value}` } })).status).toBe(401);
    }
  });

  it('signs out', async () => {
    const browser = await signedIn(gateway, 'operator');
    expect((await browser.post('/api/sign-out')).status).toBe(204);
    expect(browser.cookieNames).not.toContain('hengji_session');
    expect((await browser.fetch('/api/me')).status).toBe(401);
  });

  it('redirects people who used another host name to the public address first', async () => {
    const other = gateway.origin.replace('127.0.0.1', 'localhost');
    const response = await fetch(`${other}/api/sign-in?return=/orders`, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe(`${gateway.origin}/api/sign-in?return=/orders`);
  });
});

it('does not start without an identity provider, nor with two of them', async () => {
  await expect(startGateway({ DEMO_ACCOUNTS: 'false' })).rejects.toThrow('OIDC_ISSUER');
  await expect(startGateway({ OIDC_ISSUER: 'https://id.example' })).rejects.toThrow('not both');
});
