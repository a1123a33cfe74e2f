// The order as it now is: first at once, then after every change of its ledger, by server-sent events. The browser
// reconnects a broken stream by itself but gives up for good on an answer that is no stream (a gateway that is just
// restarting); then we begin again. Each event is the whole order, so nothing is missed.
import { useEffect, useRef, useState } from 'react';
import { type OrderJson, api } from '../../api';

const REOPEN_AFTER_MS = 2_000;

export type Connection = 'connecting' | 'live' | 'lost';

export interface LiveOrder {
  readonly order: OrderJson | undefined;
  readonly problem: Error | undefined;
  readonly connection: Connection;
  /** Does a write and shows its answer, unless the stream has said something newer by then: a small order is over sooner. */
  write(work: () => Promise<OrderJson>): Promise<void>;
}

interface Listener {
  order(order: OrderJson): void;
  connection(connection: Connection): void;
}

/** Listens until the returned function is called. */
const listen = (id: string, listener: Listener): (() => void) => {
  let events: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    events = new EventSource(`/api/orders/${encodeURIComponent(id)}/events`);
    events.addEventListener('open', () => listener.connection('live'));
    events.addEventListener('order', (event) => listener.order(JSON.parse(event.data as string) as OrderJson));
    events.addEventListener('error', () => {
      listener.connection('lost');
      if (events.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_AFTER_MS);
    });
  };
  open();
  return () => {
    clearTimeout(reopening);
    events.close();
  };
};

export const useLiveOrder = (id: string): LiveOrder => {
  const [order, setOrder] = useState<OrderJson>();
  const [problem, setProblem] = useState<Error>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const heard = useRef(0);
  useEffect(() => {
    setOrder(undefined);
    setProblem(undefined);
    setConnection('connecting');
    let stop: (() => void) | undefined;
    let gone = false;
    api.order(id).then(
      (first) => {
        if (gone) return;
        setOrder(first);
        const hear = (event: OrderJson): void => {
          heard.current += 1;
          setOrder(event);
        };
        stop = listen(id, { order: hear, connection: setConnection });
      },
      (error: unknown) => !gone && setProblem(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      gone = true;
      stop?.();
    };
  }, [id]);
  const write = async (work: () => Promise<OrderJson>): Promise<void> => {
    const before = heard.current;
    const answer = await work();
    if (heard.current === before) setOrder(answer);
  };
  return { order, problem, connection, write };
};
