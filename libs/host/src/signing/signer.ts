// A service's own key signs statements, and other services check them against the trust list. The private key file names the algorithm, so
// an SM2 key is enough to use SM2; no code and no other setting changes.
import { Refusal } from '@hengji/domain-kit';
import { ALGORITHMS, isAlgorithm, keyIdOf, type AlgorithmName, type KeyPair } from './algorithms';
import { canonical, type Statement } from './canonical';
import { watchedFile } from './files';
import { checkSignature, checkStoredSignature, parseTrustList, type Signature, type Signed } from './trust';

/** The content of a private key file: the key with which its service signs now. */
export interface SigningKey extends KeyPair {
  readonly keyId: string;
  readonly service: string;
  readonly algorithm: AlgorithmName;
}

export interface Signer {
  /** The id of the current key. */
  readonly keyId: string;
  /** The signature over the statement's canonical form. */
  sign(statement: Statement): Signature & { readonly value: Buffer };
}

export interface Verifier {
  /**
   * Throws a Refusal `signature.*` unless the service's key signed exactly this statement while the key was valid; see `checkSignature`.
   */
  check(statement: Statement, signature: Signature | null | undefined, signed: Signed): void;
  /** The same check for a stored signature; see `checkStoredSignature`. */
  checkStored(statement: Statement, signature: Signature | null | undefined, signed: Signed): void;
}

/** Parses the text of a private key file. Throws an Error that names the fault, and never the key. */
export const parseSigningKey = (text: string): SigningKey => {
  const { service, algorithm, privateKey, publicKey, keyId } = JSON.parse(text) as Partial<Record<keyof SigningKey, string>>;
  if (!service || !algorithm || !privateKey || !publicKey || !isAlgorithm(algorithm))
    throw new Error('the private key file needs service, algorithm, privateKey and publicKey');
  if (keyIdOf(service, algorithm, publicKey) !== keyId) throw new Error('the private key file: the key id is not that of the key');
  return { service, algorithm, privateKey, publicKey, keyId };
};

/** Signs with the key in `keyFile`; after a rotation the next signature uses the new key. Throws when there is no key. */
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
  const checkedBy =
    (check: typeof checkSignature): Verifier['check'] =>
    (statement, signature, signed) => {
      try {
        check(keys(), statement, signature, signed);
      } catch (failure) {
        if (failure instanceof TypeError)
          throw new Refusal('invalid', 'signature.not_json', '被签名的内容不是规范的JSON', { field: 'signature' });
        throw failure;
      }
    };
  return { check: checkedBy(checkSignature), checkStored: checkedBy(checkStoredSignature) };
};

/**
 * How a service's own key may have ended since. Every other reason counts against the signature: an unknown key belongs to another party.
 */
const ENDED: readonly string[] = ['signature.key_retired', 'signature.key_revoked'];

/**
 * The result of `checkStored` for a signature that was valid when it was stored. `forged`: the service did not sign this. `ended`: its key
 * did, and was retired or revoked before the statement's date or before a witness signed; that proves nothing either way.
 */
export const standingOf = (checkStored: () => void): 'good' | 'forged' | 'ended' => {
  try {
    checkStored();
    return 'good';
  } catch (failure) {
    if (failure instanceof Refusal) return ENDED.includes(failure.reason) ? 'ended' : 'forged';
    throw failure;
  }
};
