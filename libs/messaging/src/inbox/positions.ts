// A topic that was deleted and made anew begins at offset 0 again, under the same name, and kafkajs tells no topic's id. A group that goes
// on at its old offset would skip what the new topic has before it. So the first record of each batch is noted, and read again when the
// partition is assigned: where another one is found, the topic is another one, and is read from its beginning. The inbox knows what
// it has handled; what was read again only to be compared is not handled again. A topic that is made anew and outgrows the old one between two fetches is found by the gaps in its numbers.
import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { IncomingBatch, IncomingRecord, Standing } from '../kafka/kafka';
import { execute, rowsOf, type SqlTx } from '../sql';

/** What tells a record from any other. */
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

/** What a batch shows of its topic. */
export type Shown =
  | { readonly recreated: true }
  /** Records that are still to be handled; without those that were read again only to compare. */
  | { readonly recreated: false; readonly records: readonly IncomingRecord[] };

export interface Positions {
  /** Of partitions that were assigned: where to read again what is known. Where the group was set back, nowhere: it comes there anyway. */
  lookBack(standings: readonly Standing[]): Promise<readonly Noted[]>;
  compare(batch: IncomingBatch): Promise<Shown>;
}

export const positions = (db: SqlTx): Positions => {
  const expected = new Map<string, Noted>();
  /** Where the group goes on, in partitions that were set back to compare. */
  const goOnAt = new Map<string, bigint>();
  const verified = new Set<string>();
  const idOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}[${partition}]`;

  /** Without it the next batch of the partition is noted instead. */
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
