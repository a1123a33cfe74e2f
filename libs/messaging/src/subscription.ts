// A subscription has an entry for every event of a topic: a handler or 'ignored'. A new event in proto/ breaks the build of each subscriber
// until it has an entry. `subscribe` hides the envelope's type, so that one consumer can hold many subscriptions.
import { countElements, MAX_ELEMENTS, writersOf, type Body, type Envelope, type Topic } from '@hengji/contracts';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import type { SqlTx } from './sql';

/** What a handler gets beside the event. All effects use `tx`; they commit together with the inbox row. */
export interface MessageContext<Tx extends SqlTx> {
  readonly tx: Tx;
  readonly meta: EventMeta;
  /** The service that sealed the record. */
  readonly writer: string;
  readonly now: Date;
}

/** One line per event of the topic. A handler that throws is retried, then its message is parked and holds its key. */
export type Subscription<E extends Envelope, Ctx> = {
  readonly [K in Body<E>['$case']]: 'ignored' | ((event: Extract<Body<E>, { $case: K }>['value'], ctx: Ctx) => Promise<void>);
};

/** A handler without the type of its event; only `subscribe` makes one. */
export type AnyHandler<Tx extends SqlTx> = (event: unknown, ctx: MessageContext<Tx>) => Promise<void>;

/** A topic and its handlers, ready for `consumer` and `parkingServer`. */
export interface TopicSubscription<Tx extends SqlTx> {
  readonly topic: string;
  /** The services whose records are accepted. */
  readonly writers: readonly string[];
  /** How many elements decoding would make; MAX_ELEMENTS + 1 where there are too many. */
  readonly elementsOf: (bytes: Uint8Array) => number;
  /** Throws when the bytes are not an envelope. */
  readonly decode: (bytes: Uint8Array) => Envelope;
  readonly handlers: ReadonlyMap<string, 'ignored' | AnyHandler<Tx>>;
}

/** Binds a topic to the service's handlers. */
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
