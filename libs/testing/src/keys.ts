// The signing keys of the services under test and of the services that a test replaces. A key is made at its first use,
// has an algorithm that production also uses, and is removed at the end of the suite.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring, replaceFile, signer, trustListText, type Keyring, type Signer } from '@hengji/host';
import { closeWithSuite } from './cleanup';

let made: Keyring | undefined;

/** The suite's own keyring; every service under test trusts its list. */
export const testKeys = (): Keyring => {
  if (!made) {
    const folder = mkdtempSync(join(tmpdir(), 'hengji-keys-'));
    closeWithSuite(async () => rmSync(folder, { recursive: true, force: true }));
    made = keyring(folder);
  }
  return made;
};

/**
 * Signs as the service. The key is made at the first call and is valid from 1970 on, so tests may date their orders
 * freely.
 */
export const testSigner = (service: string): Signer => {
  testKeys().make(service, 'ED25519', new Date(0));
  return signer({ keyFile: testKeys().keyFile(service) });
};

const sealers = new Map<string, Signer>();

/**
 * Seals records in the service's name, with a different key than `testSigner`. A suite can therefore retire the key for
 * statements, and consumers still accept the service's records.
 */
export const testSealer = (service: string): Signer => {
  const known = sealers.get(service);
  if (known) return known;
  const keys = testKeys();
  const sealing = keyring(join(keys.trustFile, '..', 'sealing'));
  const keyId = sealing.make(service, 'ED25519', new Date(0));
  replaceFile(keys.trustFile, trustListText([...keys.list(), ...sealing.list().filter((key) => key.keyId === keyId)]), 0o644);
  const sealer = signer({ keyFile: sealing.keyFile(service) });
  sealers.set(service, sealer);
  return sealer;
};

/** The keys of a service under test, in the form of its parsed configuration. */
export const testKeyConfig = (service: string) => {
  testSigner(service);
  const files = { SIGNING_KEY_FILE: testKeys().keyFile(service), TRUSTED_KEYS_FILE: testKeys().trustFile };
  return { ...files, ACCEPT_UNSEALED_ORDERS: false, ACCEPT_UNSEALED_RECORDS: false };
};

/** SIGNING_KEY_FILE and TRUSTED_KEYS_FILE of a service under test. */
export const testKeyFiles = (service: string): Record<string, string> => {
  testSigner(service);
  return { SIGNING_KEY_FILE: testKeys().keyFile(service), TRUSTED_KEYS_FILE: testKeys().trustFile };
};
