// The listening server. The application is built after the server listens, because a free port is only known then. Requests that arrive
// before the application is built wait for it.
import type { RequestListener } from 'node:http';
import { httpListener, type Log, type Part } from '@hengji/host';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** Makes the application for the public address of the gateway. */
  readonly app: (origin: string, stopping: AbortSignal) => Promise<RequestListener>;
}

/** The part; `origin()` returns the public address after the start. */
export const httpServer = (o: HttpServerOptions): Part & { origin(): string } => {
  const stopping = new AbortController();
  const http = httpListener(o);
  const origin = (): string => new URL(o.publicUrl ?? `http://${o.host}:${http.port()}`).origin;
  return {
    name: 'http',
    origin,
    start: async () => {
      await http.listen();
      const app = o.app(origin(), stopping.signal);
      http.server.on('request', (request, response) => void app.then((listener) => listener(request, response)));
      await app;
      o.log.info({ origin: origin() }, 'HTTP listens');
    },
    stop: async () => {
      stopping.abort();
      await http.close();
    },
  };
};
