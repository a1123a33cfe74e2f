// The two signature algorithms. Ed25519 is built into Node. SM2 with SM3 (GB/T 32918, GB/T 32905) is not: Node signs on the SM2 curve but
// leaves out the signer's identity, so no other implementation accepts the result. sm-crypto-v2 follows the standard, and OpenSSL agrees
// (signing.spec.ts). JavaScript is not constant-time: a province that uses SM2 in production puts a 签名验签服务器 behind `signer`; the
// statements, key ids and checks do not change.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';

/** Keys are hex in files: raw public key (SM2: 04 ‖ x ‖ y), private scalar or seed of 32 bytes. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

interface SignatureAlgorithm {
  generate(): KeyPair;
  sign(bytes: Uint8Array, key: KeyPair): Buffer;
  /** False for everything except the one valid signature of 64 bytes; never throws for bytes from outside. */
  verify(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean;
  readonly publicKeyBytes: number;
}

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_BYTES = 64;
/** The default identity of GB/T 35276 for a signer without a stated one. */
const SM2_USER = '1234567812345678';

const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex');

/**
 * Precomputed multiples of points, by public key: computing them takes half as long as a check, and each later check takes a fifth of the
 * time. Keys come from trust lists, which are short; a sender that floods a topic with wrong signatures must name one of these keys.
 */
const points = new Map<string, ReturnType<typeof sm2.precomputePublicKey>>();
const MOST_POINTS = 100;
const MULTIPLES = 2;

const pointOf = (publicKey: string): ReturnType<typeof sm2.precomputePublicKey> => {
  const known = points.get(publicKey);
  if (known) return known;
  if (points.size >= MOST_POINTS) points.clear();
  const point = sm2.precomputePublicKey(publicKey, MULTIPLES);
  points.set(publicKey, point);
  return point;
};

export const ALGORITHMS = {
  ED25519: {
    publicKeyBytes: 32,
    generate: () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      return {
        privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(ED25519_PKCS8.length).toString('hex'),
        publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(ED25519_SPKI.length).toString('hex'),
      };
    },
    sign: (bytes, { privateKey }) =>
      sign(null, bytes, createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, fromHex(privateKey)]), format: 'der', type: 'pkcs8' })),
    verify: (bytes, signature, publicKey) =>
      signature.length === SIGNATURE_BYTES &&
      verify(
        null,
        bytes,
        createPublicKey({ key: Buffer.concat([ED25519_SPKI, fromHex(publicKey)]), format: 'der', type: 'spki' }),
        signature,
      ),
  },
  SM2_SM3: {
    publicKeyBytes: 65,
    generate: () => sm2.generateKeyPairHex(),
    sign: (bytes, { privateKey, publicKey }) =>
      fromHex(sm2.doSignature(bytes, privateKey, { hash: true, publicKey, userId: SM2_USER, der: false })),
    verify: (bytes, signature, publicKey) => {
      if (signature.length !== SIGNATURE_BYTES || !sm2.verifyPublicKey(publicKey)) return false;
      return sm2.doVerifySignature(bytes, Buffer.from(signature).toString('hex'), pointOf(publicKey), {
        hash: true,
        userId: SM2_USER,
        der: false,
      });
    },
  },
} as const satisfies Record<string, SignatureAlgorithm>;

export type AlgorithmName = keyof typeof ALGORITHMS;

export const SIGNING_ALGORITHMS = Object.keys(ALGORITHMS) as AlgorithmName[];

export const isAlgorithm = (name: string): name is AlgorithmName => Object.hasOwn(ALGORITHMS, name);

/** `<service>:<first 16 hex of SHA-256 of the public key>`. Throws for a key that is not hex of the algorithm's length. */
export const keyIdOf = (service: string, algorithm: AlgorithmName, publicKey: string): string => {
  const bytes = fromHex(publicKey);
  if (bytes.length !== ALGORITHMS[algorithm].publicKeyBytes || bytes.toString('hex') !== publicKey)
    throw new Error(`the public key of ${service} is no ${algorithm} key in lower-case hex`);
  return `${service}:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
};
