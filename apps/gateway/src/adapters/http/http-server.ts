// The listening part. The application is built after listening, because a free port is only known then; requests that
// come in the instant between wait for it.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, Part } from '@hengji/host';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** Makes the application for the address at which people reach us. */
  readonly app: (origin: string, stopping: AbortSignal) => Promise<RequestListener>;
}

const DRAIN_WITHIN_MS = 2_000;

/** The part; `origin()` is the public address once started. */
export const httpServer = (o: HttpServerOptions): Part & { origin(): string } => {
  const stopping = new AbortController();
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 });
  const origin = (): string => new URL(o.publicUrl ?? `http://${o.host}:${(server.address() as AddressInfo).port}`).origin;
  return {
    name: 'http',
    origin,
    start: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(o.port, o.host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      const app = o.app(origin(), stopping.signal);
      server.on('request', (request, response) => void app.then((listener) => listener(request, response)));
      await app;
      o.log.info({ origin: origin() }, 'HTTP listens');
    },
    stop: async () => {
      stopping.abort();
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_WITHIN_MS);
      await closed;
      clearTimeout(cut);
    },
  };
};
