// A real OpenID provider with known accounts, for development, tests and the demo. It runs the same code flow as the province's identity
// provider. All its state is in memory and lost when it stops.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { lineOf, type Log } from '@hengji/host';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWKS } from 'oidc-provider';
import { accountOf, type DemoAccount } from './demo-accounts';
import { guessPauses, type GuessPauses } from './guess-pauses';
import { knownDevices, type KnownDevices } from './known-device';
import { memoryAdapters } from './memory-adapter';
import { signInPage, signInProblemPage } from './sign-in-page';

export interface DemoProviderOptions {
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly callback: string;
  readonly accounts: readonly DemoAccount[];
  readonly password: string;
  /** 64 hex digits; encrypts what the browser stores. */
  readonly sessionKey: string;
  readonly log: Log;
}

/** The provider's address, below the gateway's own address. */
export const demoIssuer = (origin: string): string => `${origin}/oidc`;

const signingKeys = async (): Promise<JWKS> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'demo' }] } as JWKS;
};

const claimsOf = (account: DemoAccount) => ({
  sub: account.login,
  name: account.name,
  hengji_role: account.role,
  hengji_authority: account.authority,
  hengji_institution: account.institution,
  hengji_post: account.post,
});

const configuration = (o: DemoProviderOptions, jwks: JWKS): Configuration => ({
  jwks,
  adapter: memoryAdapters(),
  clients: [
    {
      client_id: o.clientId,
      client_secret: o.clientSecret,
      redirect_uris: [o.callback],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  scopes: ['openid', 'profile', 'hengji'],
  claims: { openid: ['sub'], profile: ['name'], hengji: ['hengji_role', 'hengji_authority', 'hengji_institution', 'hengji_post'] },
  // The gateway reads the ID token only; without this setting only the userinfo endpoint would return the claims.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  renderError: (ctx) => {
    ctx.type = 'html';
    ctx.body = signInProblemPage();
  },
  ttl: { Session: 600, Interaction: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
  interactions: { url: (_ctx, interaction) => `/oidc/sign-in/${interaction.uid}` },
  findAccount: (_ctx, login) => {
    const account = accountOf(o.accounts, login);
    return account && { accountId: login, claims: () => claimsOf(account) };
  },
  // Our own console requests nothing that needs a person's consent.
  loadExistingGrant: async (ctx) => {
    const { provider, client, session } = ctx.oidc;
    if (!client || !session?.accountId) return undefined;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile hengji');
    await grant.save();
    return grant;
  },
});

const same = (given: unknown, wanted: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(wanted));
};

/**
 * Every sign-in begins without a previous session, because demo users change accounts often. The provider would answer the change with a
 * sign-out page, and our content security policy blocks the script of that page.
 */
const forgetLastPerson =
  (cookie: string): RequestHandler =>
  (request, response, next) => {
    const pairs = (request.headers.cookie ?? '').split('; ').filter((pair) => !pair.startsWith(`${cookie}=`));
    request.headers.cookie = pairs.join('; ');
    response.clearCookie(cookie);
    next();
  };

/**
 * The provider builds its addresses from the request headers. This handler sets these headers from the configured origin alone, whatever
 * `Host` or `X-Forwarded-*` a caller sends.
 */
const atOwnAddress = (origin: string): RequestHandler => {
  const { host, protocol } = new URL(origin);
  return (request, _response, next) => {
    request.headers.host = host;
    request.headers['x-forwarded-host'] = host;
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    next();
  };
};

interface Remembered {
  readonly pauses: GuessPauses;
  readonly devices: KnownDevices;
}

/** One try; answers the request unless the password is right. Refused tries take the same steps whether the account exists or not. */
const tried = async (
  o: DemoProviderOptions,
  { pauses, devices }: Remembered,
  request: Request,
  response: Response,
): Promise<DemoAccount | undefined> => {
  const { login, password } = (request.body ?? {}) as Record<string, unknown>;
  const typed = String(login).slice(0, 64);
  const guesser = { account: typed, address: lineOf(request), device: await devices.of(request, typed) };
  const refuse = (status: 401 | 429, why: string): undefined => {
    response.status(status).set('cache-control', 'no-store').type('html').send(signInPage(o.accounts, why));
  };
  const waitSeconds = Math.ceil(pauses.waitMs(guesser) / 1000);
  if (waitSeconds > 0) {
    response.setHeader('retry-after', String(waitSeconds));
    return refuse(429, `登录失败次数过多,请${waitSeconds}秒后再试`);
  }
  const isRight = same(password, o.password);
  const account = accountOf(o.accounts, login);
  if (account && isRight) {
    pauses.right(guesser);
    await devices.remember(request, response, typed);
    return account;
  }
  pauses.wrong(guesser);
  o.log.warn({ audit: true, login: account?.login ?? 'unknown' }, 'demo sign-in refused');
  return refuse(401, '账号或密码不正确');
};

/** The provider's router, to be mounted at /oidc. GET /oidc/accounts lists the accounts without the password. */
export const demoProvider = async (o: DemoProviderOptions): Promise<Router> => {
  const provider = new Provider(demoIssuer(o.origin), configuration(o, await signingKeys()));
  // The provider reads the X-Forwarded-* headers that `atOwnAddress` has set.
  provider.proxy = true;
  provider.on('server_error', (_ctx, err) => o.log.error({ err }, 'demo identity provider'));
  const router = Router();
  const remembered = { pauses: guessPauses(), devices: knownDevices(Buffer.from(o.sessionKey, 'hex'), o.origin) };
  router.use(atOwnAddress(o.origin));
  router.get('/accounts', (_request, response) => void response.json({ accounts: o.accounts }));
  router.get('/sign-in/:uid', async (request, response) => {
    await provider.interactionDetails(request, response);
    response.set('cache-control', 'no-store').type('html').send(signInPage(o.accounts, ''));
  });
  router.post('/sign-in/:uid', express.urlencoded({ extended: false, limit: '4kb' }), async (request, response) => {
    const account = await tried(o, remembered, request, response);
    if (!account) return;
    await provider.interactionFinished(request, response, { login: { accountId: account.login, remember: false } });
  });
  router.get('/auth', forgetLastPerson(provider.cookieName('session')));
  router.use(provider.callback());
  return router;
};
