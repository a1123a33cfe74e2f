// The only gRPC server of a service. The interceptor (door.ts) runs before every call; around the call there is a span, refusals are
// written to trailers, defects are logged and answered with INTERNAL. No service implements any of this.
import { REFUSAL_STATUS } from '@hengji/domain-kit';
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
import type { Log } from '../log';
import { metrics } from '../metrics';
import type { Part } from '../part';
import { spanned } from '../tracing';
import { checkDecoded, checkEachDecoded, tolerant } from './decoding';
import { CHECKED_CALLER_METADATA, door } from './door';
import { largeRequests } from './large-requests';
import { asRefusal } from './outage';
import { writeRefusal } from './refusal-trailers';

/** What handlers get in their call context beside nice-grpc's own fields. */
export interface CallerContext {
  readonly caller: string;
}

/** Method → callers allowed; `'*'` = any authenticated service. A method without a row does not compile. */
export type CallerTable<Service> = Readonly<Record<keyof Service, readonly string[]>>;

/** A service ready to be served: made by `grpcService`. */
export interface GrpcService {
  readonly name: string;
  /** `/package.Service/Method` → callers allowed. */
  readonly callersByPath: ReadonlyMap<string, readonly string[]>;
  addTo(server: Pick<Server<CallerContext>, 'add'>): void;
}

const DEFAULT_MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
const DEFAULT_STREAM_IDLE_MS = 60_000;

const TRANSPORT_OPTIONS = {
  'grpc.max_send_message_length': -1,
  // A client that does not answer a ping within 30 s is gone; this also ends connections that never use HTTP/2.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.keepalive_permit_without_calls': 1,
  // Our own clients reconnect by themselves; a caller without rights cannot keep an unused connection.
  'grpc.max_connection_idle_ms': 10 * 60_000,
  // The gateway has one stream for each browser that watches an order, all on one connection.
  'grpc.max_concurrent_streams': 1_000,
  'grpc.so_reuseport': 0,
  'grpc.enable_channelz': 0,
};
/**
 * A connection takes new calls for this long; the client then connects again, and so learns the processes that a name means by now. Calls
 * and streams that have begun stay on the old connection.
 */
const DEFAULT_CONNECTION_AGE_MS = 5 * 60_000;

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

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';

const seconds = metrics.histogram('hengji_grpc_server_seconds', 'Time to answer a gRPC call', ['method', 'outcome']);

/** Converts an error of a handler into the answer; logs defects. */
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

const guard = (log: Log, idleMs: number): ServerMiddleware<CallerContext> => {
  const large = largeRequests();
  const guarded: ServerMiddleware<CallerContext> = async function* (call, context) {
    const { path } = call.method;
    const stop = seconds.startTimer({ method: path });
    let leave = (): void => undefined;
    try {
      const caller = context.metadata.get(CHECKED_CALLER_METADATA) ?? '';
      const request = call.requestStream ? checkEachDecoded(call.request, { idleMs, large }) : checkDecoded(call.request);
      leave = large.enter(request);
      const response = yield* call.next(request, { ...context, caller });
      stop({ outcome: 'ok' });
      return response;
    } catch (thrown) {
      const { outcome, error } = outcomeOf(thrown, path, context, log);
      stop({ outcome });
      throw error;
    } finally {
      leave();
    }
  };

  return (call, context) => spanned(`grpc ${call.method.path}`, context.metadata.get('traceparent'), () => guarded(call, context));
};

const shutDown = async (server: Server): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  // Watch streams never end by themselves; after a short drain they are cut and their clients reconnect to another instance.
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
  /** The transport refuses larger requests, by compressed or uncompressed size; default 8 MiB. */
  readonly maxMessageBytes?: number;
  /** A caller's stream without messages for this long is refused `stream.idle`; default one minute. */
  readonly streamIdleMs?: number;
  /** Until clients must connect again; default five minutes. */
  readonly connectionAgeMs?: number;
  /** The clock for checking the callers' times; tests set it wrong. */
  readonly now?: () => Date;
}

/** The part; `address()` is `host:port` once started. No method is open to callers without rights; `/readyz` shows the health. */
export const grpcServer = (o: GrpcServerOptions): Part & { address(): string } => {
  const atDoor = door({
    callersByPath: new Map(o.services.flatMap((service) => [...service.callersByPath])),
    secret: o.callerSecret,
    now: o.now ?? (() => new Date()),
    onRefused: (method, { kind }) => seconds.observe({ method, outcome: kind }, 0),
  });
  // nice-grpc passes its options to grpc-js, which accepts interceptors among them.
  const server = createServer({
    ...TRANSPORT_OPTIONS,
    'grpc.max_receive_message_length': o.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES,
    'grpc.max_connection_age_ms': o.connectionAgeMs ?? DEFAULT_CONNECTION_AGE_MS,
    interceptors: [atDoor],
  });
  const guardedServer = server.with(guard(o.log, o.streamIdleMs ?? DEFAULT_STREAM_IDLE_MS));
  for (const service of o.services) service.addTo(guardedServer);
  let port: number | undefined;
  return {
    name: 'grpc',
    address: () => {
      if (port === undefined) throw new Error('the gRPC server has not started');
      return `${o.host}:${port}`;
    },
    start: async () => {
      port = await server.listen(`${o.host}:${o.port}`);
      o.log.info({ port, services: o.services.map(({ name }) => name) }, 'gRPC listens');
    },
    stop: () => shutDown(server),
  };
};
