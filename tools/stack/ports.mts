// Free ports on 127.0.0.1. A port is reserved only while it is held open, so all ports of one stack are requested
// together. Each port also gets a mark file for the other processes of this machine. Two platforms that start at once
// therefore do not get the same port.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOST = '127.0.0.1';

const hold = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => resolve(server));
  });

const release = (server: Server) => new Promise((resolve) => server.close(resolve));

const MARKS = join(tmpdir(), 'hengji-ports');
/** After this time the process that was given the port listens on it. */
const MARKED_MS = 120_000;

const isMarked = (file: string) => {
  try {
    return Date.now() - statSync(file).mtimeMs < MARKED_MS;
  } catch {
    return false;
  }
};

/** Whether the port was marked for us and not for another process. If marks cannot be written, every port is accepted. */
const mark = (port: number): boolean => {
  const file = join(MARKS, String(port));
  if (isMarked(file)) return false;
  try {
    mkdirSync(MARKS, { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code !== 'EEXIST';
  }
};

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** @returns that many different ports on which nobody listens */
export const freePorts = async (count: number): Promise<number[]> => {
  const held: Server[] = [];
  const ports: number[] = [];
  try {
    while (ports.length < count) {
      const server = await hold(0);
      held.push(server);
      if (mark(portOf(server))) ports.push(portOf(server));
    }
  } finally {
    await Promise.all(held.map(release));
  }
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
