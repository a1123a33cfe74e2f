// Every HTTP server of ours listens through here, so that the limits of connections, headers and bodies are the same for all:
// who sends nothing, or too slowly, is closed, and what many connections can make us hold has its bound.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LIMITS = {
  /** From the first byte, or from connecting, to the end of the headers. */
  headersTimeout: 10_000,
  /** To the end of the body. */
  requestTimeout: 30_000,
  /** How often the two are looked at; Node's own half a minute would make the shorter of them three times as long. */
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
} as const;
/** `GET http://any.host/path` is a request for `/path` here; the host that it names is believed by nobody. */
const pathOnly: RequestListener = (request) => {
  const asked = request.url ?? '/';
  if (asked.startsWith('/')) return;
  const path = asked.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  request.url = path.startsWith('/') ? path : `/${path}`;
};

const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 4_000;
const DRAIN_WITHIN_MS = 2_000;

export interface HttpListener {
  readonly server: Server;
  /** The port once it listens. */
  port(): number;
  listen(): Promise<void>;
  /** Lets requests end for two seconds, then cuts them. */
  close(): Promise<void>;
}

/** A server at `host:port` (0 = any free port); connections above `maxConnections` are closed at once. */
export const httpListener = (o: { host: string; port: number; listener?: RequestListener; maxConnections?: number }): HttpListener => {
  const server = createServer(LIMITS, pathOnly);
  if (o.listener) server.on('request', o.listener);
  server.maxConnections = o.maxConnections ?? MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS;
  return {
    server,
    port: () => (server.address() as AddressInfo).port,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(o.port, o.host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    close: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_WITHIN_MS);
      await closed;
      clearTimeout(cut);
    },
  };
};
