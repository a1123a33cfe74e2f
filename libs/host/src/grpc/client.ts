// Clients of other services: every call carries the caller's name, the trace and a deadline; refusals are returned as Refusal. The client
// repeats nothing that a server may have read: the caller decides whether a repetition is harmless.
import { Metadata, createChannel, createClientFactory, type Client, type ClientMiddleware, type TsProtoServiceDefinition } from 'nice-grpc';
import { deadlineMiddleware } from 'nice-grpc-client-middleware-deadline';
import { tracing } from '../tracing';
import { CALLER_METADATA, signCaller } from './caller';
import { refusalOf } from './refusal-trailers';

/** A limit for one call that replaces the client's own. */
export interface DeadlineOptions {
  readonly deadlineMs?: number;
}

const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
  // The client reconnects to a restarted service within two seconds; the default may wait two minutes.
  'grpc.initial_reconnect_backoff_ms': 100,
  // Despite its name the limit of one attempt to connect (nice-grpc uses it so); a busy machine may need seconds.
  'grpc.min_reconnect_backoff_ms': 5_000,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
  // A fully loaded machine may leave a ping unanswered for seconds; that is not an outage.
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 20_000,
  // Without a policy only what the server refused unread, because its connection or its process was ending, is sent again to another.
  'grpc.enable_retries': 1,
  // A name may mean several processes: each call goes to the next of them. The name's own service config (a TXT record) is not asked for.
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  'grpc.service_config_disable_resolution': 1,
};

const introduced = (caller: string, secret: string): ClientMiddleware =>
  async function* (call, options) {
    const metadata = Metadata(options.metadata);
    metadata.set(CALLER_METADATA, signCaller(caller, secret));
    const traceparent = tracing.currentTraceparent();
    if (traceparent) metadata.set('traceparent', traceparent);
    return yield* call.next(call.request, { ...options, metadata });
  };

const refusing: ClientMiddleware = async function* (call, options) {
  let trailer: Metadata | undefined;
  const onTrailer = (received: Metadata): void => {
    trailer = received;
    options.onTrailer?.(received);
  };
  try {
    return yield* call.next(call.request, { ...options, onTrailer });
  } catch (failure) {
    throw refusalOf(failure, trailer);
  }
};

/** Unary calls end at the limit. A stream lasts until its reader ends it, unless the call sets a limit itself. */
const limited = (deadlineMs: number): ClientMiddleware<DeadlineOptions> =>
  async function* (call, options) {
    const { deadlineMs: own, ...rest } = options;
    const streams = call.requestStream || call.responseStream;
    const limit = own ?? (streams ? undefined : deadlineMs);
    return yield* deadlineMiddleware(call, { ...rest, ...(limit === undefined ? {} : { deadline: limit }) });
  };

export interface ClientOptions {
  readonly caller: string;
  readonly secret: string;
  readonly deadlineMs: number;
  /** Otherwise all clients of one address share a connection: a file stream on it delays every other call. */
  readonly ownConnection?: boolean;
}

/**
 * A client for one service at `host:port`; connects with the first call. Throws Refusal: those of the service, and `service.unavailable`,
 * `service.timeout`, `request.too_large`. Any other error is a defect of the server.
 */
export const grpcClient = <D extends TsProtoServiceDefinition>(
  definition: D,
  address: string,
  o: ClientOptions,
): Client<D, DeadlineOptions> & { close(): void } => {
  const channel = createChannel(address, undefined, {
    ...CHANNEL_OPTIONS,
    ...(o.ownConnection ? { 'grpc.use_local_subchannel_pool': 1 } : {}),
  });
  const client = createClientFactory()
    .use(introduced(o.caller, o.secret))
    .use(limited(o.deadlineMs))
    .use(refusing)
    .create(definition, channel);
  return Object.assign(client, { close: () => channel.close() });
};
