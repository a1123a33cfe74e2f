// COPY to and from this process. pg knows the messages but has no call for them, so these are two queries of its kind that
// answer them. The rows travel as PostgreSQL wrote them, in the text format.
import type { Client, Connection, Submittable } from 'pg';

/** Handlers that pg calls on a query that is under way. */
interface CopyQuery extends Submittable {
  handleError(failure: Error, connection: Connection): void;
  handleCommandComplete(): void;
  handleReadyForQuery(connection: Connection): void;
}

/** What a connection of pg can do and its types do not tell. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

const CHUNK_BYTES = 65_536;

/** Runs one COPY; `copy` answers the messages in which the rows travel. */
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

/** `COPY … TO STDOUT`: all of it in memory. */
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
