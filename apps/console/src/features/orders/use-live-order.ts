// The present state of an order: first read at once, then updated after every change of its ledger by server-sent events (live-events.ts),
// or polled where there is no stream. Each event is the whole order, so no change is missed.
import { useEffect, useRef, useState } from 'react';
import { type OrderJson, api } from '../../api';
import { type Connection, listenWhileSeen } from './live-events';

export type { Connection };

export interface LiveOrder {
  readonly order: OrderJson | undefined;
  readonly problem: Error | undefined;
  readonly connection: Connection;
  /**
   * Runs a write and shows its answer, unless the stream has delivered a newer state: a small order may complete before the answer arrives.
   */
  write(work: () => Promise<OrderJson>): Promise<void>;
}

export const useLiveOrder = (id: string): LiveOrder => {
  const [order, setOrder] = useState<OrderJson>();
  const [problem, setProblem] = useState<Error>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const heard = useRef(0);
  const written = useRef(0);
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
        const hear = (data: string): void => {
          heard.current += 1;
          setOrder(JSON.parse(data) as OrderJson);
        };
        const openEvents = () => new EventSource(`/api/orders/${encodeURIComponent(id)}/events`);
        // A state from a stream or a write in the meantime is newer than this answer.
        const ask = async (): Promise<void> => {
          const before = heard.current + written.current;
          const asked = await api.order(id);
          if (!gone && heard.current + written.current === before) setOrder(asked);
        };
        stop = listenWhileSeen({ page: document, openEvents, ask }, { event: hear, connection: setConnection });
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
    written.current += 1;
    if (heard.current === before) setOrder(answer);
  };
  return { order, problem, connection, write };
};
