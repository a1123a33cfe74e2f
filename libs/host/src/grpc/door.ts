// The interceptor of the gRPC server: the headers decide who calls, and whether the caller may use the method. Of a refused call no byte of
// the body is kept or decoded, so that callers without rights cannot use the service's CPU or memory.
import { constants, type ServerHttp2Stream } from 'node:http2';
import {
  Metadata as GrpcMetadata,
  ServerInterceptingCall,
  ServerListenerBuilder,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { REFUSAL_STATUS, Refusal } from '@hengji/domain-kit';
import { Metadata } from 'nice-grpc';
import { CALLER_METADATA, verifyCaller } from './caller';
import { asRefusal } from './outage';
import { writeRefusal } from './refusal-trailers';

/** The metadata key of the checked name for the handlers; a caller's own value under this key is replaced. */
export const CHECKED_CALLER_METADATA = 'x-hengji-checked-caller';

export interface DoorOptions {
  /** `/package.Service/Method` → callers allowed; `'*'` = any authenticated service. */
  readonly callersByPath: ReadonlyMap<string, readonly string[]>;
  readonly secret: string;
  readonly now: () => Date;
  /** Called for each call that the interceptor refuses. */
  readonly onRefused: (path: string, refusal: Refusal) => void;
}

const checkAllowed = (caller: string, path: string, allowed: readonly string[]): void => {
  if (allowed.includes('*') || allowed.includes(caller)) return;
  throw new Refusal('forbidden', 'caller.not_allowed', `服务“${caller}”不得调用 ${path}`, { field: CALLER_METADATA, rule: path });
};

const statusOf = (refusal: Refusal): { code: number; details: string; metadata: GrpcMetadata } => {
  const trailer = Metadata();
  writeRefusal(trailer, refusal);
  const metadata = new GrpcMetadata();
  for (const [key, values] of trailer)
    for (const value of values) metadata.add(key, typeof value === 'string' ? value : Buffer.from(value));
  return { code: REFUSAL_STATUS[refusal.kind].grpc, details: refusal.message, metadata };
};

/** A stream ends when both sides end it; for a refused stream the server does not wait for the client, which may never end it. */
const reset = (call: ServerInterceptingCallInterface): void => {
  // grpc-js has no public access to the stream; bounds.spec fails when this property is gone.
  const { stream } = call as unknown as { stream?: ServerHttp2Stream };
  setImmediate(() => stream?.close(constants.NGHTTP2_NO_ERROR));
};

/** Refuses `caller.unauthenticated`, `caller.not_allowed`; else passes the call on with the caller's name. */
export const door =
  ({ callersByPath, secret, now, onRefused }: DoorOptions): ServerInterceptor =>
  ({ path }, call) => {
    const enter = (metadata: GrpcMetadata): string => {
      const [given] = metadata.get(CALLER_METADATA);
      const caller = verifyCaller(given?.toString(), secret, now());
      checkAllowed(caller, path, callersByPath.get(path) ?? []);
      return caller;
    };
    const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, next) => {
      try {
        metadata.set(CHECKED_CALLER_METADATA, enter(metadata));
      } catch (thrown) {
        const refusal = asRefusal(thrown);
        if (!refusal) throw thrown;
        onRefused(path, refusal);
        call.sendStatus(statusOf(refusal));
        reset(call);
        return;
      }
      next(metadata);
    });
    return new ServerInterceptingCall(call, { start: (next) => next(listener.build()) });
  };
