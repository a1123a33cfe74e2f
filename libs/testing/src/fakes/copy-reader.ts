// A consumer that holds a copy and has lost it, from the view of a topic's owner.
import type { Envelope, Topic } from '@hengji/contracts';
import { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import { TEST_CALLER_SECRET } from '../environment';
import { serviceClient } from '../service-client';

/** The events of the owner's snapshot of a key, in order. */
export const snapshotEvents = async <E extends Envelope>(
  topic: Topic<E>,
  of: { readonly address: string; readonly caller: string; readonly key: string },
): Promise<E[]> => {
  const client = serviceClient(RepublishServiceDefinition, { ...of, secret: TEST_CALLER_SECRET });
  const events: E[] = [];
  try {
    for await (const part of client.snapshot({ topic: topic.name, key: of.key })) {
      for (const bytes of part.events ?? []) events.push(topic.codec.decode(bytes));
    }
  } finally {
    client.close();
  }
  return events;
};

/** Records sorted by key, as comparable text; 64-bit numbers become text. */
export const dumpOf = (tables: Readonly<Record<string, ReadonlyMap<string, unknown> | readonly unknown[]>>): string => {
  const inOrder = (table: ReadonlyMap<string, unknown> | readonly unknown[]): readonly unknown[] =>
    table instanceof Map
      ? [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record as unknown)
      : (table as readonly unknown[]);
  const ordered = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, inOrder(table)]));
  return JSON.stringify(ordered, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 1);
};
