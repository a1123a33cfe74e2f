// Clients for the owners of topics, used by their consumers. An owner without an address gets no requests, and its consumers report this.
import { randomUUID } from 'node:crypto';
import { RepublishServiceDefinition, type Head, type SnapshotResponse } from '@hengji/contracts/messaging/v1/republish_service';
import { grpcClient, type Part } from '@hengji/host';
import type { SealReader } from '../seal/seal-check';
import { checkSnapshot, type SnapshotPart } from './snapshot-seal';

/** The requests to one owner. All of them throw Refusal, including `service.unavailable`. */
export interface Owner {
  /** Every key of the topic. */
  heads(topic: string): Promise<Head[]>;
  /** Undefined for a key to which this owner never gave a number. */
  head(topic: string, key: string): Promise<Head | undefined>;
  /** At most 1,000 numbers. */
  republish(stretch: {
    topic: string;
    key: string;
    first: bigint;
    last: bigint;
  }): Promise<{ sent: number; forgotten: number; neverGiven: number }>;
  /** The first part has the position. Refuses `snapshot.*` and `signature.*` at the first part that the owner has not sealed. */
  snapshot(topic: string, key: string, seals: SealReader): AsyncIterable<SnapshotPart>;
}

export interface Owners extends Part {
  find(service: string): Owner | undefined;
  /** The owners with an address. */
  names(): string[];
}

const DEADLINE_MS = 5_000;
/** A snapshot of a hundred thousand certificates takes a few seconds. */
const SNAPSHOT_MS = 120_000;

const ownerAt = (service: string, address: string, caller: string, secret: string): Owner & { close(): void } => {
  const client = grpcClient(RepublishServiceDefinition, address, { caller, secret, deadlineMs: DEADLINE_MS });
  return {
    heads: async (topic) => {
      const all: Head[] = [];
      let after = '';
      do {
        const { heads = [], next = '' } = await client.listHeads({ topic, page: { after, limit: 1_000 } });
        all.push(...(heads as Head[]));
        after = next;
      } while (after !== '');
      return all;
    },
    head: async (topic, key) => (await client.listHeads({ topic, key })).heads?.[0] as Head | undefined,
    republish: async (stretch) => {
      const { sent = 0, forgotten = 0, neverGiven = 0 } = await client.republish(stretch);
      return { sent, forgotten, neverGiven };
    },
    snapshot: (topic, key, seals) => {
      const request = { topic, key, nonce: randomUUID() };
      const parts = client.snapshot(request, { deadlineMs: SNAPSHOT_MS }) as AsyncIterable<SnapshotResponse>;
      return checkSnapshot(seals, { service, request }, parts);
    },
    close: () => client.close(),
  };
};

/** Clients of the owners with an address; connects with the first request. */
export const ownersAt = (o: { caller: string; secret: string; addresses: Readonly<Record<string, string | undefined>> }): Owners => {
  const known = new Map(
    Object.entries(o.addresses).flatMap(([service, address]) =>
      address === undefined ? [] : [[service, ownerAt(service, address, o.caller, o.secret)] as const],
    ),
  );
  return {
    name: 'owners',
    find: (service) => known.get(service),
    names: () => [...known.keys()],
    start: async () => undefined,
    stop: async () => known.forEach((owner) => owner.close()),
  };
};
