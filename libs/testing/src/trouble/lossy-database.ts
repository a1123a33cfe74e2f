// A proxy to a database that loses answers: the COMMIT of a chosen transaction reaches the server or not, and its answer
// never comes back. The client cannot know whether the transaction was committed.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { closeAfterSuite } from '../cleanup';

export interface LossyDatabase {
  /** The same database, through this proxy. */
  readonly url: string;
  /** Loses the COMMIT of the next transaction that sends `text`; with `committed`, only the answer is lost. */
  lose(text: string, how: { committed: boolean }): void;
  /** The number of COMMITs lost so far. */
  lost(): number;
}

const COMMIT = 'COMMIT';

export const lossyDatabase = async (databaseUrl: string): Promise<LossyDatabase> => {
  const url = new URL(databaseUrl);
  let armed: { readonly text: string; readonly committed: boolean } | undefined;
  let lost = 0;
  const open = new Set<Socket>();

  const pass = (client: Socket): void => {
    const server = connect(Number(url.port), url.hostname);
    const both = [client, server];
    const end = (): void => both.forEach((socket) => socket.destroy());
    let meant: typeof armed;
    let silent = false;
    for (const socket of both) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (armed && bytes.includes(armed.text)) [meant, armed] = [armed, undefined];
      if (!meant || !bytes.includes(COMMIT)) return void server.write(bytes);
      lost += 1;
      silent = true;
      if (meant.committed) server.write(bytes);
      else end();
    });
    server.on('data', (bytes: Buffer) => {
      // The next bytes of the server are the answer to the COMMIT.
      if (silent) end();
      else client.write(bytes);
    });
  };

  const proxy = createServer(pass);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  closeAfterSuite(async () => {
    open.forEach((socket) => socket.destroy());
    await new Promise((resolve) => proxy.close(resolve));
  });
  const through = new URL(databaseUrl);
  through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: through.toString(),
    lose: (text, { committed }) => (armed = { text, committed }),
    lost: () => lost,
  };
};
