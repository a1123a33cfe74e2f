// A service's own key, in use: it signs statements, and others check them against the trust list. The private key file names
// the algorithm, so whoever wants SM2 makes an SM2 key; no code and no other setting changes.
import { Refusal } from '@hengji/domain-kit';
import { ALGORITHMS, isAlgorithm, keyIdOf, type AlgorithmName, type KeyPair } from './algorithms';
import { canonical, type Statement } from './canonical';
import { watchedFile } from './files';
import { checkSignature, parseTrustList, type Signature, type Signed } from './trust';

/** The content of a private key file: the one key that its service signs with now. */
export interface SigningKey extends KeyPair {
  readonly keyId: string;
  readonly service: string;
  readonly algorithm: AlgorithmName;
}

export interface Signer {
  /** Of the key in use now. */
  readonly keyId: string;
  /** The signature over the statement's canonical form. */
  sign(statement: Statement): Signature & { readonly value: Buffer };
}

export interface Verifier {
  /** Throws a Refusal `signature.*` unless the service's key signed just this while it served; see `checkSignature`. */
  check(statement: Statement, signature: Signature | null | undefined, signed: Signed): void;
}

/** The key of a private key file's text. Throws an Error that names what is wrong, and never the key. */
export const parseSigningKey = (text: string): SigningKey => {
  const { service, algorithm, privateKey, publicKey, keyId } = JSON.parse(text) as Partial<Record<keyof SigningKey, string>>;
  if (!service || !algorithm || !privateKey || !publicKey || !isAlgorithm(algorithm))
    throw new Error('the private key file needs service, algorithm, privateKey and publicKey');
  if (keyIdOf(service, algorithm, publicKey) !== keyId) throw new Error('the private key file: the key id is not that of the key');
  return { service, algorithm, privateKey, publicKey, keyId };
};

/** Signs with the key in `keyFile`; a key that was rotated is taken up with the next signature. Throws when there is none. */
export const signer = ({ keyFile }: { readonly keyFile: string }): Signer => {
  const key = watchedFile(keyFile, parseSigningKey);
  return {
    get keyId() {
      return key().keyId;
    },
    sign: (statement) => {
      const { keyId, algorithm, ...pair } = key();
      return { keyId, algorithm, value: ALGORITHMS[algorithm].sign(Buffer.from(canonical(statement)), pair) };
    },
  };
};

/** Checks against the list in `trustFile`, which is read again when it changes. Refuses `signature.*`. */
export const verifier = ({ trustFile }: { readonly trustFile: string }): Verifier => {
  const keys = watchedFile(trustFile, parseTrustList);
  return {
    check: (statement, signature, signed) => {
      try {
        checkSignature(keys(), statement, signature, signed);
      } catch (failure) {
        if (failure instanceof TypeError)
          throw new Refusal('invalid', 'signature.not_json', '被签名的内容不是规范的JSON', { field: 'signature' });
        throw failure;
      }
    },
  };
};

/** What speaks against a signature itself. Each of a service's keys is in the list, also one that ended: an unknown one was made by somebody else. */
const FORGED: readonly string[] = [
  'signature.missing',
  'signature.invalid',
  'signature.wrong_service',
  'signature.algorithm_differs',
  'signature.key_unknown',
  'signature.not_json',
];

/**
 * What a check by `verifier` says of a signature that was good when it was stored. `forged`: the service did not sign this. `ended`: its
 * key was retired or revoked since, which proves nothing either way.
 */
export const standingOf = (check: () => void): 'good' | 'forged' | 'ended' => {
  try {
    check();
    return 'good';
  } catch (failure) {
    if (failure instanceof Refusal) return FORGED.includes(failure.reason) ? 'forged' : 'ended';
    throw failure;
  }
};
