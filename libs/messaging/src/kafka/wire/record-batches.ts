// The records of a fetched partition; replaces kafkajs' decoder. That decoder makes objects of all records of a batch before the caller
// gets the first (a batch of 1 MB may hold 116,000), spreads them over the stack, and copies all headers of a record for each header. Here
// reading stops after a limited number of records: the rest is fetched again from the next offset.
import { boundedGunzip } from './bounded-gzip';
import { wireBytes, type WireBytes } from './wire-bytes';

/** Records of the system have 14; a record with more keeps the first ones and reports how many are left out. */
const MOST_HEADERS = 64;
export const CUT_HEADERS = 'hengji_headers_cut';
/** Replaces all headers where the structure of a record is broken: the value is then the record's bytes. */
const MALFORMED = 'hengji_malformed';

/** Base offset, length. */
const BEFORE_LENGTH = 12;
const BATCH_MAGIC = 2;
const COMPRESSION = 0x07;
const CONTROL = 0x20;
const GZIP = 1;

/** A record as kafkajs passes it to the consumer. */
export interface FetchedRecord {
  readonly magicByte: number;
  readonly attributes: number;
  /** Milliseconds. */
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | Buffer[]>>;
  /** Always false: kafkajs would drop the record, and the consumer would not know that the topic was read so far. */
  readonly isControlRecord: false;
  readonly batchContext: object;
  /** Not a record: up to this offset there are only transaction markers. */
  readonly isMarker: boolean;
}

interface BatchHead {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly attributes: number;
  readonly firstTimestamp: bigint;
  readonly count: number;
}

const NO_CONTEXT = {};

const recordAt = (offset: bigint, rest: Partial<FetchedRecord>): FetchedRecord => ({
  ...{ magicByte: BATCH_MAGIC, attributes: 0, timestamp: '0', key: null, value: null, headers: {} },
  ...{ isControlRecord: false, batchContext: NO_CONTEXT, isMarker: false },
  ...rest,
  offset: String(offset),
});

const headOf = (batch: WireBytes, baseOffset: bigint): BatchHead => {
  batch.int32(); // leader epoch
  const magic = batch.int8();
  if (magic !== BATCH_MAGIC) throw new Error(`a batch of format ${magic}, which no broker of today keeps`);
  batch.int32(); // checksum: the broker has compared it, and TCP has its own
  const attributes = batch.int16();
  const lastOffset = baseOffset + BigInt(batch.int32());
  const firstTimestamp = batch.int64();
  batch.bytes(8 + 8 + 2 + 4); // latest timestamp, producer, its epoch, its sequence
  return { baseOffset, lastOffset, attributes, firstTimestamp, count: batch.int32() };
};

const headersOf = (record: WireBytes): FetchedRecord['headers'] => {
  const headers = new Map<string, Buffer | Buffer[]>();
  const count = record.varint();
  for (let index = 0; index < Math.min(count, MOST_HEADERS); index += 1) {
    const name = record.varBytes()?.toString() ?? '';
    const value = record.varBytes() ?? Buffer.alloc(0);
    const known = headers.get(name);
    headers.set(name, known === undefined ? value : [known, value].flat());
  }
  if (count > MOST_HEADERS) headers.set(CUT_HEADERS, Buffer.from(String(count - MOST_HEADERS)));
  return Object.fromEntries(headers);
};

/** A record whose structure, or the structure of its batch, is broken. */
const malformedAt = (offset: bigint, value: Buffer, timestamp = '0'): FetchedRecord =>
  recordAt(offset, { timestamp, value, headers: { [MALFORMED]: Buffer.from('1') } });

/** The allowed offset deltas of a record: from `least` on, and low enough that the batch has offsets for the records behind it. */
interface Room {
  readonly least: number;
  readonly most: number;
}

