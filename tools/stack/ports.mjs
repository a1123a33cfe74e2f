// Free ports on 127.0.0.1. A port is only reserved while it is held open, so all ports of one stack are asked for together:
// none of them can then be handed out twice.
import { createServer, connect } from 'node:net';

const HOST = '127.0.0.1';

const hold = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => resolve(server));
  });

const release = (server) => new Promise((resolve) => server.close(resolve));

/**
 * @param {number} count
 * @returns {Promise<number[]>} that many different ports on which nobody listens
 */
export const freePorts = async (count) => {
  const servers = await Promise.all(Array.from({ length: count }, () => hold(0)));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map(release));
  return ports;
};

/** @param {number} port @returns {Promise<boolean>} whether nobody listens there, on any address of this machine */
export const isFree = async (port) => {
  if (await answers(HOST, port)) return false;
  return hold(port).then(
    async (server) => {
      await release(server);
      return true;
    },
    () => false,
  );
};

/** @param {string} host @param {number} port @returns {Promise<boolean>} whether somebody accepts a connection within two seconds */
export const answers = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
