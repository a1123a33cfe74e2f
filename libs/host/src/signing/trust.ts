// Which key may have signed what, and when: the public list of keys (a trust list) and the check of one signature against it. The list is
// the only thing that a checker must get from a source that he trusts; everything else can come from the other party.
// A key is valid from `notBefore` to `retiredAt`. A retired key stays valid for what it signed before. A revoked key may be in wrong hands:
// its holder can write any date, so its signatures count only where another key has witnessed them before the revocation (a completion
// certificate witnesses the receipts in it).
import { Refusal } from '@hengji/domain-kit';
import { ALGORITHMS, isAlgorithm, keyIdOf, type AlgorithmName } from './algorithms';
import { canonical, type Statement } from './canonical';

export interface Signature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

export interface TrustedKey {
  readonly keyId: string;
  readonly service: string;
  readonly algorithm: AlgorithmName;
  /** Hex. */
  readonly publicKey: string;
  readonly notBefore: Date;
  readonly retiredAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface Signed {
  /** The service that must own the key. */
  readonly service: string;
  /** The statement's own date. */
  readonly signedAt: Date;
  /** When another party's signature over this one was made, if there is one. */
  readonly witnessedAt?: Date | undefined;
}

/** The clocks of a signer and of the list's author may differ by this much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;
const RULE = 'design';

/** The format of `trustListText`; seconds without a fraction come from a person. */
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;
const KEY_MEMBERS = ['keyId', 'service', 'algorithm', 'publicKey', 'notBefore', 'retiredAt', 'revokedAt'];

const dateOf = (value: unknown, name: string): Date => {
  const date = new Date(typeof value === 'string' && DATE.test(value) ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Error(`the trust list has no date in UTC in ${name}`);
  return date;
};

/** A misspelt member would end no key: a text with `revokedat` has an intention, so it is refused and not ignored. */
const onlyKnown = (entry: object, known: readonly string[], name: string): void => {
  const unknown = Object.keys(entry).find((member) => !known.includes(member));
  if (unknown !== undefined) throw new Error(`${name} of the trust list has an unknown member ${unknown}`);
};

const keyOf = (entry: Record<string, unknown>, i: number): TrustedKey => {
  onlyKnown(entry, KEY_MEMBERS, `keys[${i}]`);
  const { keyId, service, algorithm, publicKey, notBefore, retiredAt, revokedAt } = entry;
  if (typeof service !== 'string' || typeof publicKey !== 'string' || typeof algorithm !== 'string' || !isAlgorithm(algorithm))
    throw new Error(`keys[${i}] of the trust list needs service, algorithm and publicKey`);
  // The id is computed and not taken from the list: otherwise one key could be listed under another key's name.
  if (keyIdOf(service, algorithm, publicKey) !== keyId) throw new Error(`keys[${i}] of the trust list: the key id is not that of the key`);
  const dates = { notBefore: dateOf(notBefore, `keys[${i}].notBefore`) };
  const end = (value: unknown, name: string): Date | null =>
    value === null || value === undefined ? null : dateOf(value, `keys[${i}].${name}`);
  return { keyId, service, algorithm, publicKey, ...dates, retiredAt: end(retiredAt, 'retiredAt'), revokedAt: end(revokedAt, 'revokedAt') };
};

/** JSON.parse takes the last of two members with one name, another reader the first: written again, such a text is shorter. */
const isWrittenOnce = (text: string, value: unknown): boolean => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') === JSON.stringify(value);

/** The keys of a trust list's text. Throws an Error that names the fault: no part of the text is ignored. */
export const parseTrustList = (text: string): TrustedKey[] => {
  const list = JSON.parse(text) as { keys?: unknown } | null;
  if (!Array.isArray(list?.keys)) throw new Error('the trust list has no keys');
  if (!isWrittenOnce(text, list)) throw new Error('the trust list says a member twice, or in another spelling');
  onlyKnown(list, ['keys'], 'the top');
  const keys = list.keys.map((entry: unknown, i) => keyOf((entry ?? {}) as Record<string, unknown>, i));
  const twice = keys.find(({ keyId }, i) => keys.findIndex((key) => key.keyId === keyId) !== i);
  if (twice) throw new Error(`the trust list has the key ${twice.keyId} twice`);
  return keys;
};

/** The text of a trust list, one key a line, so that people can compare lists. */
export const trustListText = (keys: readonly TrustedKey[]): string => {
  const lines = keys.map((key) => `    ${JSON.stringify(key)}`);
  return `{\n  "keys": [\n${lines.join(',\n')}\n  ]\n}\n`;
};

const refuse = (reason: string, message: string): never => {
  throw new Refusal('forbidden', `signature.${reason}`, message, { field: 'signature', rule: RULE });
};

const checkTime = (key: TrustedKey, { signedAt, witnessedAt }: Signed): void => {
  // Written with `!` because every comparison with an invalid date is false.
  if (!(signedAt.getTime() >= key.notBefore.getTime() - CLOCKS_DIFFER_MS))
    refuse('key_not_yet_valid', `密钥 ${key.keyId} 在签名时尚未启用`);
  if (key.retiredAt && signedAt >= key.retiredAt) refuse('key_retired', `密钥 ${key.keyId} 在签名时已停用`);
  if (key.revokedAt && !(witnessedAt && witnessedAt < key.revokedAt)) refuse('key_revoked', `密钥 ${key.keyId} 已作废`);
};

/** The service's key that the signature names. */
const keyFor = (keys: readonly TrustedKey[], signature: Signature | null | undefined, { service }: Signed): TrustedKey => {
  if (!signature) return refuse('missing', '没有签名');
  const key = keys.find(({ keyId }) => keyId === signature.keyId);
  if (!key) return refuse('key_unknown', `公钥清单中没有密钥 ${signature.keyId}`);
  if (key.service !== service) refuse('wrong_service', `密钥 ${key.keyId} 不属于 ${service}`);
  if (key.algorithm !== signature.algorithm) refuse('algorithm_differs', `签名算法应为 ${key.algorithm}`);
  return key;
};

const checkContent = (key: TrustedKey, statement: Statement, signature: Signature | null | undefined): void => {
  const value = signature?.value ?? Buffer.alloc(0);
  const isValid = ALGORITHMS[key.algorithm].verify(Buffer.from(canonical(statement)), value, key.publicKey);
  if (!isValid) refuse('invalid', '签名与内容不符');
};

/**
 * Checks that the service's key signed exactly this statement while the key was valid. The time is checked before the content, which costs
 * the most: so forged messages cost little. Refusals: `signature.missing`, `signature.key_unknown`, `signature.wrong_service`,
 * `signature.algorithm_differs`, `signature.key_not_yet_valid`, `signature.key_retired`, `signature.key_revoked`, `signature.invalid`.
 */
export const checkSignature = (
  keys: readonly TrustedKey[],
  statement: Statement,
  signature: Signature | null | undefined,
  signed: Signed,
): void => {
  const key = keyFor(keys, signature, signed);
  checkTime(key, signed);
  checkContent(key, statement, signature);
};

/**
 * The same check for something stored, the content before the time. So `signature.key_retired` and `signature.key_revoked` prove that the
 * key has signed it: a database writer without a key cannot cause them with a chosen date.
 */
export const checkStoredSignature = (
  keys: readonly TrustedKey[],
  statement: Statement,
  signature: Signature | null | undefined,
  signed: Signed,
): void => {
  const key = keyFor(keys, signature, signed);
  checkContent(key, statement, signature);
  checkTime(key, signed);
};
