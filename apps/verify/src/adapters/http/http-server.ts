import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Part } from '@hengji/host';

const DRAIN_WITHIN_MS = 2_000;

/** Listens; `url()` is the base address once started. */
export const httpServer = (o: { host: string; port: number; app: RequestListener }): Part & { url(): string } => {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }, o.app);
  return {
    name: 'http',
    url: () => `http://${o.host}:${(server.address() as AddressInfo).port}`,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(o.port, o.host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    stop: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_WITHIN_MS);
      await closed;
      clearTimeout(cut);
    },
  };
};
