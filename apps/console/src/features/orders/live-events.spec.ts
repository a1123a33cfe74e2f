import { type Connection, listenWhileSeen } from './live-events';

/** A fake browser: a page that is visible or hidden, and streams that the test can count. */
const browser = () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const open: EventTarget[] = [];
  const openEvents = (): EventSource => {
    const stream = Object.assign(new EventTarget(), { readyState: 1, close: () => void open.splice(open.indexOf(stream), 1) });
    open.push(stream);
    return stream as unknown as EventSource;
  };
  const look = (hidden: boolean): void => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  /** An answer that is no event stream: the browser closes the stream for good and gives no reason. */
  const refuse = (): void => {
    const last = open.at(-1);
    if (last) Object.assign(last, { readyState: 2 }).dispatchEvent(new Event('error'));
  };
  return { page: page as unknown as Document, open, openEvents, look, refuse };
};
const noAsking = { ask: async (): Promise<void> => undefined };

describe('the event stream of an order', () => {
  it('is closed while the page is hidden, and begins again with the whole order when the page is visible', () => {
    const { page, open, openEvents, look } = browser();
    const heard: string[] = [];
    const connections: Connection[] = [];
    const stop = listenWhileSeen(
      { page, openEvents, ...noAsking },
      { event: (data) => heard.push(data), connection: (state) => connections.push(state) },
    );
    expect(open).toHaveLength(1);
    look(true);
    expect(open).toHaveLength(0);
    look(false);
    expect(open).toHaveLength(1);
    open[0]?.dispatchEvent(Object.assign(new Event('order'), { data: 'the order' }));
    expect(heard).toEqual(['the order']);
    expect(connections).toEqual(['connecting', 'connecting']);
    stop();
    look(false);
    expect(open).toHaveLength(0);
  });

  it('is not opened by a tab that opens in the background', () => {
    const { page, open, openEvents, look } = browser();
    look(true);
    const stop = listenWhileSeen({ page, openEvents, ...noAsking }, { event: () => undefined, connection: () => undefined });
    expect(open).toHaveLength(0);
    look(false);
    expect(open).toHaveLength(1);
    stop();
  });

  describe('that is refused', () => {
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    const listening = (ask: () => Promise<void>) => {
      const { page, open, openEvents, look, refuse } = browser();
      const connections: Connection[] = [];
      const stop = listenWhileSeen({ page, openEvents, ask }, { event: () => undefined, connection: (state) => connections.push(state) });
      return { open, look, refuse, connections, stop };
    };

    it('is requested at growing intervals, and the order itself each time', async () => {
      let asked = 0;
      const { refuse, connections, stop } = listening(async () => void (asked += 1));
      refuse();
      expect(connections.at(-1)).toBe('lost');
      for (const seconds of [2, 4, 8, 16, 30, 30]) {
        const before = asked;
        await jest.advanceTimersByTimeAsync(seconds * 1_000 - 1);
        expect(asked).toBe(before);
        await jest.advanceTimersByTimeAsync(1);
        expect(asked).toBe(before + 1);
        refuse();
        expect(connections.at(-1)).toBe('asking');
      }
      stop();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(asked).toBe(6);
    });

    it('is live again as soon as it is accepted, and a later refusal begins with short pauses again', async () => {
      let asked = 0;
      const { open, refuse, connections, stop } = listening(async () => void (asked += 1));
      for (const seconds of [2, 4]) {
        refuse();
        await jest.advanceTimersByTimeAsync(seconds * 1_000);
      }
      open.at(-1)?.dispatchEvent(new Event('open'));
      expect(connections.at(-1)).toBe('live');
      refuse();
      expect(connections.at(-1)).toBe('lost');
      await jest.advanceTimersByTimeAsync(2_000);
      expect(asked).toBe(3);
      stop();
    });

    it('is lost while the order cannot be read either', async () => {
      let isAway = false;
      const { refuse, connections, stop } = listening(async () => {
        if (isAway) throw new Error('the gateway is away');
      });
      refuse();
      await jest.advanceTimersByTimeAsync(2_000);
      expect(connections.at(-1)).toBe('asking');
      isAway = true;
      refuse();
      await jest.advanceTimersByTimeAsync(4_000);
      expect(connections.at(-1)).toBe('lost');
      refuse();
      expect(connections.at(-1)).toBe('lost');
      stop();
    });

    it('requests nothing while the page is hidden', async () => {
      let asked = 0;
      const { look, refuse, stop } = listening(async () => void (asked += 1));
      refuse();
      look(true);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(asked).toBe(0);
      stop();
    });
  });
});
