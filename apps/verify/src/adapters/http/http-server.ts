import type { RequestListener } from 'node:http';
import { httpListener, type Part } from '@hengji/host';

/** Listens; `url()` is the base address once started. */
export const httpServer = (o: { host: string; port: number; app: RequestListener }): Part & { url(): string } => {
  const http = httpListener({ host: o.host, port: o.port, listener: o.app });
  return {
    name: 'http',
    url: () => `http://${o.host}:${http.port()}`,
    start: http.listen,
    stop: http.close,
  };
};
