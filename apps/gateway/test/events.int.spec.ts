// How long a watched order lasts, and what it may hold. The stream ends with its session and after its longest life. The stream reads no
// more from enforcement than its reader reads. A browser that has left holds no resource.
import { connect, type Socket } from 'node:net';
import { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { until } from '@hengji/testing';
import { SHENYANG, type Browser, orderOf, signedIn, startGateway } from './gateway';

const ORDER = `EXECUTING-${SHENYANG}`;
const SLOW = `DRAFT-${SHENYANG}`;
const OFTEN = { RATE_LIMIT_PER_MINUTE: '100000', SIGN_INS_PER_MINUTE: '1000' };
const LARGE = 'x'.repeat(200_000);

const gone = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));

/** An enforcement whose order changes when `change` is called. */
const changing = () => {
  let ring = (): void => undefined;
  return {
    change: () => ring(),
    answers: {
      async *watchOrder({ orderId }: { orderId: string }, { signal }: { signal: AbortSignal }) {
        for (;;) {
          const rung = new Promise<void>((resolve) => (ring = resolve));
          yield { order: orderOf(orderId) };
          await Promise.race([rung, gone(signal)]);
          if (signal.aborted) return;
        }
      },
    },
  };
};

/** An enforcement whose order is large and changes `times` times, without a pause. */
const changingFast = (times: number) => {
  const counted = { sent: 0, watching: 0 };
  return {
    counted,
    answers: {
      async *watchOrder({ orderId }: { orderId: string }, { signal }: { signal: AbortSignal }) {
        counted.watching += 1;
        try {
          for (; counted.sent < times && !signal.aborted; counted.sent += 1)
            yield { order: Order.fromPartial({ ...orderOf(orderId), reason: `${counted.sent}${LARGE}` }) };
          await gone(signal);
        } finally {
          counted.watching -= 1;
        }
      },
    },
  };
};

const watch = (who: Browser, orderId = ORDER, signal?: AbortSignal) => who.fetch(`/api/orders/${orderId}/events`, signal ? { signal } : {});
const ordersIn = (text: string): number => [...text.matchAll(/^event: order$/gm)].length;

/** A browser that has sent its request and does not read yet. */
const asking = (origin: string, who: Browser, orderId = ORDER): Socket => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.pause().on('error', () => undefined);
  socket.write(`GET /api/orders/${orderId}/events HTTP/1.1\r\nHost: x\r\nCookie: hengji_session=${who.cookieOf('hengji_session')}\r\n\r\n`);
  return socket;
};

describe('a watched order', () => {
  it('ends within a heartbeat of the sign-out', async () => {
    const gateway = await startGateway({ ...OFTEN, EVENT_BEAT_MS: '100' }, changing());
    const officer = await signedIn(gateway, 'shenyang-a');
    const watched = (await watch(officer)).text();
    expect((await officer.post('/api/sign-out')).status).toBe(204);
    expect(ordersIn(await watched)).toBe(1);
  });

  it('sends nothing after the sign-out, even before the next heartbeat', async () => {
    const order = changing();
    const gateway = await startGateway(OFTEN, order);
    const officer = await signedIn(gateway, 'shenyang-a');
    const response = await watch(officer);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (ordersIn(text) < 1) text += (await reader?.read())?.value ?? '';
    await officer.post('/api/sign-out');
    order.change();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
    expect(ordersIn(text)).toBe(1);
  });

  it('ends after its longest life, and begins again with the whole order', async () => {
    const gateway = await startGateway({ ...OFTEN, EVENT_LIFE_MS: '300' }, changing());
    const officer = await signedIn(gateway, 'shenyang-a');
    for (let n = 0; n < 2; n += 1) expect(ordersIn(await (await watch(officer)).text())).toBe(1);
  });

  it('reaches a slow reader complete, however often the order changes meanwhile', async () => {
    const { answers, counted } = changingFast(150);
    const gateway = await startGateway(OFTEN, { answers });
    const socket = asking(gateway.origin, await signedIn(gateway, 'shenyang-a'));
    // The test reads nothing until enforcement received no more reads in eight looks, which take half a second.
    const seen: number[] = [];
    await until(
      () => seen.push(counted.sent),
      () => counted.sent > 0 && seen.length > 8 && new Set(seen.slice(-8)).size === 1,
    );
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.resume();
    await until(
      () => ordersIn(text),
      (orders) => orders === 150,
      // Thirty megabytes, through three processes that share the processors with other suites.
      { withinMs: 45_000 },
    );
    socket.destroy();
  });

  it('reads no more than its reader reads, and drops a reader that reads nothing for two heartbeats', async () => {
    const { answers, counted } = changingFast(2_000);
    const gateway = await startGateway({ ...OFTEN, EVENT_BEAT_MS: '250' }, { answers });
    const socket = asking(gateway.origin, await signedIn(gateway, 'shenyang-a'));
    await until(
      () => counted,
      ({ sent, watching }) => sent > 0 && watching === 0,
    );
    // The buffers of the two sockets and of the stream between the services, of 400 MB.
    expect(counted.sent).toBeLessThan(150);
    socket.destroy();
  });

  it('gives back the place of a reader that reads nothing at the end of its life', async () => {
    const { answers, counted } = changingFast(2_000);
    const quiet = changing().answers;
    const gateway = await startGateway(
      { ...OFTEN, EVENT_LIFE_MS: '1000' },
      { answers: { watchOrder: (request, context) => (request.orderId === SLOW ? answers : quiet).watchOrder(request, context) } },
    );
    const officer = await signedIn(gateway, 'shenyang-a');
    const socket = asking(gateway.origin, officer, SLOW);
    await until(
      () => counted,
      ({ sent, watching }) => sent > 0 && watching === 0,
    );
    const all = await Promise.all(Array.from({ length: 20 }, () => watch(officer)));
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    socket.destroy();
  });

  it('is not requested for a browser that left while the order was read', async () => {
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const getOrder = async ({ orderId }: { orderId: string }) => {
      if (orderId === SLOW) await slow;
      return { order: orderOf(orderId) };
    };
    const watched: string[] = [];
    const { answers } = changing();
    const gateway = await startGateway(OFTEN, {
      answers: {
        getOrder,
        watchOrder: (request, context) => {
          watched.push(request.orderId);
          return answers.watchOrder(request, context);
        },
      },
    });
    const officer = await signedIn(gateway, 'shenyang-a');
    const sockets = Array.from({ length: 20 }, () => asking(gateway.origin, officer, SLOW));
    await until(
      async () => (await watch(officer)).status,
      (status) => status === 429,
    );
    for (const socket of sockets) socket.destroy();
    await until(
      async () => (await watch(officer)).status,
      (status) => status === 200,
    );
    answer();
    for (let n = 0; n < 10; n += 1) expect((await officer.fetch(`/api/orders/${SLOW}`)).status).toBe(200);
    expect(watched).not.toContain(SLOW);
  });
});
