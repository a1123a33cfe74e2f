// The status of a process for operators: /healthz (it runs), /readyz (all parts have started and its needs are met) and /metrics. The
// server starts early in compose.ts, so that a process that hangs while starting can be seen too.
import type { RequestListener, ServerResponse } from 'node:http';
import { httpListener } from './http/listener';
import type { Log } from './log';
import { metrics } from './metrics';
import type { Part } from './part';
import { tracing } from './tracing';

export interface HealthOptions {
  readonly service: string;
  readonly host: string;
  /** 0 = any free port; see `port()`. */
  readonly port: number;
  readonly log: Log;
  /** Called on each /readyz; an exception counts as not ready and gives the reason. */
  readonly ready?: (() => Promise<boolean> | boolean) | undefined;
  /** Called on each /readyz: what prevents the process from working, as text for an operator. */
  readonly trouble?: (() => string | undefined) | undefined;
  /** Where spans are sent; without it they are not sent. */
  readonly otlpEndpoint?: string | undefined;
}

const LONGEST_REASON = 200;

/** Why a need is not met, in one line: the last line of the error, where Prisma puts the reason. */
const reasonOf = (failure: unknown): string => {
  const { message = '', code = 'unknown' } = failure as { message?: string; code?: string };
  const inner = failure instanceof AggregateError ? reasonOf(failure.errors[0]) : code;
  const lines = message.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? inner).slice(0, LONGEST_REASON);
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};

/** Only probes and one metrics collector connect here. */
const MAX_CONNECTIONS = 200;

/** The part; `port()` is the port it listens on once started. */
export const healthServer = (o: HealthOptions): Part & { port(): number } => {
  let started = false;
  const identity = {
    service: o.service,
    version: process.env['HENGJI_VERSION'] ?? 'dev',
    commit: process.env['HENGJI_COMMIT'] ?? 'unknown',
  };
  const isReady = async (): Promise<boolean> => started && (o.ready === undefined || (await o.ready()));
  /** Why the process is not ready; undefined when it is ready, or when there is no reason text. */
  const look = async (): Promise<{ ready: boolean; reason?: string | undefined }> => {
    try {
      return { ready: await isReady(), reason: o.trouble?.() };
    } catch (err) {
      o.log.warn({ err }, 'readiness check failed');
      return { ready: false, reason: o.trouble?.() ?? reasonOf(err) };
    }
  };
  const routes: Record<string, (response: ServerResponse) => Promise<void> | void> = {
    '/healthz': (response) => answer(response, 200, { status: 'ok', ...identity }),
    '/readyz': async (response) => {
      const { ready, reason: trouble } = await look();
      if (ready && trouble === undefined) return answer(response, 200, { status: 'ready', ...identity });
      answer(response, 503, { status: 'not ready', ...(trouble === undefined ? {} : { trouble }), ...identity });
    },
    '/metrics': async (response) => {
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.registry.metrics());
    },
  };
  const answering: RequestListener = (request, response) => {
    const route = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (request.method !== 'GET' || !route) return answer(response, 404, { status: 'not found' });
    void Promise.resolve(route(response)).catch((err: unknown) => {
      o.log.error({ err }, 'health request failed');
      response.destroy();
    });
  };
  const http = httpListener({ host: o.host, port: o.port, listener: answering, maxConnections: MAX_CONNECTIONS });
  return {
    name: 'health',
    port: http.port,
    announce: (moment) => {
      started = moment === 'started';
    },
    start: async () => {
      tracing.start(o.service, o.otlpEndpoint);
      metrics.collectProcess();
      await http.listen();
      o.log.info({ port: http.port() }, 'health listens');
    },
    stop: async () => {
      await tracing.flush().catch((err: unknown) => o.log.warn({ err }, 'spans were not sent'));
      await http.close();
    },
  };
};
