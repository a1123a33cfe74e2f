// Sign-in by OpenID Connect, authorization code with PKCE, state and nonce. Only the identity provider states the person, the role and the
// territory (claims hengji_role, hengji_authority, hengji_institution); no other source is accepted.
import { Refusal } from '@hengji/domain-kit';
import type { Log } from '@hengji/host';
import { Router, type Request } from 'express';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { personOf } from '../../../domain/access';
import type { Sessions } from './session';

export interface SignInOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** The public address, e.g. https://hengji.example. */
  readonly origin: string;
  /** Extra parameters of the authorization request, e.g. prompt=login. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly sessions: Sessions;
  readonly log: Log;
}

const CLAIMS = z.object({
  sub: z.string().min(1),
  name: z.string().min(1),
  hengji_role: z.string().default(''),
  hengji_authority: z.string().default(''),
  hengji_institution: z.string().default(''),
  preferred_username: z.string().optional(),
  hengji_post: z.string().optional(),
});

export const CALLBACK_PATH = '/api/sign-in/callback';

/** Accepts only a path of the gateway itself; any other value would be an open redirect. */
export const localPath = (asked: unknown): string => (typeof asked === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(asked) ? asked : '/');

/** Discovers the provider's endpoints at the first sign-in, and again after a failure. */
const discoverer = (o: SignInOptions): (() => Promise<oidc.Configuration>) => {
  let found: Promise<oidc.Configuration> | undefined;
  const discover = async (): Promise<oidc.Configuration> => {
    const execute = o.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const authentication = o.clientSecret === undefined ? oidc.None() : undefined;
    return oidc.discovery(new URL(o.issuer), o.clientId, o.clientSecret, authentication, { execute, timeout: 5 });
  };
  return () => {
    found ??= discover().catch((err: unknown) => {
      found = undefined;
      o.log.error({ err }, 'the identity provider was not found');
      throw new Refusal('unavailable', 'sign_in.provider_unavailable', '统一身份认证暂不可用,请稍后重试');
    });
    return found;
  };
};

const failed = (why: string): Refusal => new Refusal('unauthenticated', 'sign_in.failed', `登录未完成:${why},请重新登录`);

/** GET /sign-in, GET /sign-in/callback. Mounted below /api. */
export const signInRouter = (o: SignInOptions): Router => {
  const configuration = discoverer(o);
  const { signIn } = o.sessions;
  // Joins the strings and does not resolve them: a path that looks like another host stays a path of the gateway.
  const ownUrl = (request: Request): string => `${o.origin}${request.originalUrl}`;
  const router = Router();

  router.get('/sign-in', async (request, response) => {
    // The callback must receive the cookie that is set here, so both requests must use the one public address.
    if (request.headers.host !== new URL(o.origin).host) return response.redirect(303, ownUrl(request));
    const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(await configuration(), {
      ...o.parameters,
      redirect_uri: `${o.origin}${CALLBACK_PATH}`,
      scope: 'openid profile hengji',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    await signIn.write(response, { ...pending, returnTo: localPath(request.query['return']) });
    response.redirect(303, url.toString());
  });

  const claimsOf = async (request: Request, pending: { state: string; nonce: string; verifier: string }): Promise<unknown> => {
    try {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), new URL(ownUrl(request)), {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      });
      return tokens.claims();
    } catch (err) {
      if (err instanceof Refusal) throw err;
      o.log.warn({ err, audit: true }, 'sign-in refused by the identity provider or its answer');
      throw failed('身份认证应答无效');
    }
  };

  router.get('/sign-in/callback', async (request, response) => {
    const pending = await signIn.read(request);
    signIn.clear(response);
    if (!pending) throw failed('会话已过期');
    const claims = CLAIMS.safeParse(await claimsOf(request, pending));
    if (!claims.success) throw failed('缺少姓名或标识');
    const { sub, name, hengji_role: role, hengji_authority: authority, hengji_institution: institution } = claims.data;
    const { preferred_username: account, hengji_post: post } = claims.data;
    const signedIn = personOf({ sub, name, role, authority, institution, account, post });
    await o.sessions.begin(response, signedIn);
    o.log.info({ audit: true, officer: sub, role, authority }, 'signed in');
    response.redirect(303, pending.returnTo);
  });

  return router;
};
