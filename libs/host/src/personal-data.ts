// Personal numbers are stored sealed and compared by pseudonym, never in clear text. The envelope names suite and key, so that another
// suite (SM4) and new keys can be read beside the old ones.
import { typedText } from '@hengji/domain-kit';
import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

export interface PersonalData {
  /** `v1:aes:<kid>:<iv>:<ciphertext>:<tag>`, base64url parts; a fresh iv each time, so equal texts differ. */
  seal(text: string): string;
  /** The text; throws when the seal is invalid or made with another key. */
  open(sealed: string): string;
  /** 32 hex characters, the same for the same person in all services: HMAC-SHA256 of the normalised ID number. */
  pseudonym(idNumber: string): string;
}

const IV_BYTES = 12;

// The last character of a base64url text may contain bits that decoding drops. Each seal has only one valid spelling, so that equal bytes
// always have equal texts.
const bytesOf = (part: string): Buffer => {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new Error('not a v1:aes seal: a part is not base64url as it was written');
  return bytes;
};

// A key object is prepared once; key bytes would be prepared for each text, which costs several times as much as the sealing.
const key = (name: string, hex: string): KeyObject => {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error(`${name} must be 64 hex digits`);
  return createSecretKey(hex, 'hex');
};

/** Keys are 32 bytes in hex: `sealKey` encrypts, `personKey` makes pseudonyms. */
export const personalData = (o: { sealKey: string; personKey: string }): PersonalData => {
  const sealKey = key('SEAL_KEY', o.sealKey);
  const personKey = key('PERSON_KEY', o.personKey);
  const kid = createHash('sha256').update(sealKey.export()).digest('hex').slice(0, 8);
  return {
    seal: (text) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', 'aes', kid, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join(':');
    },
    open: (envelope) => {
      const [version, suite, usedKid, iv, sealed, tag, ...more] = envelope.split(':');
      if (version !== 'v1' || suite !== 'aes' || iv === undefined || sealed === undefined || tag === undefined || more.length > 0) {
        throw new Error('not a v1:aes seal');
      }
      if (usedKid !== kid) throw new Error(`sealed with key ${usedKid ?? '?'}, not with ${kid}`);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytesOf(iv), { authTagLength: 16 });
      decipher.setAuthTag(bytesOf(tag));
      return Buffer.concat([decipher.update(bytesOf(sealed)), decipher.final()]).toString('utf8');
    },
    pseudonym: (idNumber) =>
      createHmac('sha256', personKey).update(typedText(idNumber).replace(/\s/g, '').toUpperCase()).digest('hex').slice(0, 32),
  };
};
