// A pooler in front of PostgreSQL that drops the startup parameter `options`, as PgBouncer does if
// `ignore_startup_parameters` names it. Sessions behind the pooler therefore have the server's time zone.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { closeAfterSuite } from '../cleanup';

/** The startup packet: its length, the protocol's version, then names and values, each ended by a NUL, and a final NUL. */
const HEAD_BYTES = 8;

const withoutOptions = (packet: Buffer): Buffer => {
  const words = packet.subarray(HEAD_BYTES, -2).toString('utf8').split('\0');
  const kept = words.flatMap((word, i) => (i % 2 === 0 && word !== 'options' ? [word, words[i + 1] ?? ''] : []));
  const body = Buffer.from(`${kept.join('\0')}\0\0`);
  const head = Buffer.from(packet.subarray(0, HEAD_BYTES));
  head.writeInt32BE(HEAD_BYTES + body.length);
  return Buffer.concat([head, body]);
};

/** The database's address through the pooler. */
export const droppingPooler = async (databaseUrl: string): Promise<string> => {
  const { hostname: host, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect({ host, port: Number(port) });
    for (const [one, other] of [[client, database] as const, [database, client] as const]) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => (sockets.delete(one), other.destroy()));
    }
    database.pipe(client);
    let early = Buffer.alloc(0);
    const untilStarted = (bytes: Buffer): void => {
      early = Buffer.concat([early, bytes]);
      if (early.length < HEAD_BYTES || early.length < early.readInt32BE(0)) return;
      client.off('data', untilStarted);
      const length = early.readInt32BE(0);
      database.write(Buffer.concat([withoutOptions(early.subarray(0, length)), early.subarray(length)]));
      client.pipe(database);
    };
    client.on('data', untilStarted);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterSuite(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  const url = new URL(databaseUrl);
  Object.assign(url, { hostname: '127.0.0.1', port: String((server.address() as AddressInfo).port) });
  return url.toString();
};
