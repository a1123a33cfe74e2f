// Record batches made byte by byte and sent unchanged: a client library needs minutes for a batch of 110,000 records.
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { testBrokers } from '@hengji/testing';

const crc32c = createRequire(__filename)('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;

const int = (bytes: 1 | 2 | 4, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
};
const long = (value: bigint): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64BE(value);
  return buffer;
};
const varint = (value: number): number[] => {
  const bytes: number[] = [];
  for (let rest = value < 0 ? -2 * value - 1 : 2 * value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
};
const text = (value: string): Buffer => Buffer.concat([int(2, value.length), Buffer.from(value)]);
const sized = (value: Buffer | null): Buffer =>
  value === null ? Buffer.from(varint(-1)) : Buffer.concat([Buffer.from(varint(value.length)), value]);

export interface RawRecordContent {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: readonly (readonly [name: string, value: Buffer])[];
}

/** `count` records of the same content as one batch in the brokers' storage format. */
export const rawBatch = (count: number, { key, value, headers = [] }: RawRecordContent): Buffer => {
  const content = [sized(key), sized(value), Buffer.from(varint(headers.length))];
  for (const [name, own] of headers) content.push(sized(Buffer.from(name)), sized(own));
  const rest = Buffer.concat(content);
  const records: Buffer[] = [];
  for (let index = 0; index < count; index += 1) records.push(sized(Buffer.concat([Buffer.from([0, 0, ...varint(index)]), rest])));
  const now = long(BigInt(Date.now()));
  const checked = Buffer.concat([
    ...[int(2, 0), int(4, count - 1), now, now, long(-1n), int(2, -1), int(4, -1), int(4, count)],
    ...records,
  ]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32c(checked) >>> 0);
  const batch = Buffer.concat([int(4, -1), int(1, 2), sum, checked]);
  return Buffer.concat([long(0n), int(4, batch.length), batch]);
};

const PRODUCE = 0;
const VERSION = 3;

/** Sends one batch to a partition and waits for the broker's answer; throws the code of its error. `topic` has its prefix. */
export const sendRawBatch = (topic: string, partition: number, batch: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const [host = '', port = ''] = (testBrokers()[0] ?? '').split(':');
    const request = Buffer.concat([
      ...[int(2, PRODUCE), int(2, VERSION), int(4, 1), text('raw'), int(2, -1), int(2, -1), int(4, 10_000)],
      ...[int(4, 1), text(topic), int(4, 1), int(4, partition), int(4, batch.length), batch],
    ]);
    const socket = connect({ host, port: Number(port) });
    const answer: Buffer[] = [];
    socket.on('error', reject).on('close', () => reject(new Error('the broker closed the connection')));
    socket.on('data', (bytes) => {
      const all = Buffer.concat([...answer.splice(0), bytes]);
      answer.push(all);
      if (all.length < 4 || all.length < 4 + all.readInt32BE(0)) return;
      // Length, correlation, topics, name, partitions, partition, error.
      const code = all.readInt16BE(4 + 4 + 4 + 2 + topic.length + 4 + 4);
      socket.destroy();
      if (code === 0) resolve();
      else reject(new Error(`the broker refused the batch: ${code}`));
    });
    socket.write(Buffer.concat([int(4, request.length), request]));
  });
