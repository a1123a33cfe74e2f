// Free ports on 127.0.0.1. A port is only reserved while it is held open, so all ports of one stack are asked for together:
// none of them can then be handed out twice.
import { createServer, connect, type AddressInfo, type Server } from 'node:net';

const HOST = '127.0.0.1';

const hold = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => resolve(server));
  });

const release = (server: Server) => new Promise((resolve) => server.close(resolve));

/** @returns that many different ports on which nobody listens */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, () => hold(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(release));
  return ports;
};

/** @returns whether nobody listens there, on any address of this machine */
export const isFree = async (port: number): Promise<boolean> => {
  if (await answers(HOST, port)) return false;
  return hold(port).then(
    async (server) => {
      await release(server);
      return true;
    },
    () => false,
  );
};

/** @returns whether somebody accepts a connection within two seconds */
export const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
