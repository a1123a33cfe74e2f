// State that the browser stores for the gateway. The browser can neither read nor change this state. Any replica can answer any request.
import type { Request, Response } from 'express';
import { sealedText, type SealedTextOptions } from '../../sealed-text';

export interface SealedCookie<T> {
  /** The value, or undefined when absent, expired, forged or of another shape. */
  read(request: Request): Promise<T | undefined>;
  write(response: Response, value: T): Promise<void>;
  clear(response: Response): void;
}

export interface CookieOptions<T> extends Omit<SealedTextOptions<T>, 'purpose'> {
  readonly name: string;
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

/** A cookie for one purpose; the purpose is the name of the cookie. */
export const sealedCookie = <T>(o: CookieOptions<T>): SealedCookie<T> => {
  const attributes = { httpOnly: true, sameSite: o.sameSite, secure: o.secure, path: o.path } as const;
  const text = sealedText({ ...o, purpose: o.name });
  return {
    read: async (request) => {
      const sealed = valueOf(request, o.name);
      return sealed ? text.open(sealed) : undefined;
    },
    write: async (response, value) => {
      response.cookie(o.name, await text.seal(value), { ...attributes, maxAge: o.seconds * 1000 });
    },
    clear: (response) => {
      response.clearCookie(o.name, attributes);
    },
  };
};
