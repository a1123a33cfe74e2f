// The identity provider for sign-in: the province's provider or the demo's own. Exactly one of the two must be configured.
import { randomBytes } from 'node:crypto';
import type { Log } from '@hengji/host';
import type { Router } from 'express';
import type { Config } from '../../../config';
import type { Sessions } from './session';
import { CALLBACK_PATH, signInRouter } from './sign-in';
import { demoAccounts, type DemoAccount } from './demo-accounts';
import { demoIssuer, demoProvider } from './demo-provider';

export interface IdentityOptions {
  readonly config: Config;
  readonly origin: string;
  readonly sessions: Sessions;
  readonly log: Log;
  readonly madeUpPassword: () => string;
}

const show = (accounts: readonly DemoAccount[], password: string): void => {
  const rows = accounts.map(({ login, name, about }) => `  ${login.padEnd(12)} ${name}  ${about}`);
  process.stdout.write(`demo accounts (password for all: ${password})\n${rows.join('\n')}\n`);
};

const demo = async ({ config, origin, sessions, log, madeUpPassword }: IdentityOptions) => {
  const accounts = demoAccounts(config.DEMO_INSTITUTION);
  const password = config.DEMO_PASSWORD ?? madeUpPassword();
  // A configured password is known to the person who set it. A generated password must be printed, or nobody could sign in.
  if (config.DEMO_PASSWORD === undefined) show(accounts, password);
  log.warn({ accounts: accounts.map(({ login }) => login) }, 'demo accounts are on: never in production');
  const client = { clientId: config.OIDC_CLIENT_ID, clientSecret: randomBytes(24).toString('hex') };
  const own = { origin, callback: `${origin}${CALLBACK_PATH}`, accounts, password, sessionKey: config.SESSION_KEY };
  const provider = await demoProvider({ ...client, ...own, log });
  // prompt=login: demo users change from one account to another.
  const signIn = signInRouter({ ...client, issuer: demoIssuer(origin), origin, parameters: { prompt: 'login' }, sessions, log });
  return { signIn, demoProvider: provider };
};

/** The sign-in routes, and the demo provider where it is enabled. */
export const identity = async (o: IdentityOptions): Promise<{ signIn: Router; demoProvider: Router | undefined }> => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, DEMO_ACCOUNTS } = o.config;
  if ((DEMO_ACCOUNTS === 'true') === (issuer !== undefined)) {
    throw new Error('configuration is wrong:\n  OIDC_ISSUER: give the identity provider, or DEMO_ACCOUNTS=true, and not both');
  }
  if (issuer === undefined) return demo(o);
  return { signIn: signInRouter({ ...o, issuer, clientId, clientSecret, parameters: {} }), demoProvider: undefined };
};
