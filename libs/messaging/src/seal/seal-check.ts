// Checks whether the owner of the topic wrote a record, before the record is decoded. The broker's rights define who may write to a topic;
// the seal proves who did.
import { verifier, type Verifier } from '@hengji/host';
import { Refusal } from '@hengji/domain-kit';
import { parseSeal, recordsStatement, rootOf, SEAL_HEADER, type RecordSeal, type SealedRecord } from './record-seal';

/** How a service reads what other services publish. */
export interface SealReader {
  readonly verifier: Verifier;
  /** For the first upgrade to sealed records only: records without any seal are accepted as before. */
  readonly acceptUnsealed: boolean;
}

/** The seal settings in the configuration of every consumer. */
export interface SealConfig {
  readonly TRUSTED_KEYS_FILE: string;
  readonly ACCEPT_UNSEALED_RECORDS: boolean;
}

export const sealReader = (config: SealConfig): SealReader => ({
  verifier: verifier({ trustFile: config.TRUSTED_KEYS_FILE }),
  acceptUnsealed: config.ACCEPT_UNSEALED_RECORDS,
});

/** A topic and the services that may write to it. */
export interface SealedTopic {
  readonly topic: string;
  readonly writers: readonly string[];
}

export const KEY_UNKNOWN = 'seal.key_unknown';

/** `sealed` is false where a record without a seal is accepted. */
export type SealVerdict = { readonly holds: true; readonly sealed: boolean } | { readonly holds: false; readonly reason: string };

export type SealCheck = (record: SealedRecord) => SealVerdict;

/** The names of the verifier's refusals here; an expired key keeps its reason. */
const REASONS: Readonly<Record<string, string>> = {
  'signature.key_unknown': KEY_UNKNOWN,
  'signature.wrong_service': 'seal.wrong_key',
  'signature.key_not_yet_valid': 'seal.key_not_yet_valid',
  'signature.key_retired': 'seal.key_retired',
  'signature.key_revoked': 'seal.key_revoked',
};

const SOURCE = 'hengji/';

/** Names a service as CloudEvents source. */
export const sourceOf = (service: string): string => `${SOURCE}${service}`;

/** The service in a source; '' for a source without one. */
export const serviceOf = (source: string): string => (source.startsWith(SOURCE) ? source.slice(SOURCE.length) : '');

const refused = (reason: string): SealVerdict => ({ holds: false, reason });

/**
 * Whether the service's key signed the root while the key was valid. An error other than a refusal (the trust list cannot be read) is
 * thrown.
 */
const checkRoot = (reader: SealReader, service: string, seal: RecordSeal, root: Uint8Array): SealVerdict => {
  const { sealedAt, size, signature } = seal;
  try {
    reader.verifier.check(recordsStatement(service, sealedAt, size, root), signature, { service, signedAt: new Date(sealedAt) });
    return { holds: true, sealed: true };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return refused(REASONS[failure.reason] ?? 'seal.forged');
  }
};

/**
 * Checks the records of one batch of the topic. The reasons are `seal.wrong_source`, `seal.missing`, `seal.forged`, `seal.wrong_key` and
 * `seal.key_*`. A signature is checked once in a batch, not once a record. Throws when the trust list cannot be read: this is not a
 * forgery, and the batch must be read again.
 */
export const sealCheck = (reader: SealReader, { topic, writers }: SealedTopic): SealCheck => {
  const verdicts = new Map<string, SealVerdict>();
  return (record) => {
    const service = serviceOf(record.headers['ce_source'] ?? '');
    if (!writers.includes(service)) return refused('seal.wrong_source');
    const text = record.headers[SEAL_HEADER];
    if (text === undefined) return reader.acceptUnsealed ? { holds: true, sealed: false } : refused('seal.missing');
    const seal = parseSeal(text);
    const root = seal && rootOf(topic, record, seal);
    if (!seal || !root) return refused('seal.forged');
    const { signature, sealedAt, size } = seal;
    const id = [
      service,
      signature.keyId,
      signature.algorithm,
      sealedAt,
      size,
      Buffer.from(signature.value).toString('hex'),
      Buffer.from(root).toString('hex'),
    ].join(' ');
    const known = verdicts.get(id);
    if (known) return known;
    const verdict = checkRoot(reader, service, seal, root);
    // A key that is not known yet may be added in a moment.
    if (verdict.holds || verdict.reason !== KEY_UNKNOWN) verdicts.set(id, verdict);
    return verdict;
  };
};
