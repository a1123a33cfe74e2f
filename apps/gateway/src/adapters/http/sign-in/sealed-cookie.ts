// State that the browser keeps for us, which it can neither read nor change: a JWE under the session key. The gateway
// has no store, so any replica can answer any request.
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Request, Response } from 'express';
import type { z } from 'zod';

export interface SealedCookie<T> {
  /** The value, or undefined when absent, expired, forged or of another shape. */
  read(request: Request): Promise<T | undefined>;
  write(response: Response, value: T): Promise<void>;
  clear(response: Response): void;
}

export interface CookieOptions<T> {
  readonly name: string;
  readonly key: Uint8Array;
  readonly schema: z.ZodType<T>;
  readonly seconds: number;
  readonly path: string;
  readonly sameSite: 'strict' | 'lax';
  readonly secure: boolean;
}

const valueOf = (request: Request, name: string): string | undefined =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** A cookie of one purpose; the purpose (its name) is part of what is sealed, so one cannot be passed for another. */
export const sealedCookie = <T>(o: CookieOptions<T>): SealedCookie<T> => {
  const attributes = { httpOnly: true, sameSite: o.sameSite, secure: o.secure, path: o.path } as const;
  return {
    read: async (request) => {
      const sealed = valueOf(request, o.name);
      if (!sealed) return undefined;
      try {
        const { payload } = await jwtDecrypt(sealed, o.key, { audience: o.name, contentEncryptionAlgorithms: ['A256GCM'] });
        return o.schema.parse(payload['value']);
      } catch {
        return undefined;
      }
    },
    write: async (response, value) => {
      const jwe = await new EncryptJWT({ value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(o.name)
        .setIssuedAt()
        .setExpirationTime(`${o.seconds}s`)
        .encrypt(o.key);
      response.cookie(o.name, jwe, { ...attributes, maxAge: o.seconds * 1000 });
    },
    clear: (response) => {
      response.clearCookie(o.name, attributes);
    },
  };
};
