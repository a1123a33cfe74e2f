// The device cookie (设备标识): the accounts that signed in with the right password in this browser. The cookie signs nobody in. It only
// separates the guesses of unknown addresses from the tries of the person (see guess-pauses.ts).
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { sealedCookie } from './sealed-cookie';

const NINETY_DAYS = 90 * 24 * 60 * 60;
/** Officers who share a computer; the account without a sign-in for longest is dropped first. */
const MOST_ACCOUNTS = 16;

const DEVICE = z.object({ device: z.uuid(), accounts: z.array(z.string()) });

export interface KnownDevices {
  /** The device's id when this account signed in on the device before. */
  of(request: Request, account: string): Promise<string | undefined>;
  remember(request: Request, response: Response, account: string): Promise<void>;
}

/** `key`: 32 bytes, the session key. */
export const knownDevices = (key: Uint8Array, origin: string): KnownDevices => {
  const cookie = sealedCookie({
    ...{ name: 'hengji_device', key, schema: DEVICE, seconds: NINETY_DAYS, path: '/oidc' },
    ...{ sameSite: 'lax' as const, secure: origin.startsWith('https:') },
  });
  return {
    of: async (request, account) => {
      const known = await cookie.read(request);
      return known?.accounts.includes(account) ? known.device : undefined;
    },
    remember: async (request, response, account) => {
      const { device, accounts } = (await cookie.read(request)) ?? { device: randomUUID(), accounts: [] };
      const others = accounts.filter((other) => other !== account);
      await cookie.write(response, { device, accounts: [...others, account].slice(-MOST_ACCOUNTS) });
    },
  };
};
