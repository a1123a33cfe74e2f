// An order's event stream, open only while the page is looked at: a browser has six connections for one host by HTTP/1.1, and six
// tabs of orders would leave none for anything else. The stream begins with the whole order, so coming back is reading it anew.
// The browser reconnects a broken stream by itself but gives up for good on an answer that is no stream (a gateway that is just
// restarting, a session that has ended); then we begin again.
const REOPEN_AFTER_MS = 2_000;

export type Connection = 'connecting' | 'live' | 'lost';

export interface Listener {
  event(data: string): void;
  connection(connection: Connection): void;
}

export interface Surroundings {
  readonly page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  readonly openEvents: () => EventSource;
}

/** Listens until the returned function is called. */
export const listenWhileSeen = ({ page, openEvents }: Surroundings, listener: Listener): (() => void) => {
  let events: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    clearTimeout(reopening);
    events?.close();
    events = undefined;
  };
  const open = (): void => {
    const opened = openEvents();
    events = opened;
    opened.addEventListener('open', () => listener.connection('live'));
    opened.addEventListener('order', (event) => listener.event((event as MessageEvent<string>).data));
    opened.addEventListener('error', () => {
      // What a closed stream still says is not about the one that is open now.
      if (events !== opened) return;
      listener.connection('lost');
      if (opened.readyState === 2) reopening = setTimeout(open, REOPEN_AFTER_MS);
    });
  };
  const follow = (): void => {
    if (page.hidden) close();
    else if (events === undefined) {
      listener.connection('connecting');
      open();
    }
  };
  page.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    page.removeEventListener('visibilitychange', follow);
    close();
  };
};
