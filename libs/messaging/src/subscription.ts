// A subscription answers for every event of a topic: a handler or 'ignored'. A new event in proto/ breaks the build of
// each subscriber until it is answered for. `subscribe` hides the envelope's type, so that one consumer can hold many.
import { countElements, MAX_ELEMENTS, writersOf, type Body, type Envelope, type Topic } from '@hengji/contracts';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import type { SqlTx } from './sql';

/** What a handler gets beside the event. All effects go through `tx`; they commit together with the inbox row. */
export interface MessageContext<Tx extends SqlTx> {
  readonly tx: Tx;
  readonly meta: EventMeta;
  /** The service whose seal the record carries. */
  readonly writer: string;
  readonly now: Date;
}

/** One line per event of the topic. A handler that throws is tried again, then its message is parked with its key. */
export type Subscription<E extends Envelope, Ctx> = {
  readonly [K in Body<E>['$case']]: 'ignored' | ((event: Extract<Body<E>, { $case: K }>['value'], ctx: Ctx) => Promise<void>);
};

/** A handler with its event's type forgotten; only `subscribe` makes one. */
export type AnyHandler<Tx extends SqlTx> = (event: unknown, ctx: MessageContext<Tx>) => Promise<void>;

/** A topic and its handlers, ready for `consumer` and `parkingServer`. */
export interface TopicSubscription<Tx extends SqlTx> {
  readonly topic: string;
  /** The services whose records are read. */
  readonly writers: readonly string[];
  /** How many elements decoding would make; MAX_ELEMENTS + 1 for more than may be. */
  readonly elementsOf: (bytes: Uint8Array) => number;
  /** Throws when the bytes are no envelope. */
  readonly decode: (bytes: Uint8Array) => Envelope;
  readonly handlers: ReadonlyMap<string, 'ignored' | AnyHandler<Tx>>;
}

/** Binds a topic to the service's answers. */
export const subscribe = <E extends Envelope, Tx extends SqlTx>(
  topic: Topic<E>,
  handlers: Subscription<E, MessageContext<Tx>>,
): TopicSubscription<Tx> => ({
  topic: topic.name,
  writers: writersOf(topic),
  elementsOf: (bytes) => countElements(topic.codec, bytes, MAX_ELEMENTS),
  decode: (bytes) => topic.codec.decode(bytes),
  handlers: new Map(Object.entries(handlers) as [string, 'ignored' | AnyHandler<Tx>][]),
});
