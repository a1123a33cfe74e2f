// A proxy to PostgreSQL that can block: no bytes pass in either direction and no connection is closed, as with a stopped process (SIGSTOP)
// or a node that hangs. The held bytes pass once the proxy is unblocked.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { closeAfterSuite } from '@hengji/testing';

export interface StuckLine {
  /** The database's address through the proxy. */
  readonly url: string;
  stick(): void;
  free(): void;
}

export const stuckLine = async (databaseUrl: string): Promise<StuckLine> => {
  const { hostname: host, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isStuck = false;
  const server = createServer((client) => {
    const database = connect({ host, port: Number(port) });
    for (const [from, to] of [[client, database] as const, [database, client] as const]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => undefined).on('close', () => (sockets.delete(from), to.destroy()));
      if (isStuck) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterSuite(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  const url = Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String((server.address() as AddressInfo).port) });
  return {
    url: url.toString(),
    stick: () => {
      isStuck = true;
      sockets.forEach((socket) => socket.pause());
    },
    free: () => {
      isStuck = false;
      sockets.forEach((socket) => socket.resume());
    },
  };
};
