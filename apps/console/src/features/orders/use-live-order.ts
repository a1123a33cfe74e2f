// The order as it now is: first at once, then after every change of its ledger, by server-sent events. The browser
// reconnects by itself; while it does, the page says so.
import { useEffect, useState } from 'react';
import { type OrderJson, Problem, api } from '../../api';

export interface LiveOrder {
  readonly order: OrderJson | undefined;
  readonly problem: Error | undefined;
  readonly connected: boolean;
  /** Takes an answer that a write just gave, so that the page does not wait for the event. */
  take(order: OrderJson): void;
}

export const useLiveOrder = (id: string): LiveOrder => {
  const [order, setOrder] = useState<OrderJson>();
  const [problem, setProblem] = useState<Error>();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    setOrder(undefined);
    setProblem(undefined);
    api
      .order(id)
      .then(setOrder, (error: unknown) => setProblem(error instanceof Error ? error : new Problem(0, 'unknown', String(error), {})));
    const events = new EventSource(`/api/orders/${id}/events`);
    events.addEventListener('open', () => setConnected(true));
    events.addEventListener('error', () => setConnected(false));
    events.addEventListener('order', (event) => setOrder(JSON.parse(event.data as string) as OrderJson));
    return () => events.close();
  }, [id]);
  return { order, problem, connected, take: setOrder };
};
