// A client with little overhead, so that the measurement shows the server: a few keep-alive connections on the loopback,
// one request in flight on each. The client parses only the length and the status of an HTTP answer.
import { connect, type Socket } from 'node:net';

const CONNECTIONS = 16;

export interface Asked {
  readonly ms: number;
  /** The duration of each request, in milliseconds, sorted. */
  readonly latencies: Float64Array;
  /** The number of answers by HTTP status. */
  readonly statuses: ReadonlyMap<string, number>;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Length and status of the first answer in these bytes; undefined while the answer is incomplete. */
const completeAnswer = (bytes: Buffer): { length: number; status: string } | undefined => {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return undefined;
  const text = bytes.toString('latin1', 0, head);
  const bodyLength = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  if (bodyLength === undefined) throw new Error(`an answer without a length: ${text}`);
  const length = head + HEAD_END.length + Number(bodyLength);
  return bytes.length < length ? undefined : { length, status: text.slice(9, 12) };
};

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay(true)));
    socket.once('error', reject);
  });

/** Requests these paths in rotation, this many requests in total. */
export const ask = async (port: number, paths: readonly string[], count: number): Promise<Asked> => {
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`));
  const sockets = await Promise.all(Array.from({ length: Math.min(CONNECTIONS, count) }, () => open(port)));
  const latencies = new Float64Array(count);
  const statuses = new Map<string, number>();
  let asked = 0;
  let answered = 0;
  const work = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let since = 0;
      let bytes: Buffer = Buffer.alloc(0);
      const next = (): void => {
        if (asked >= count) return void socket.end(resolve);
        since = performance.now();
        socket.write(requests[asked % requests.length] ?? '');
        asked += 1;
      };
      socket.on('data', (chunk: Buffer) => {
        bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
        const answer = completeAnswer(bytes);
        if (!answer) return;
        latencies[answered] = performance.now() - since;
        answered += 1;
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        bytes = bytes.subarray(answer.length);
        next();
      });
      socket.once('error', reject).once('close', () => (asked >= count ? resolve() : reject(new Error('the server closed a connection'))));
      next();
    });
  const started = performance.now();
  await Promise.all(sockets.map(work));
  return { ms: performance.now() - started, latencies: latencies.sort(), statuses };
};
