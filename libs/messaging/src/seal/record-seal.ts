// The seal (签封) over what a service publishes. The records of one send are the leaves of a tree, and the service's key signs the root once.
// One signature per record would take longer than all other work of the relay, and with SM2 thirty times as long. Each record carries the
// signature with its own path to the root, and can be checked alone.
import { hash } from 'node:crypto';
import { auditPaths, leafHash, rootFromPath, type Hash } from '@hengji/domain-kit';
import type { Signature, Signer, Statement } from '@hengji/host';
import type { OutgoingBatch } from '../kafka/kafka';

export const SEAL_HEADER = 'hengji_seal';

/** The headers that a seal covers beside topic, key and value. */
const SEALED_HEADERS = ['ce_source', 'ce_id', 'ce_type', 'ce_sequence', 'ce_time'] as const;

/** The sealed fields of a record. */
export interface SealedRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The content of the header: `keyId algorithm sealedAt signature index/size path`, bytes in base64url, the path lowest node first. */
export interface RecordSeal {
  readonly signature: Signature;
  readonly sealedAt: string;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

const HASH_BYTES = 32;
/** No send has 2³² records. */
const LONGEST_PATH = 32;
const SEAL = /^(\S{1,100}) (\w{1,20}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w-]{86}) (\d{1,9})\/(\d{1,9}) ([\w-]*)$/;

const sha256: Hash = (bytes) => hash('sha256', bytes, 'buffer');

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** The record as a JSON list: two different records never have the same text. */
const leafOf = (topic: string, { key, value, headers }: SealedRecord): Uint8Array => {
  const facts = [topic, key, ...SEALED_HEADERS.map((name) => headers[name] ?? ''), hash('sha256', value)];
  return leafHash(sha256, Buffer.from(JSON.stringify(facts)));
};

/** What the service's key signs. */
export const recordsStatement = (service: string, sealedAt: string, size: number, root: Uint8Array): Statement => ({
  type: 'hengji.records.v1',
  service,
  sealedAt,
  size: String(size),
  root: Buffer.from(root).toString('hex'),
});

/** The records of one send, each with its seal. Throws what the signer throws. */
export const sealRecords = (
  batches: readonly OutgoingBatch[],
  by: { readonly service: string; readonly signer: Signer; readonly at: Date },
): OutgoingBatch[] => {
  const leaves = batches.flatMap(({ topic, records }) => records.map((record) => leafOf(topic, record)));
  if (leaves.length === 0) return [...batches];
  const { root, paths } = auditPaths(sha256, leaves);
  const sealedAt = by.at.toISOString();
  const { keyId, algorithm, value } = by.signer.sign(recordsStatement(by.service, sealedAt, leaves.length, root));
  const signed = `${keyId} ${algorithm} ${sealedAt} ${base64(value)}`;
  let index = 0;
  const next = (): string => {
    const seal = `${signed} ${index}/${leaves.length} ${base64(Buffer.concat(paths[index] ?? []))}`;
    index += 1;
    return seal;
  };
  return batches.map(({ topic, records }) => ({
    topic,
    records: records.map((record) => ({ ...record, headers: { ...record.headers, [SEAL_HEADER]: next() } })),
  }));
};

/** The seal in a header's text; undefined for text that is not a seal. */
export const parseSeal = (text: string): RecordSeal | undefined => {
  const [, keyId = '', algorithm = '', sealedAt = '', signature = '', index, size, path = ''] = SEAL.exec(text) ?? [];
  const nodes = Buffer.from(path, 'base64url');
  if (keyId === '' || nodes.length % HASH_BYTES !== 0 || nodes.length > LONGEST_PATH * HASH_BYTES) return undefined;
  return {
    signature: { keyId, algorithm, value: Buffer.from(signature, 'base64url') },
    sealedAt,
    index: Number(index),
    size: Number(size),
    path: Array.from({ length: nodes.length / HASH_BYTES }, (_, i) => nodes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  };
};

/** The id of the key that the record's seal names; '' without a seal. */
export const sealKeyOf = ({ headers }: Pick<SealedRecord, 'headers'>): string =>
  parseSeal(headers[SEAL_HEADER] ?? '')?.signature.keyId ?? '';

/** The root that results from the record and its seal; undefined for an invalid path. */
export const rootOf = (topic: string, record: SealedRecord, { index, size, path }: RecordSeal): Uint8Array | undefined =>
  rootFromPath(sha256, leafOf(topic, record), { index, size }, path);