/** The delta of a record's offset, and the record; no record when it lies before `from`. The broker does not check the delta. */
const recordOf = (bytes: Buffer, head: BatchHead, room: Room, from: bigint): { delta: number; record?: FetchedRecord } => {
  const record = wireBytes(bytes);
  let delta = room.least;
  let timestamp = String(head.firstTimestamp);
  try {
    record.int8();
    timestamp = String(BigInt.asIntN(64, head.firstTimestamp + record.varlong()));
    const claimed = record.varint();
    if (claimed < room.least || claimed > room.most) throw new RangeError(`the offset delta ${claimed} is outside its batch`);
    delta = claimed;
    const offset = head.baseOffset + BigInt(delta);
    if (offset < from) return { delta };
    const content = { timestamp, key: record.varBytes(), value: record.varBytes(), headers: headersOf(record) };
    return { delta, record: recordAt(offset, content) };
  } catch {
    const offset = head.baseOffset + BigInt(delta);
    return offset < from ? { delta } : { delta, record: malformedAt(offset, bytes, timestamp) };
  }
};

const unpacked = (bytes: Buffer, attributes: number): Buffer | Promise<Buffer> => {
  const compression = attributes & COMPRESSION;
  if (compression === 0) return bytes;
  if (compression === GZIP) return boundedGunzip(bytes);
  throw new Error(`a batch with compression ${compression}, which is not read here`);
};

interface Reading {
  readonly from: bigint;
  readonly most: number;
  readonly into: FetchedRecord[];
}

/** The bytes of the next record; undefined where its length is invalid. */
const cutOff = (records: WireBytes): Buffer | undefined => {
  try {
    return records.varBytes() ?? undefined;
  } catch {
    return undefined;
  }
};

/** Reads the records of a batch; a rest that cannot be cut into records becomes one malformed record at the last offset. */
const readRecords = (bytes: Buffer, head: BatchHead, { from, most, into }: Reading): void => {
  const lastDelta = Number(head.lastOffset - head.baseOffset);
  const records = wireBytes(bytes);
  // More records than offsets, or a negative count: the count is wrong, and the records cannot be numbered.
  const countable = head.count >= 0 && head.count <= lastDelta + 1;
  if (!countable) into.push(malformedAt(head.lastOffset, bytes));
  for (let index = 0, least = 0; countable && index < head.count; index += 1) {
    const start = bytes.length - records.left();
    const own = cutOff(records);
    if (!own) {
      into.push(malformedAt(head.lastOffset, bytes.subarray(start)));
      return;
    }
    const { delta, record } = recordOf(own, head, { least, most: lastDelta - (head.count - 1 - index) }, from);
    least = delta + 1;
    if (record) into.push(record);
    if (into.length >= most) return;
  }
};

/** The head of the batch; undefined for another format or too few bytes, which no current broker stores. */
const headIn = (batch: WireBytes, baseOffset: bigint): BatchHead | undefined => {
  try {
    return headOf(batch, baseOffset);
  } catch {
    return undefined;
  }
};

/** Reads one batch into `into`, which holds at most `most` records in all. */
const readBatch = async (bytes: Buffer, baseOffset: bigint, reading: Reading): Promise<void> => {
  const { from, most, into } = reading;
  const batch = wireBytes(bytes);
  const head = headIn(batch, baseOffset);
  if (!head) {
    if (baseOffset >= from) into.push(malformedAt(baseOffset, bytes));
    return;
  }
  if (head.lastOffset < from) return;
  if ((head.attributes & CONTROL) === 0) {
    const packed = batch.bytes(batch.left());
    const records = await Promise.resolve(packed)
      .then((own) => unpacked(own, head.attributes))
      .catch(() => undefined);
    if (records) readRecords(records, head, reading);
    else into.push(malformedAt(head.lastOffset, packed));
    if (into.length >= most) return;
  }
  if (BigInt(into.at(-1)?.offset ?? -1) < head.lastOffset) into.push(recordAt(head.lastOffset, { isMarker: true }));
};

/**
 * At most `most` records from the offset `from` on, out of the record batches as a broker stores them. A batch that the broker cut off at
 * the end is left for the next fetch. Records of transactions are read like all others, also of aborted transactions: the system uses no
 * transactions, and the seal decides whether a record counts.
 */
export const readBatches = async (bytes: Buffer, { from, most }: { from: bigint; most: number }): Promise<FetchedRecord[]> => {
  const into: FetchedRecord[] = [];
  const batches = wireBytes(bytes);
  while (batches.left() > BEFORE_LENGTH && into.length < most) {
    const baseOffset = batches.int64();
    const length = batches.int32();
    if (length < 0 || length > batches.left()) break;
    await readBatch(batches.bytes(length), baseOffset, { from, most, into });
  }
  return into;
};
