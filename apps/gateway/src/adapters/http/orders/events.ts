// Live changes of an order: server-sent events from enforcement's WatchOrder. When the stream from enforcement breaks, the gateway opens it
// again while the browser still listens. When the browser leaves, the gateway closes the stream. Each event is the whole order, so a
// browser that reconnects misses nothing. A stream ends with its session, and after its longest life in any case.
import { once } from 'node:events';
import { toJson } from '@hengji/contracts';
import { metrics } from '@hengji/host';
import type { Response } from 'express';
import type { Person } from '../../../domain/access';
import type { RouteDeps } from '../route';

const RETRY_MS = 1_000;
const GIVE_UP_AFTER = 30;

const open = metrics.gauge('hengji_gateway_event_streams', 'Browsers watching an order');

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

interface Watch {
  readonly person: Person;
  readonly orderId: string;
  readonly response: Response;
  /** Aborted when the stream must end, for any reason. */
  readonly over: AbortSignal;
  readonly end: () => void;
}

/** Also false while the session cannot be checked; the browser reconnects and gets a refusal. */
const isSignedIn = async ({ sessions }: RouteDeps, { req }: Response): Promise<boolean> =>
  (await sessions.personOf(req).catch(() => undefined)) !== undefined;

/**
 * Writes, and waits until the reader has taken what was written. Until then no more is read from enforcement, which merges all changes in
 * between into one. So at most one unsent order is buffered here.
 */
const write = async (text: string, { response, over }: Watch, withinMs: number): Promise<void> => {
  if (response.write(text)) return;
  const dropping = setTimeout(() => response.destroy(), withinMs);
  await once(response, 'drain', { signal: over }).finally(() => clearTimeout(dropping));
};

/** Reads one stream from enforcement; true if the stream delivered an order. */
const relay = async (deps: RouteDeps, watch: Watch): Promise<boolean> => {
  const { person, orderId, response, over } = watch;
  let brought = false;
  try {
    const stream = deps.neighbours.enforcement.watchOrder({ actor: person, orderId }, { signal: over });
    for await (const { order } of stream) {
      if (!order) continue;
      brought = true;
      if (!(await isSignedIn(deps, response))) watch.end();
      if (over.aborted) break;
      await write(`event: order\ndata: ${JSON.stringify(toJson(order))}\n\n`, watch, 2 * deps.events.beatMs);
    }
  } catch {
    // Enforcement is unavailable, or the gateway stops: the loop in `watchOrder` checks which.
  }
  return brought;
};

/** Ends the stream when its longest life or its session ends; sends a heartbeat at intervals while the reader keeps up. */
const beating = (deps: RouteDeps, { response, over, end }: Watch): (() => void) => {
  const beat = async (): Promise<void> => {
    if (!(await isSignedIn(deps, response))) end();
    else if (!over.aborted && !response.writableNeedDrain) response.write(': still here\n\n');
  };
  const beats = setInterval(() => void beat(), deps.events.beatMs);
  const life = setTimeout(end, deps.events.lifeMs);
  return () => {
    clearInterval(beats);
    clearTimeout(life);
  };
};

/**
 * Streams until the browser, the session, the stream's life or the gateway ends; after 30 failed tries the stream ends and the browser
 * reconnects by itself.
 */
export const watchOrder = async (
  deps: RouteDeps,
  { person, params, signal }: { person: Person; params: { id: string }; signal: AbortSignal },
  response: Response,
): Promise<void> => {
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  const watch: Watch = { person, orderId: params.id, response, over, end: () => ending.abort() };
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const stopBeating = beating(deps, watch);
  open.inc();
  try {
    for (let inVain = 0; !over.aborted && inVain < GIVE_UP_AFTER;) {
      inVain = (await relay(deps, watch)) ? 0 : inVain + 1;
      if (!over.aborted) await pause(RETRY_MS, over);
    }
  } finally {
    watch.end();
    stopBeating();
    open.dec();
    // `end` would wait behind unsent bytes; a reader that does not read would then keep its place.
    if (response.writableLength > 0) response.destroy();
    else response.end();
  }
};
