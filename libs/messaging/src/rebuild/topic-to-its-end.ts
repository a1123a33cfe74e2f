// Reads a topic from offset 0 to its end at the time of the call, with a group of its own that commits nothing.
import { randomUUID } from 'node:crypto';
import type { Bounds, IncomingBatch, Kafka } from '../kafka/kafka';

/** Without a batch for this long the broker counts as unavailable, and the rebuild is aborted. */
const SILENT_MS = 60_000;
const LOOK_MS = 250;

const boundsOf = async (kafka: Kafka, topic: string): Promise<ReadonlyMap<number, Bounds>> => {
  const inspector = kafka.inspector();
  try {
    return await inspector.bounds(topic);
  } finally {
    await inspector.close();
  }
};

/**
 * Passes batch by batch to `onBatch`, each record once, in order within a partition. Returns, per partition, the offset before which
 * everything was read. An exception of `onBatch` ends the reading.
 */
export const topicToItsEnd = async (
  kafka: Kafka,
  topic: string,
  onBatch: (batch: Pick<IncomingBatch, 'partition' | 'records'>) => Promise<void>,
): Promise<ReadonlyMap<number, bigint>> => {
  const bounds = [...(await boundsOf(kafka, topic))];
  const read = new Map<number, bigint>();
  // Records before the first existing one cannot be read.
  const isOver = (): boolean => bounds.every(([partition, { low, high }]) => (read.get(partition) ?? low) >= high);
  let failed: { readonly failure: unknown } | undefined;
  let heardAt = performance.now();
  const reader = kafka.reader({
    group: `rebuild-${randomUUID()}`,
    topics: [topic],
    commit: false,
    goOnAt: (_, partition) => read.get(partition),
    onBatch: async ({ partition, records, nextOffset }, control) => {
      heardAt = performance.now();
      if (failed) return;
      try {
        const fresh = records.filter(({ offset }) => offset >= (read.get(partition) ?? 0n));
        await onBatch({ partition, records: fresh });
        read.set(partition, nextOffset);
        await control.heartbeat();
      } catch (failure) {
        failed ??= { failure };
      }
    },
  });
  const position = (): ReadonlyMap<number, bigint> =>
    new Map(bounds.map(([partition, { low }]) => [partition, read.get(partition) ?? low]));
  if (isOver()) return position();
  await reader.start();
  try {
    while (!isOver()) {
      if (failed) throw failed.failure;
      if (performance.now() - heardAt > SILENT_MS) throw new Error(`nothing more of ${topic} came for ${SILENT_MS / 1_000} s`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    await reader.stop();
  }
  return position();
};
