// The session: the signed-in person in a sealed cookie for one working day. Signing out ends it on this side too: a copy of the
// cookie is refused from then on. The list of ended sessions is this process's own; see the README for what that leaves open.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ROLES, type Person } from '../../../domain/access';
import { endedSessions } from './ended-sessions';
import { sealedCookie, type SealedCookie } from './sealed-cookie';

const EIGHT_HOURS = 8 * 60 * 60;
const TEN_MINUTES = 10 * 60;

const SESSION = z.object({
  sessionId: z.uuid(),
  person: z.object({
    officerId: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    authority: z.string(),
    institution: z.string(),
  }),
});

/** What must be remembered between leaving for the identity provider and coming back. */
const SIGN_IN = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });
export type PendingSignIn = z.infer<typeof SIGN_IN>;

export interface Sessions {
  /** Who is signed in; undefined without a session, and after it has ended. */
  personOf(request: Request): Promise<Person | undefined>;
  begin(response: Response, person: Person): Promise<void>;
  /** Ends the request's session for every copy of its cookie. */
  end(request: Request, response: Response): Promise<void>;
  readonly signIn: SealedCookie<PendingSignIn>;
}

/** `key` is 64 hex digits; cookies are `Secure` when the public address is https. */
export const sessions = (key: string, origin: string): Sessions => {
  const common = { key: Buffer.from(key, 'hex'), secure: origin.startsWith('https:') };
  const cookie = sealedCookie({
    ...{ ...common, name: 'hengji_session', schema: SESSION, seconds: EIGHT_HOURS, path: '/', sameSite: 'strict' as const },
  });
  const ended = endedSessions({ keptForMs: EIGHT_HOURS * 1000 });
  return {
    personOf: async (request) => {
      const session = await cookie.read(request);
      return session && !ended.has(session.sessionId) ? session.person : undefined;
    },
    begin: (response, person) => cookie.write(response, { sessionId: randomUUID(), person }),
    end: async (request, response) => {
      const session = await cookie.read(request);
      if (session) ended.add(session.sessionId);
      cookie.clear(response);
    },
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
