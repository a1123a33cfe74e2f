// One pass of the relay: sends the waiting rows to Kafka, and marks them when Kafka has acknowledged them.
import { metrics, type Signer } from '@hengji/host';
import type { Client } from 'pg';
import type { OutgoingBatch, Sender } from '../kafka/kafka';
import { sealRecords } from '../seal/record-seal';
import { sourceOf } from '../seal/seal-check';
import type { Office } from './office';
import { backlog, batchesOf, forgetPublished, markPublished, sendable, waitingRows } from './relay-rows';

const MEASURE_EVERY_MS = 5_000;
const TIDY_EVERY_MS = 600_000;

const depth = metrics.gauge('hengji_outbox_depth', 'Events written and not yet published', ['service']);
const age = metrics.gauge('hengji_outbox_oldest_seconds', 'Seconds that the oldest unpublished event has waited', ['service']);
const published = metrics.counter('hengji_outbox_published_total', 'Events published', ['service']);

/** A stretch could not be sealed, or Kafka did not accept it; none of its rows is marked. */
export class NotSent extends Error {
  constructor(
    message: string,
    override readonly cause: unknown,
  ) {
    super(message);
  }
}

/** The service that publishes, and its key. */
export interface Publisher {
  readonly service: string;
  readonly signer: Signer;
}

const sealOrNotSent = (batches: OutgoingBatch[], by: Publisher): OutgoingBatch[] => {
  try {
    return sealRecords(batches, { ...by, at: new Date() });
  } catch (failure) {
    throw new NotSent('events cannot be sealed with the signing key', failure);
  }
};

const sendOrNotSent = async (sender: Sender, batches: OutgoingBatch[]): Promise<void> => {
  try {
    await sender.send(batches);
  } catch (failure) {
    throw new NotSent('Kafka does not take events', failure);
  }
};

/** The inputs of a pass. */
export interface Pass {
  readonly client: Client;
  readonly sender: Sender;
  readonly office: Office;
  readonly by: Publisher;
}

/**
 * Sends the waiting rows, stretch by stretch, in order; marks one stretch while the next is in flight. Returns how many rows were sent.
 * Throws NotSent, or what PostgreSQL threw: then the office may be lost, and rows that were read are not sent.
 */
export const publishWaiting = async ({ client, sender, office, by }: Pass): Promise<number> => {
  const rows = await waitingRows(client);
  let marked: Promise<void> = Promise.resolve();
  try {
    for (const stretch of sendable(rows)) {
      await office.confirm(marked);
      await office.meanwhile(sendOrNotSent(sender, sealOrNotSent(batchesOf(stretch, sourceOf(by.service)), by)), marked);
      await marked;
      published.inc({ service: by.service }, stretch.length);
      marked = markPublished(client, stretch);
      // Its failure is thrown where it is awaited; this prevents an unhandled rejection meanwhile.
      marked.catch(() => undefined);
    }
  } finally {
    await marked;
  }
  return rows.length;
};

/** Measures every few seconds and deletes old rows every few minutes, between passes. */
export const housekeeping = (service: string, keepDays: number): ((client: Client) => Promise<void>) => {
  let measuredAt = -Infinity;
  let tidiedAt = performance.now();
  return async (client) => {
    const now = performance.now();
    if (now - measuredAt > MEASURE_EVERY_MS) {
      const waiting = await backlog(client);
      depth.set({ service }, waiting.depth);
      age.set({ service }, waiting.oldestSeconds);
      measuredAt = now;
    }
    // When a deletion found rows there may be more: the next one follows the next pass.
    if (now - tidiedAt > TIDY_EVERY_MS && (await forgetPublished(client, keepDays)) === 0) tidiedAt = now;
  };
};
