// The session: the signed-in person in a sealed cookie for one working day. Signing out clears the cookie; there is no
// list of sessions to revoke, hence the hard end.
import { z } from 'zod';
import { ROLES, type Person } from '../../../domain/access';
import { sealedCookie, type SealedCookie } from './sealed-cookie';

const EIGHT_HOURS = 8 * 60 * 60;
const TEN_MINUTES = 10 * 60;

const PERSON = z.object({
  officerId: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  authority: z.string(),
  institution: z.string(),
});

/** What must be remembered between leaving for the identity provider and coming back. */
const SIGN_IN = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });
export type PendingSignIn = z.infer<typeof SIGN_IN>;

export interface Sessions {
  readonly person: SealedCookie<Person>;
  readonly signIn: SealedCookie<PendingSignIn>;
}

/** `key` is 64 hex digits; cookies are `Secure` when the public address is https. */
export const sessions = (key: string, origin: string): Sessions => {
  const common = { key: Buffer.from(key, 'hex'), secure: origin.startsWith('https:') };
  return {
    person: sealedCookie({ ...common, name: 'hengji_session', schema: PERSON, seconds: EIGHT_HOURS, path: '/', sameSite: 'strict' }),
    // Lax: the way back from another site's identity provider is a cross-site navigation.
    signIn: sealedCookie({
      ...common,
      name: 'hengji_sign_in',
      schema: SIGN_IN,
      seconds: TEN_MINUTES,
      path: '/api/sign-in',
      sameSite: 'lax',
    }),
  };
};
