// An order's event stream, open only while the page is visible. With HTTP/1.1 a browser has six connections per host, and six tabs of
// orders would use them all. The stream begins with the whole order, so a page that becomes visible again misses nothing. The browser
// reconnects a broken stream by itself. An answer that is not a stream stops the browser for good and without a reason: the gateway
// restarts, the session has ended, or there are too many streams. Then this module requests the order itself and a new stream, at growing
// intervals.
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const CLOSED = 2;

/** `asking`: no stream, but the order is read at intervals. `lost`: neither. */
export type Connection = 'connecting' | 'live' | 'asking' | 'lost';

export interface Listener {
  event(data: string): void;
  connection(connection: Connection): void;
}

export interface Surroundings {
  readonly page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  readonly openEvents: () => EventSource;
  /** Reads the order without a stream, and shows the order; rejects when the read fails. */
  readonly ask: () => Promise<void>;
}

/** Keeps the stream until the returned function is called. */
export const listenWhileSeen = ({ page, openEvents, ask }: Surroundings, listener: Listener): (() => void) => {
  let events: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  let without: 'asking' | 'lost' = 'lost';
  const close = (): void => {
    clearTimeout(reopening);
    events?.close();
    events = undefined;
  };
  const open = (): void => {
    const opened = openEvents();
    events = opened;
    opened.addEventListener('open', () => {
      pauseMs = FIRST_PAUSE_MS;
      without = 'lost';
      listener.connection('live');
    });
    opened.addEventListener('order', (event) => listener.event((event as MessageEvent<string>).data));
    opened.addEventListener('error', () => {
      // Late events of a closed stream are not events of the present stream.
      if (events !== opened) return;
      listener.connection(without);
      if (opened.readyState !== CLOSED) return;
      reopening = setTimeout(again, pauseMs);
      pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    });
  };
  const again = (): void => {
    open();
    const opened = events;
    let isLive = false;
    opened?.addEventListener('open', () => (isLive = true));
    const answered = (state: typeof without): void => {
      if (events !== opened || isLive) return;
      without = state;
      listener.connection(state);
    };
    ask().then(
      () => answered('asking'),
      () => answered('lost'),
    );
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
