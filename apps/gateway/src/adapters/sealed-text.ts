// Text that only gateways can read and make: a JWE under the session key. The purpose is part of the encrypted text, so that text for one
// purpose is refused for another.
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { z } from 'zod';

export interface SealedText<T> {
  seal(value: T): Promise<string>;
  /** The value, or undefined when expired, forged, for another purpose or of another shape. */
  open(text: string): Promise<T | undefined>;
}

export interface SealedTextOptions<T> {
  readonly purpose: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly schema: z.ZodType<T>;
  /** How long the text can be opened. */
  readonly seconds: number;
}

export const sealedText = <T>(o: SealedTextOptions<T>): SealedText<T> => ({
  seal: (value) =>
    new EncryptJWT({ value })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(o.purpose)
      .setIssuedAt()
      .setExpirationTime(`${o.seconds}s`)
      .encrypt(o.key),
  open: async (text) => {
    try {
      const { payload } = await jwtDecrypt(text, o.key, { audience: o.purpose, contentEncryptionAlgorithms: ['A256GCM'] });
      return o.schema.parse(payload['value']);
    } catch {
      return undefined;
    }
  },
});
