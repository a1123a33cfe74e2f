// All HTTP servers of the system listen through this file, so that they have the same limits of connections, headers and bodies. A client
// that sends nothing, or too slowly, is closed, and the memory for many connections is limited.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LIMITS = {
  /** From the first byte, or from the connection, to the end of the headers. */
  headersTimeout: 10_000,
  /** To the end of the body, whatever `bodyWithin` allows. */
  requestTimeout: 45 * 60_000,
  /** How often both timeouts are checked; Node's default of half a minute would make the shorter one three times as long. */
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
} as const;
/** `GET http://any.host/path` is a request for `/path` here; the host in the request is ignored. */
const pathOnly: RequestListener = (request) => {
  const asked = request.url ?? '/';
  if (asked.startsWith('/')) return;
  const path = asked.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  request.url = path.startsWith('/') ? path : `/${path}`;
};

/** To the end of a body, from the end of the headers. */
const BODY_MS = 30_000;

const limits = new WeakMap<IncomingMessage, { readonly response: ServerResponse; timer: NodeJS.Timeout }>();

const cut = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.complete) return;
  if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  request.socket.destroySoon();
};

/** From now on the rest of the body may take this long; without this call a body has 30 s. A slower client is answered 408 and closed. */
export const bodyWithin = (request: IncomingMessage, ms: number): void => {
  const limit = limits.get(request);
  if (!limit) return;
  clearTimeout(limit.timer);
  if (request.complete || request.destroyed) return;
  limit.timer = setTimeout(() => cut(request, limit.response), ms).unref();
};

const limitBody =
  (ms: number): RequestListener =>
  (request, response) => {
    if (request.complete) return;
    limits.set(request, { response, timer: setTimeout(() => cut(request, response), ms).unref() });
    request.once('close', () => clearTimeout(limits.get(request)?.timer));
  };

const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 4_000;
const DRAIN_WITHIN_MS = 2_000;

export interface HttpListener {
  readonly server: Server;
  /** The port once it listens. */
  port(): number;
  listen(): Promise<void>;
  /** Lets requests end for two seconds, then closes their connections. */
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly listener?: RequestListener;
  /** Connections above this number are closed at once. */
  readonly maxConnections?: number;
  /** Instead of 30 s. */
  readonly bodyMs?: number;
}

/** A server at `host:port`. */
export const httpListener = (o: ListenerOptions): HttpListener => {
  const server = createServer(LIMITS, pathOnly);
  server.on('request', limitBody(o.bodyMs ?? BODY_MS));
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
