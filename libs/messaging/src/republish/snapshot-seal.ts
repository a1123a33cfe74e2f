// The seal over each part of a snapshot: another process between owner and reader, or in the owner's place, cannot change it. The seal
// covers the request (topic, key, the reader's random text), the number of the part, and whether it is the last one. So no part can be left
// out, repeated, or taken from another snapshot.
import { hash } from 'node:crypto';
import type { SnapshotRequest, SnapshotResponse } from '@hengji/contracts/messaging/v1/republish_service';
import { Refusal } from '@hengji/domain-kit';
import type { Signer, Statement } from '@hengji/host';
import type { SealReader } from '../seal/seal-check';

/** One part before sealing. */
export type SnapshotPart = Pick<SnapshotResponse, 'position' | 'events'>;

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);

/** The hash over the hashes of the events: two different lists have different digests. */
const digestOf = (events: readonly Uint8Array[]): string => sha256(Buffer.from(events.map(sha256).join()));

const statementOf = (
  service: string,
  { topic, key, nonce }: SnapshotRequest,
  { position, events, part, last }: SnapshotResponse,
  sealedAt: string,
): Statement => ({
  type: 'hengji.snapshot.v1',
  ...{ service, topic, key, nonce, sealedAt, last },
  ...{ position: String(position), part: String(part), events: digestOf(events) },
});

/** Seals part by part, one behind: only the end of the source shows which part is the last. */
export async function* sealSnapshot(
  by: { readonly service: string; readonly signer: Signer; readonly now: () => Date },
  request: SnapshotRequest,
  parts: AsyncIterable<SnapshotPart>,
): AsyncGenerator<SnapshotResponse> {
  let number = 0;
  const sealed = (part: SnapshotPart, last: boolean): SnapshotResponse => {
    number += 1;
    const bare: SnapshotResponse = { ...part, part: number, last, seal: undefined };
    const sealedAt = by.now();
    const { keyId, algorithm, value } = by.signer.sign(statementOf(by.service, request, bare, sealedAt.toISOString()));
    return { ...bare, seal: { keyId, algorithm, value, sealedAt } };
  };
  let before: SnapshotPart | undefined;
  for await (const part of parts) {
    if (before) yield sealed(before, false);
    before = part;
  }
  if (before) yield sealed(before, true);
}

const refuse = (reason: string, message: string): never => {
  throw new Refusal('forbidden', reason, message, { field: 'seal' });
};

/**
 * Yields the parts with valid seals. Throws Refusal `snapshot.unsealed`, `snapshot.out_of_order`, `snapshot.cut_off`, `signature.*`. With
 * `acceptUnsealed`, a snapshot without any seal counts as one of the version before.
 */
export async function* checkSnapshot(
  reader: SealReader,
  of: { readonly service: string; readonly request: SnapshotRequest },
  parts: AsyncIterable<SnapshotResponse>,
): AsyncGenerator<SnapshotPart> {
  let [number, ended, unsealed] = [0, false, false];
  for await (const part of parts) {
    number += 1;
    unsealed ||= number === 1 && !part.seal && reader.acceptUnsealed;
    if (!unsealed) {
      const { seal } = part;
      if (!seal?.sealedAt) throw new Refusal('forbidden', 'snapshot.unsealed', '状态快照没有签封', { field: 'seal' });
      if (ended || part.part !== number) refuse('snapshot.out_of_order', '状态快照的各部分次序不符');
      const statement = statementOf(of.service, of.request, part, seal.sealedAt.toISOString());
      reader.verifier.check(statement, seal, { service: of.service, signedAt: seal.sealedAt });
      ended = part.last;
    }
    yield part;
  }
  if (!unsealed && !ended) refuse('snapshot.cut_off', '状态快照不完整');
}
