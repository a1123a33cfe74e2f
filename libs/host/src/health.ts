// What operators see of a process: /healthz (it lives), /readyz (all parts have started and its needs are met) and
// /metrics. It starts early in compose.ts, so that a process that hangs while starting can be seen too.
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
  /** Asked on each /readyz; a throw counts as no, and says why. */
  readonly ready?: (() => Promise<boolean> | boolean) | undefined;
  /** Asked on each /readyz: what keeps the process from its work, in words for an operator. */
  readonly trouble?: (() => string | undefined) | undefined;
  /** Where spans go; without it they stay here. */
  readonly otlpEndpoint?: string | undefined;
}

const LONGEST_REASON = 200;

/** Why a need is not met, in one line: the last one of what was thrown, which is where Prisma says it. */
const reasonOf = (failure: unknown): string => {
  const { message = '', code = 'unknown' } = failure as { message?: string; code?: string };
  const inner = failure instanceof AggregateError ? reasonOf(failure.errors[0]) : code;
  const lines = message.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? inner).slice(0, LONGEST_REASON);
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};

/** Probes and one collector of metrics come here. */
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
  /** Why it is not ready; undefined when it is, or when nobody says why. */
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
