// A topic that was deleted and created again under the same name begins at offset 0 again, and kafkajs does not return topic ids. A group
// that continues at its old offset would skip earlier records of the new topic. So the first record of each batch is recorded, and read
// again when the partition is assigned. Where another record is found, the topic is a new one, and is read from its beginning. The inbox
// prevents double handling; a record that was read only for the comparison is not handled again. A new topic that outgrows the old one
// between two fetches is found by the gaps in its numbers.
import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { IncomingBatch, IncomingRecord, Standing } from '../kafka/kafka';
import { execute, rowsOf, type SqlTx } from '../sql';

/** The digest that distinguishes a record from any other. */
export const digestOf = ({ keyBytes, value, rawHeaders, writtenAt }: IncomingRecord): Buffer => {
  const headers = rawHeaders.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  const head = JSON.stringify([String(writtenAt), keyBytes && Buffer.from(keyBytes).toString('base64'), headers]);
  return createHash('sha256').update(createHash('sha256').update(head).digest()).update(value).digest();
};

interface Noted {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly digest: Buffer;
}

/** What a batch shows about its topic. */
export type Shown =
  | { readonly recreated: true }
  /** Records still to be handled, without those that were read again only for the comparison. */
  | { readonly recreated: false; readonly records: readonly IncomingRecord[] };

export interface Positions {
  /**
   * For assigned partitions: the recorded positions to read again. None where the group was set back: the group reads these records
   * anyway.
   */
  lookBack(standings: readonly Standing[]): Promise<readonly Noted[]>;
  compare(batch: IncomingBatch): Promise<Shown>;
}

export const positions = (db: SqlTx): Positions => {
  const expected = new Map<string, Noted>();
  /** Where the group continues in partitions that were set back for the comparison. */
  const goOnAt = new Map<string, bigint>();
  const verified = new Set<string>();
  const idOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}[${partition}]`;

  /** Without the old row, the next batch of the partition is recorded instead. */
  const forget = ({ topic, partition }: Noted): Promise<unknown> =>
    execute(db, sql`DELETE FROM messaging.position WHERE topic = ${topic} AND partition = ${partition}::integer`).catch(() => undefined);

  const notedOf = async (topics: readonly string[]): Promise<Noted[]> => {
    const rows = await rowsOf<{ topic: string; partition: number; offset: string; digest: Uint8Array }>(
      db,
      sql`SELECT topic, partition, "offset"::text AS offset, digest FROM messaging.position
       WHERE topic IN (SELECT jsonb_array_elements_text(${JSON.stringify(topics)}::jsonb))`,
    );
    return rows.map((row) => ({ ...row, offset: BigInt(row.offset), digest: Buffer.from(row.digest) }));
  };

  return {
    lookBack: async (standings) => {
      const assigned = new Map(standings.filter(({ assigned: own }) => own).map((standing) => [idOf(standing), standing]));
      const noted = (await notedOf(standings.map(({ topic }) => topic))).filter((one) => assigned.has(idOf(one)));
      for (const memory of [expected, goOnAt, verified]) for (const id of assigned.keys()) memory.delete(id);
      for (const one of noted) expected.set(idOf(one), one);
      const ahead = noted.filter((one) => (assigned.get(idOf(one))?.committed ?? 0n) > one.offset);
      for (const one of ahead) goOnAt.set(idOf(one), assigned.get(idOf(one))?.committed ?? 0n);
      return ahead;
    },
    compare: async (batch) => {
      const id = idOf(batch);
      const noted = expected.get(id);
      const found = noted && batch.records.find(({ offset }) => offset === noted.offset);
      if (noted && found) {
        const isSame = digestOf(found).equals(noted.digest);
        if (!isSame) await forget(noted);
        expected.delete(id);
        if (!isSame) return { recreated: true };
        verified.add(id);
      }
      const from = verified.has(id) ? (goOnAt.get(id) ?? 0n) : 0n;
      return { recreated: false, records: batch.records.filter(({ offset }) => offset >= from) };
    },
  };
};
