// An order as it happens: server-sent events out of enforcement's WatchOrder. When the stream from enforcement breaks we
// open it again while the browser still listens; when the browser goes we stop. Each event is the whole order, so
// whoever reconnects has missed nothing. A stream ends with its session, and after its life in any case.
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
  /** Aborted when the stream is to end, for whatever reason. */
  readonly over: AbortSignal;
  readonly end: () => void;
}

/** False also while it cannot be known: the browser comes back and is told so. */
const isSignedIn = async ({ sessions }: RouteDeps, { req }: Response): Promise<boolean> =>
  (await sessions.personOf(req).catch(() => undefined)) !== undefined;

/**
 * Writes, and waits until the reader has taken what was written: nothing more is asked of enforcement before, which tells
 * all changes of that time as one. So at most one order lies unsent here.
 */
const write = async (text: string, { response, over }: Watch, withinMs: number): Promise<void> => {
  if (response.write(text)) return;
  const dropping = setTimeout(() => response.destroy(), withinMs);
  await once(response, 'drain', { signal: over }).finally(() => clearTimeout(dropping));
};

/** One stream from enforcement; true if it brought anything. */
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
    // Enforcement is away, or we were asked to stop: the loop below knows which.
  }
  return brought;
};

/** Ends the stream after its life or its session; says now and then that it is there, where the reader keeps up. */
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

/** Streams until the browser, the session, the stream's life or the gateway ends; after 30 tries in vain the browser is left to come back itself. */
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
    // An end waits behind what is unsent; who does not read would keep the place.
    if (response.writableLength > 0) response.destroy();
    else response.end();
  }
};
