import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Part } from '@hengji/host';

/** Listens; `url()` is the base address once started. */
export const httpServer = (o: { host: string; port: number; app: RequestListener }): Part & { url(): string } => {
  const server = createServer(o.app);
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
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
