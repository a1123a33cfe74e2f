// COPY to and from this process. The client pg parses the messages of COPY but has no call for COPY, so these two query
// objects answer the messages. The rows travel in the text format, as PostgreSQL wrote them.
import type { Client, Connection, Submittable } from 'pg';

/** Handlers that pg calls on a query in progress. */
interface CopyQuery extends Submittable {
  handleError(failure: Error, connection: Connection): void;
  handleCommandComplete(): void;
  handleReadyForQuery(connection: Connection): void;
}

/** Methods of a pg connection that exist but are missing from its types. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

const CHUNK_BYTES = 65_536;

/** Runs one COPY; `copy` answers the messages that carry the rows. */
const run = (client: Client, text: string, copy: object, end: { resolve: () => void; reject: (failure: Error) => void }): void => {
  const { resolve, reject } = end;
  let failed = false;
  const query: CopyQuery = {
    submit: (connection) => connection.query(text),
    handleError: (failure) => {
      failed = true;
      reject(failure);
    },
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => {
      if (!failed) resolve();
    },
    ...copy,
  };
  client.query(query);
};

/** `COPY … TO STDOUT`: the whole result in memory. */
export const copyOut = (client: Client, statement: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const handleCopyData = ({ chunk }: { chunk: Buffer }): void => void chunks.push(Buffer.from(chunk));
    run(client, statement, { handleCopyData }, { resolve: () => resolve(Buffer.concat(chunks)), reject });
  });

/** `COPY … FROM STDIN` of these bytes. */
export const copyIn = (client: Client, statement: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const handleCopyInResponse = (connection: CopyConnection): void => {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) connection.sendCopyFromChunk(bytes.subarray(at, at + CHUNK_BYTES));
      connection.endCopyFrom();
    };
    run(client, statement, { handleCopyInResponse }, { resolve, reject });
  });
