// The one gRPC server of a service. Around every call: a span, the caller's identity, the allow-list of callers per
// method, refusals into trailers, defects into the log and INTERNAL outside. No service writes any of this.
import { Refusal, REFUSAL_STATUS } from '@hengji/domain-kit';
import {
  ServerError,
  Status,
  createServer,
  type CallContext,
  type Server,
  type ServerMiddleware,
  type ServiceImplementation,
  type TsProtoServiceDefinition,
} from 'nice-grpc';
import { HealthDefinition, HealthServiceImpl, HealthState } from 'nice-grpc-server-health';
import type { Log } from '../log';
import { metrics } from '../metrics';
import type { Part } from '../part';
import { spanned } from '../tracing';
import { CALLER_METADATA, verifyCaller } from './caller';
import { checkDecoded, checkEachDecoded, tolerant } from './decoding';
import { asRefusal } from './outage';
import { writeRefusal } from './refusal-trailers';

/** What handlers find in their call context besides nice-grpc's own. */
export interface CallerContext {
  readonly caller: string;
}

/** Method → callers allowed; `'*'` = any authenticated service. A method without a row does not compile. */
export type CallerTable<Service> = Readonly<Record<keyof Service, readonly string[]>>;

/** A service ready to be hosted: made by `grpcService`. */
export interface GrpcService {
  readonly name: string;
  /** `/package.Service/Method` → callers allowed. */
  readonly callersByPath: ReadonlyMap<string, readonly string[]>;
  addTo(server: Pick<Server<CallerContext>, 'add'>): void;
}

const DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const DRAIN_WITHIN_MS = 2_000;

/** Joins definition, implementation and allow-list of one service. */
export const grpcService = <D extends TsProtoServiceDefinition>(
  definition: D,
  implementation: ServiceImplementation<D, CallerContext>,
  callers: CallerTable<D['methods']>,
): GrpcService => ({
  name: definition.fullName,
  callersByPath: new Map(
    Object.entries(definition.methods).map(([key, method]) => [
      `/${definition.fullName}/${method.name}`,
      callers[key as keyof D['methods']],
    ]),
  ),
  addTo: (server) => server.add(tolerant(definition), implementation),
});

const checkAllowed = (caller: string, path: string, allowed: readonly string[]): void => {
  if (allowed.includes('*') || allowed.includes(caller)) return;
  throw new Refusal('forbidden', 'caller.not_allowed', `服务“${caller}”不得调用 ${path}`, { field: CALLER_METADATA, rule: path });
};

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';

const seconds = metrics.histogram('hengji_grpc_server_seconds', 'Time to answer a gRPC call', ['method', 'outcome']);

/** Turns what a handler threw into what goes out; logs defects. */
const outcomeOf = (thrown: unknown, path: string, context: CallContext, log: Log): { outcome: string; error: unknown } => {
  const refusal = asRefusal(thrown);
  if (refusal) {
    writeRefusal(context.trailer, refusal);
    if (refusal !== thrown) log.warn({ err: thrown, method: path }, 'needed resource is away');
    return { outcome: refusal.kind, error: new ServerError(REFUSAL_STATUS[refusal.kind].grpc, refusal.message) };
  }
  if (isAbort(thrown)) return { outcome: 'cancelled', error: thrown };
  log.error({ err: thrown, method: path }, 'defect in a gRPC handler');
  return { outcome: 'defect', error: new ServerError(Status.INTERNAL, '内部错误') };
};

const guard = (services: readonly GrpcService[], secret: string, log: Log): ServerMiddleware<CallerContext> => {
  const callersByPath = new Map(services.flatMap((service) => [...service.callersByPath]));

  const guarded: ServerMiddleware<CallerContext> = async function* (call, context) {
    const { path } = call.method;
    const stop = seconds.startTimer({ method: path });
    try {
      const caller = verifyCaller(context.metadata.get(CALLER_METADATA), secret);
      checkAllowed(caller, path, callersByPath.get(path) ?? []);
      const request = call.requestStream ? checkEachDecoded(call.request) : checkDecoded(call.request);
      const response = yield* call.next(request, { ...context, caller });
      stop({ outcome: 'ok' });
      return response;
    } catch (thrown) {
      const { outcome, error } = outcomeOf(thrown, path, context, log);
      stop({ outcome });
      throw error;
    }
  };

  return (call, context) => spanned(`grpc ${call.method.path}`, context.metadata.get('traceparent'), () => guarded(call, context));
};

const shutDown = async (server: Server): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  // Watching streams never end by themselves; after a short drain they are cut and their clients come back elsewhere.
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, DRAIN_WITHIN_MS);
  });
  await Promise.race([server.shutdown(), limit]);
  clearTimeout(timer);
};

export interface GrpcServerOptions {
  readonly host: string;
  /** 0 = any free port; see `address()`. */
  readonly port: number;
  readonly callerSecret: string;
  readonly log: Log;
  readonly services: readonly GrpcService[];
  /** Larger requests are refused by the transport; default 16 MiB. */
  readonly maxMessageBytes?: number;
}

/** The part; `address()` is `host:port` once started. The standard gRPC health service is included, open to all. */
export const grpcServer = (o: GrpcServerOptions): Part & { address(): string } => {
  const maxBytes = o.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES;
  const server = createServer({
    'grpc.max_receive_message_length': maxBytes,
    'grpc.max_send_message_length': -1,
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.so_reuseport': 0,
  });
  const health = HealthState();
  const guardedServer = server.with(guard(o.services, o.callerSecret, o.log));
  for (const service of o.services) service.addTo(guardedServer);
  server.add(HealthDefinition, HealthServiceImpl(health));
  let port: number | undefined;
  return {
    name: 'grpc',
    address: () => {
      if (port === undefined) throw new Error('the gRPC server has not started');
      return `${o.host}:${port}`;
    },
    announce: (moment) => {
      for (const service of ['', ...o.services.map(({ name }) => name)])
        health.setStatus(moment === 'started' ? 'healthy' : 'unhealthy', service);
    },
    start: async () => {
      port = await server.listen(`${o.host}:${o.port}`);
      o.log.info({ port, services: o.services.map(({ name }) => name) }, 'gRPC listens');
    },
    stop: () => shutDown(server),
  };
};
