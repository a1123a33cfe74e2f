// An order as it happens: server-sent events out of enforcement's WatchOrder. When the stream from enforcement breaks we
// open it again while the browser still listens; when the browser goes we stop. Each event is the whole order, so
// whoever reconnects has missed nothing.
import { toJson } from '@hengji/contracts';
import { metrics } from '@hengji/host';
import type { Response } from 'express';
import type { Person } from '../../domain/access';
import type { RouteDeps } from './route';

const RETRY_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const GIVE_UP_AFTER = 30;
/** Some dozen whole orders. Who reads no more of them is left to come back. */
const MOST_UNSENT_BYTES = 4_194_304;

const open = metrics.gauge('hengji_gateway_event_streams', 'Browsers watching an order');

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** One stream from enforcement; true if it brought anything. */
const relay = async (
  { neighbours }: RouteDeps,
  watch: { person: Person; orderId: string; signal: AbortSignal },
  response: Response,
): Promise<boolean> => {
  let brought = false;
  try {
    const stream = neighbours.enforcement.watchOrder({ actor: watch.person, orderId: watch.orderId }, { signal: watch.signal });
    for await (const { order } of stream) {
      if (!order) continue;
      brought = true;
      if (response.writableLength > MOST_UNSENT_BYTES) {
        response.destroy();
        return brought;
      }
      response.write(`event: order\ndata: ${JSON.stringify(toJson(order))}\n\n`);
    }
  } catch {
    // Enforcement is away, or we were asked to stop: the loop below knows which.
  }
  return brought;
};

/** Streams until the browser or the gateway closes; after 30 tries in vain the browser is left to come back itself. */
export const watchOrder = async (
  deps: RouteDeps,
  { person, params, signal }: { person: Person; params: { id: string }; signal: AbortSignal },
  response: Response,
): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  open.inc();
  try {
    for (let inVain = 0; !signal.aborted && inVain < GIVE_UP_AFTER;) {
      inVain = (await relay(deps, { person, orderId: params.id, signal }, response)) ? 0 : inVain + 1;
      if (!signal.aborted) await pause(RETRY_MS, signal);
    }
  } finally {
    clearInterval(heartbeat);
    open.dec();
    response.end();
  }
};
