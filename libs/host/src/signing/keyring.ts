// Makes, rotates and ends keys as files: one private file per service (`<service>.key.json`, readable by its owner only) and one public
// trust list for all (`trust.json`). Used by tools/keys, by the development platform and by tests.
// The order of the steps is essential: the new key is published before it signs anything, and the old one is retired after its last
// possible signature.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALGORITHMS, keyIdOf, type AlgorithmName } from './algorithms';
import { replaceFile } from './files';
import { parseSigningKey, type SigningKey } from './signer';
import { parseTrustList, trustListText, type TrustedKey } from './trust';

export interface Keyring {
  readonly trustFile: string;
  keyFile(service: string): string;
  list(): TrustedKey[];
  /** Makes the service's first key; does nothing for a service that has one. */
  make(service: string, algorithm: AlgorithmName, now?: Date): string;
  /** A new key for the service; the old one is retired at once, or `overlapMs` later where services get files with a delay. */
  rotate(service: string, options?: { readonly algorithm?: AlgorithmName; readonly overlapMs?: number }): string;
  retire(keyId: string, at: Date): void;
  revoke(keyId: string, at: Date): void;
}

/** The keys in a folder; the first `make` writes the first file. */
export const keyring = (folder: string): Keyring => {
  const trustFile = join(folder, 'trust.json');
  const keyFile = (service: string): string => join(folder, `${service}.key.json`);
  const list = (): TrustedKey[] => (existsSync(trustFile) ? parseTrustList(readFileSync(trustFile, 'utf8')) : []);
  const writeList = (keys: readonly TrustedKey[]): void => replaceFile(trustFile, trustListText(keys), 0o644);

  const add = (service: string, algorithm: AlgorithmName, now: Date): string => {
    if (!/^[a-z][a-z-]*$/.test(service)) throw new Error(`${service} is no name of a service`);
    const pair = ALGORITHMS[algorithm].generate();
    const keyId = keyIdOf(service, algorithm, pair.publicKey);
    const key: SigningKey = { keyId, service, algorithm, ...pair };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { publicKey } = pair;
    writeList([...list(), { keyId, service, algorithm, publicKey, notBefore: now, retiredAt: null, revokedAt: null }]);
    replaceFile(keyFile(service), `${JSON.stringify(key, null, 2)}\n`, 0o600);
    return keyId;
  };

  const end = (keyId: string, change: Partial<TrustedKey>): void => {
    const keys = list();
    if (!keys.some((key) => key.keyId === keyId)) throw new Error(`the trust list has no key ${keyId}`);
    writeList(keys.map((key) => (key.keyId === keyId ? { ...key, ...change } : key)));
  };

  return {
    trustFile,
    keyFile,
    list,
    make: (service, algorithm, now = new Date()) =>
      existsSync(keyFile(service)) ? parseSigningKey(readFileSync(keyFile(service), 'utf8')).keyId : add(service, algorithm, now),
    rotate: (service, { algorithm, overlapMs = 0 } = {}) => {
      const old = parseSigningKey(readFileSync(keyFile(service), 'utf8'));
      const keyId = add(service, algorithm ?? old.algorithm, new Date());
      end(old.keyId, { retiredAt: new Date(Date.now() + overlapMs) });
      return keyId;
    },
    retire: (keyId, at) => end(keyId, { retiredAt: at }),
    revoke: (keyId, at) => end(keyId, { revokedAt: at }),
  };
};
