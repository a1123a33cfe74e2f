// An order's event stream, open only while the page is looked at: a browser has six connections for one host by HTTP/1.1, and six
// tabs of orders would leave none for anything else. The stream begins with the whole order, so coming back is reading it anew.
// The browser reconnects a broken stream by itself but gives up for good on an answer that is no stream (a gateway that is just
// restarting, a session that has ended, too many streams already), and does not say which. Then we ask for the order itself and for
// a stream again, more and more seldom.
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const CLOSED = 2;

/** `asking`: there is no stream, but the order was read now and then. `lost`: neither. */
export type Connection = 'connecting' | 'live' | 'asking' | 'lost';

export interface Listener {
  event(data: string): void;
  connection(connection: Connection): void;
}

export interface Surroundings {
  readonly page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  readonly openEvents: () => EventSource;
  /** Reads the order without a stream, and shows it; rejects when that cannot be. */
  readonly ask: () => Promise<void>;
}

/** Listens until the returned function is called. */
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
      // What a closed stream still says is not about the one that is open now.
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
