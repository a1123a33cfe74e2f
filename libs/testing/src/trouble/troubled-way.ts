// A proxy to a database with network failures: the server is silent, refuses connections, cuts every connection, or
// answers that it is not available yet; or its name cannot be resolved. The service knows only the address.
import dns from 'node:dns';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { closeAfterSuite } from '../cleanup';
import { unique } from '../environment';

/**
 * `silent`: no bytes arrive, in either direction. `closed`: connection refused. `cut`: each connection is reset within 300
 * ms.
 */
export type WayMode = 'open' | 'silent' | 'closed' | 'cut' | { readonly says: string };

export interface TroubledWay {
  /** The same database, through this proxy. */
  readonly url: string;
  /**
   * Ends open connections as the mode requires. A connection that was silent once stays silent, as behind a firewall that
   * dropped its state.
   */
  become(mode: WayMode): Promise<void>;
  /**
   * With `ENOTFOUND` or `EAI_AGAIN` the name fails to resolve with this error, and open connections end. Undefined: the
   * name resolves.
   */
  unresolved(code: string | undefined): Promise<void>;
}

const DOMAIN = '.trouble.test';
const CUT_WITHIN_MS = 300;
/** The resolution errors of the proxies' names; a name that resolves has no entry. */
const failing = new Map<string, string>();

type Lookup = typeof dns.lookup;
let isPatched = false;

/** Only this process knows the names of the proxies: Node's lookup answers them before it asks the system. */
const resolveWays = (): void => {
  if (isPatched) return;
  isPatched = true;
  const system = dns.lookup;
  const lookup = (host: string, options: unknown, callback?: (...answer: unknown[]) => void): void => {
    const answer = (callback ?? options) as (...answer: unknown[]) => void;
    if (!host.endsWith(DOMAIN)) return void (system as unknown as (...args: unknown[]) => void)(host, options, callback);
    const code = failing.get(host);
    const isAll = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    process.nextTick(() => {
      if (code !== undefined)
        answer(Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, errno: -3008, syscall: 'getaddrinfo' }));
      else if (isAll) answer(null, [{ address: '127.0.0.1', family: 4 }]);
      else answer(null, '127.0.0.1', 4);
    });
  };
  dns.lookup = lookup as Lookup;
};

/** An ErrorResponse that ends the session. */
const fatal = (code: string): Buffer => {
  const fields = `SFATAL\0VFATAL\0C${code}\0Mtrouble of the test\0\0`;
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([head, Buffer.from(fields)]);
};

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isSilent: boolean;
}

const endAs = (mode: WayMode, { client, server }: Pair): void => {
  if (typeof mode === 'object') client.end(fatal(mode.says));
  else client.resetAndDestroy();
  server.destroy();
};

const strike = (mode: WayMode, pair: Pair): void => {
  if (mode === 'open') return;
  if (mode === 'silent') pair.isSilent = true;
  else if (mode === 'cut') setTimeout(() => endAs(mode, pair), Math.random() * CUT_WITHIN_MS);
  else endAs(mode, pair);
};

const pass = (client: Socket, to: URL, pairs: Set<Pair>): Pair => {
  const pair: Pair = { client, server: connect(Number(to.port), to.hostname), isSilent: false };
  pairs.add(pair);
  const end = (): void => {
    pairs.delete(pair);
    pair.server.destroy();
    if (!pair.isSilent) client.end();
  };
  pair.server.on('error', () => undefined).on('close', end);
  client.on('error', () => undefined).on('close', () => (pairs.delete(pair), pair.server.destroy()));
  client.on('data', (bytes) => pair.isSilent || pair.server.write(bytes));
  pair.server.on('data', (bytes) => pair.isSilent || client.write(bytes));
  return pair;
};

export const troubledWay = async (databaseUrl: string): Promise<TroubledWay> => {
  const to = new URL(databaseUrl);
  const host = `${unique()}${DOMAIN}`;
  const pairs = new Set<Pair>();
  const clients = new Set<Socket>();
  let mode: WayMode = 'open';
  let port = 0;
  let server: Server | undefined;
  const open = async (): Promise<void> => {
    server = createServer((client) => {
      clients.add(client.on('close', () => clients.delete(client)));
      const pair = pass(client, to, pairs);
      // A server that is starting sends this answer after the client's startup packet.
      if (typeof mode === 'object') client.once('data', () => strike(mode, pair));
      else strike(mode, pair);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (!closing) return;
    const closed = once(closing, 'close');
    closing.close();
    clients.forEach((client) => client.resetAndDestroy());
    await closed;
  };
  const become: TroubledWay['become'] = async (next) => {
    mode = next;
    if (mode === 'closed') return close();
    for (const pair of [...pairs]) strike(mode, pair);
    if (!server) await open();
  };
  resolveWays();
  await open();
  closeAfterSuite(close);
  const url = new URL(databaseUrl);
  url.host = `${host}:${port}`;
  return {
    url: url.toString(),
    become,
    unresolved: async (code) => {
      if (code === undefined) return void failing.delete(host);
      failing.set(host, code);
      for (const pair of [...pairs]) endAs('closed', pair);
    },
  };
};
