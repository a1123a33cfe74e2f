// Replaces two requests of kafkajs 2.2.4, for all connections of this process. Fetch: its answer is read with limits (record-batches.ts).
// ListOffsets: the end of a topic is its last record even while a transaction is open, because readers here also read uncommitted records.
// kafkajs' admin returns only the end of the committed records.
import { createRequire } from 'node:module';
import { FETCH_VERSIONS, readFetchAnswer } from './fetch-answer';

interface Answering {
  readonly decode: (bytes: Buffer) => Promise<unknown>;
}
interface Request {
  readonly response: Answering;
}
interface Asked {
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string }[];
  }[];
}
type Make = (asked: Asked) => Request;
interface RequestKind {
  versions: readonly (string | number)[];
  protocol: (of: { version: number }) => Make;
}

const READ_UNCOMMITTED = 0;

const kafkajs = createRequire(__filename);
const fetching = kafkajs('kafkajs/src/protocol/requests/fetch') as RequestKind;
const listing = kafkajs('kafkajs/src/protocol/requests/listOffsets') as RequestKind;
const original = { fetching: fetching.protocol, listing: listing.protocol };

/** The offset requested for each partition. */
const askedFrom = ({ topics }: Asked) => {
  const offsets = new Map(
    topics.map(({ topic, partitions }) => [topic, new Map(partitions.map((one) => [one.partition, one.fetchOffset]))]),
  );
  return (topic: string, partition: number): bigint => BigInt(offsets.get(topic)?.get(partition) ?? 0);
};

/** One call is enough. */
export const boundedWire = (): void => {
  fetching.versions = FETCH_VERSIONS;
  fetching.protocol = ({ version }) => {
    const make = original.fetching({ version });
    return (asked) => {
      const request = make({ ...asked, isolationLevel: READ_UNCOMMITTED } as Asked);
      const decode = (bytes: Buffer) => readFetchAnswer(bytes, version, askedFrom(asked));
      return { ...request, response: { ...request.response, decode } };
    };
  };
  listing.protocol = ({ version }) => {
    const make = original.listing({ version });
    return (asked) => make({ ...asked, isolationLevel: READ_UNCOMMITTED } as Asked);
  };
};
