// The session: the signed-in person in an encrypted cookie, for one working day. Sign-out also ends the session on the server side: from
// then on every gateway refuses a copy of the cookie.
import { randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { ROLES } from '@hengji/province';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Person, PostLevel } from '../../../domain/access';
import type { EndedSessions } from '../../kafka/ended-sessions';
import { sealedCookie, type SealedCookie } from './sealed-cookie';

/** The life of a session, in seconds. */
export const SESSION_SECONDS = 8 * 60 * 60;
const TEN_MINUTES = 10 * 60;

const SESSION = z.object({
  sessionId: z.uuid(),
  person: z.object({
    officerId: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    authority: z.string(),
    institution: z.string(),
    account: z.string().optional(),
    post: z.string().optional(),
  }),
});

/** The state between the redirect to the identity provider and the callback. */
const SIGN_IN = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });
export type PendingSignIn = z.infer<typeof SIGN_IN>;

export interface Sessions {
  /**
   * The signed-in person; undefined without a session and after its end. Refuses `sign_in.uncertain` while the session cannot be checked.
   */
  personOf(request: Request): Promise<Person | undefined>;
  begin(response: Response, person: Person): Promise<void>;
  /** Ends the request's session for every copy of its cookie, at every gateway; refuses as `EndedSessions` does. */
  end(request: Request, response: Response): Promise<void>;
  readonly signIn: SealedCookie<PendingSignIn>;
}

export interface SessionOptions {
  /** 64 hex digits. */
  readonly key: string;
  /** Cookies are `Secure` when this public address uses https. */
  readonly origin: string;
  readonly ended: Pick<EndedSessions, 'has' | 'end'>;
  /** The level of a post; asked at each request, so that a changed setting applies to sessions that run. */
  readonly levelOf: (post: string | undefined) => PostLevel | undefined;
}

export const sessions = ({ key, origin, ended, levelOf }: SessionOptions): Sessions => {
  const common = { key: Buffer.from(key, 'hex'), secure: origin.startsWith('https:') };
  const cookie = sealedCookie({
    ...{ ...common, name: 'hengji_session', schema: SESSION, seconds: SESSION_SECONDS, path: '/', sameSite: 'strict' as const },
  });
  return {
    personOf: async (request) => {
      const session = await cookie.read(request);
      if (!session) return undefined;
      const hasEnded = ended.has(session.sessionId);
      if (hasEnded === undefined) throw new Refusal('unavailable', 'sign_in.uncertain', '暂时无法确认登录状态,请稍后重试');
      return hasEnded ? undefined : { ...session.person, postLevel: levelOf(session.person.post) };
    },
    begin: (response, person) => cookie.write(response, { sessionId: randomUUID(), person }),
    end: async (request, response) => {
      const session = await cookie.read(request);
      cookie.clear(response);
      if (session) await ended.end(session.sessionId);
    },
    // Lax: the redirect back from the identity provider's site is a cross-site navigation.
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
