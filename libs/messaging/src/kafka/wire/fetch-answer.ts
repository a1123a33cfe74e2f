// The broker's answer to a fetch: partitions, their ends, and their records, a limited number at a time.
import { readBatches, type FetchedRecord } from './record-batches';
import { wireBytes, type WireBytes } from './wire-bytes';

/** Limit over all partitions of an answer: each record becomes about 1,000 bytes of objects, however small it is. */
const RECORDS_AN_ANSWER = 8_000;
const LEAST_A_PARTITION = 100;

/** The versions whose answers this file can read. */
export const FETCH_VERSIONS: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11];

export interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: string;
  readonly abortedTransactions: readonly never[];
  readonly preferredReadReplica: number;
  readonly messages: readonly FetchedRecord[];
}

export interface FetchAnswer {
  readonly throttleTime: number;
  readonly errorCode: number;
  readonly responses: readonly { readonly topicName: string; readonly partitions: readonly FetchedPartition[] }[];
}

interface Unread extends Omit<FetchedPartition, 'messages'> {
  readonly recordSet: Buffer;
}

const listOf = <T>(bytes: WireBytes, one: () => T): T[] => {
  const items: T[] = [];
  for (let left = bytes.int32(); left > 0; left -= 1) items.push(one());
  return items;
};

const partitionOf = (answer: WireBytes, version: number): Unread => {
  const [partition, errorCode, highWatermark] = [answer.int32(), answer.int16(), String(answer.int64())];
  answer.int64(); // last stable offset
  if (version >= 5) answer.int64(); // beginning of the log
  listOf(answer, () => answer.bytes(16)); // aborted transactions
  const preferredReadReplica = version >= 11 ? answer.int32() : -1;
  const recordSet = answer.bytes(Math.max(answer.int32(), 0));
  return { partition, errorCode, highWatermark, abortedTransactions: [], preferredReadReplica, recordSet };
};

/** The offset that was requested. */
export type AskedFrom = (topic: string, partition: number) => bigint;

export const readFetchAnswer = async (bytes: Buffer, version: number, askedFrom: AskedFrom): Promise<FetchAnswer> => {
  const answer = wireBytes(bytes);
  answer.int32(); // throttle time in ms: from version 8 on the client waits instead of the broker
  const errorCode = version >= 7 ? answer.int16() : 0;
  if (version >= 7) answer.int32(); // session
  const topics = listOf(answer, () => ({ topicName: answer.text(), partitions: listOf(answer, () => partitionOf(answer, version)) }));
  const full = topics.flatMap(({ partitions }) => partitions.filter(({ recordSet }) => recordSet.length > 0)).length;
  const most = Math.max(Math.floor(RECORDS_AN_ANSWER / Math.max(full, 1)), LEAST_A_PARTITION);
  const responses = [];
  for (const { topicName, partitions } of topics) {
    const read: FetchedPartition[] = [];
    for (const { recordSet, ...partition } of partitions) {
      const messages = await readBatches(recordSet, { from: askedFrom(topicName, partition.partition), most });
      read.push({ ...partition, messages });
    }
    responses.push({ topicName, partitions: read });
  }
  return { throttleTime: 0, errorCode, responses };
};
