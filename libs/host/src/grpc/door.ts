// The door of the gRPC server: who calls, and whether the method is open to them, is decided on the headers. Of a call that is
// refused no byte of the body is kept or decoded, so that strangers cannot make a service work or hold memory.
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

/** Where the handlers find the name that the door has checked; what a caller sends under it is replaced. */
export const CHECKED_CALLER_METADATA = 'x-hengji-checked-caller';

export interface DoorOptions {
  /** `/package.Service/Method` → callers allowed; `'*'` = any authenticated service. */
  readonly callersByPath: ReadonlyMap<string, readonly string[]>;
  readonly secret: string;
  readonly now: () => Date;
  /** Told of each refusal at the door. */
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

/** A stream is over when both sides say so; of a refused one we do not wait for the other side, who might never say it. */
const reset = (call: ServerInterceptingCallInterface): void => {
  // grpc-js has no public way to the stream; bounds.spec notices when this one is gone.
  const { stream } = call as unknown as { stream?: ServerHttp2Stream };
  setImmediate(() => stream?.close(constants.NGHTTP2_NO_ERROR));
};

/** Refuses `caller.unauthenticated`, `caller.not_allowed`; else hands the call on with the caller's name. */
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
