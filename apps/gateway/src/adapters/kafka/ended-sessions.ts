// Sessions that ended by sign-out before their cookie expired. The gateway that ends a session writes a record; every gateway reads the
// topic from its beginning at each start. Until a gateway has read the topic to its end, no session can be checked and none is accepted.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SESSIONS_TOPIC } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import type { Log, Part } from '@hengji/host';
import type { Bounds, IncomingBatch, Kafka } from '@hengji/messaging';
import { z } from 'zod';
import { sealedText } from '../sealed-text';

/** About 20 MB, and more sign-outs than a province has in a working day; the oldest are dropped first. */
const MOST = 100_000;
const START_WAITS_MS = 5_000;
const WRITTEN_WITHIN_MS = 4_000;
const TRY_AGAIN_MS = 500;
const LOOK_EVERY_MS = 100;
/** The record of an ended session has about 250 bytes. */
const LONGEST_BYTES = 2_000;
const { name: TOPIC } = SESSIONS_TOPIC;

export interface EndedSessions extends Part {
  /** Undefined until the topic has been read to its end. */
  has(sessionId: string): boolean | undefined;
  /**
   * Ends the session here at once, and resolves when the broker has the record for all other gateways. Refuses `sign_out.not_everywhere`
   * (unavailable) when that takes longer than four seconds; the write is retried until it succeeds or this process stops.
   */
  end(sessionId: string): Promise<void>;
}

interface Options {
  readonly kafka: Kafka;
  /** 32 bytes: the session key. */
  readonly key: Uint8Array;
  /** The longest life of a session. */
  readonly seconds: number;
  readonly log: Log;
}

/** Writes ended sessions one after the other, each until the write succeeds. */
const writer = ({ kafka, log }: Options, seal: (sessionId: string) => Promise<string>) => {
  const sender = kafka.sender();
  const unwritten = new Set<string>();
  let running = true;
  let work: Promise<void> = Promise.resolve();
  const writeOne = async (sessionId: string): Promise<void> => {
    while (running && unwritten.has(sessionId)) {
      try {
        await sender.connect();
        await sender.send([{ topic: TOPIC, records: [{ key: randomUUID(), value: Buffer.from(await seal(sessionId)), headers: {} }] }]);
        unwritten.delete(sessionId);
      } catch (err) {
        log.warn({ err }, 'a sign-out could not be told to the other gateways yet');
        await pause(TRY_AGAIN_MS);
      }
    }
  };
  return {
    /** Whether the record was written within the limit. */
    write: async (sessionId: string): Promise<boolean> => {
      unwritten.add(sessionId);
      const mine = (work = work.then(() => writeOne(sessionId)));
      const limit = new AbortController();
      await Promise.race([mine, pause(WRITTEN_WITHIN_MS, undefined, { signal: limit.signal }).catch(() => undefined)]);
      limit.abort();
      return !unwritten.has(sessionId);
    },
    stop: async () => {
      running = false;
      await work;
      if (unwritten.size > 0) log.error({ count: unwritten.size }, 'sign-outs that other gateways never heard of');
      await sender.disconnect();
    },
  };
};

/** Reads the topic, and reports whether all records from before the start have been read. */
const reader = ({ kafka, log }: Options, heard: (text: string) => Promise<void>) => {
  const inspector = kafka.inspector();
  const told = new Map<number, bigint>();
  let running = false;
  let whole = false;
  let work: Promise<void> = Promise.resolve();
  const onBatch = async ({ partition, records, nextOffset }: IncomingBatch): Promise<void> => {
    // Longer records are skipped: decrypting them would delay the start, and writing such records costs an attacker nothing.
    for (const { value } of records) if (value.length <= LONGEST_BYTES) await heard(value.toString('latin1'));
    // Transaction markers are not records, so the end of the topic can lie behind the last record.
    told.set(partition, nextOffset);
  };
  const reading = kafka.reader({
    group: `gateway-${randomUUID()}`,
    topics: [TOPIC],
    commit: false,
    goOnAt: (_, partition) => told.get(partition),
    onBatch,
  });
  const look = async (): Promise<void> => {
    // The end offsets of the first query: a writer that continues must not delay the start of a gateway.
    let bounds: readonly (readonly [partition: number, bounds: Bounds])[] = [];
    while (running && !whole) {
      try {
        if (bounds.length === 0) bounds = [...(await inspector.bounds(TOPIC))];
        whole = bounds.length > 0 && bounds.every(([partition, { low, high }]) => high <= low || (told.get(partition) ?? 0n) >= high);
      } catch (err) {
        log.debug({ err }, 'the ended sessions cannot be read yet');
      }
      if (!whole) await pause(LOOK_EVERY_MS);
    }
  };
  return {
    isWhole: () => whole,
    start: async () => {
      running = true;
      await reading.start();
      work = look();
      await Promise.race([work, pause(START_WAITS_MS, undefined, { ref: false })]);
      if (!whole) log.error({ topic: TOPIC }, 'which sessions have ended is not known: nobody is let in until it is');
    },
    stop: async () => {
      running = false;
      await Promise.all([reading.stop(), inspector.close()]);
      await work;
    },
  };
};

const remembered = () => {
  const ended = new Set<string>();
  return {
    has: (sessionId: string): boolean => ended.has(sessionId),
    add: (sessionId: string): void => {
      ended.add(sessionId);
      const [oldest] = ended;
      if (ended.size > MOST && oldest !== undefined) ended.delete(oldest);
    },
  };
};

/** Used where no broker is configured: a sign-out then holds in its own process only, until the process stops. */
export const endedHere = (log: Log): EndedSessions => {
  const ended = remembered();
  return {
    name: 'ended-sessions',
    start: async () => log.error('KAFKA_BROKERS is not set: a sign-out is known to this process only, until it stops'),
    stop: async () => undefined,
    has: ended.has,
    end: async (sessionId) => ended.add(sessionId),
  };
};

export const endedSessions = (o: Options): EndedSessions => {
  const ended = remembered();
  const text = sealedText({ ...o, purpose: 'hengji_ended_session', schema: z.uuid() });
  const writing = writer(o, text.seal);
  const reading = reader(o, async (sealed) => {
    const sessionId = await text.open(sealed);
    if (sessionId !== undefined) ended.add(sessionId);
  });
  return {
    name: 'ended-sessions',
    start: reading.start,
    stop: async () => {
      await Promise.all([reading.stop(), writing.stop()]);
    },
    has: (sessionId) => ended.has(sessionId) || (reading.isWhole() ? false : undefined),
    end: async (sessionId) => {
      ended.add(sessionId);
      if (!(await writing.write(sessionId)))
        throw new Refusal('unavailable', 'sign_out.not_everywhere', '已在本节点退出登录,其他节点暂时无法得知,系统将继续通知');
    },
  };
};
