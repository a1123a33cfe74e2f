import { type Connection, listenWhileSeen } from './live-events';

/** What a browser gives: a page that is looked at or not, and streams that can be counted. */
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
  return { page: page as unknown as Document, open, openEvents, look };
};

describe('the event stream of an order', () => {
  it('is closed while nobody looks, and begins anew with the whole order on return', () => {
    const { page, open, openEvents, look } = browser();
    const heard: string[] = [];
    const connections: Connection[] = [];
    const stop = listenWhileSeen(
      { page, openEvents },
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

  it('is not opened by a tab that begins in the background', () => {
    const { page, open, openEvents, look } = browser();
    look(true);
    const stop = listenWhileSeen({ page, openEvents }, { event: () => undefined, connection: () => undefined });
    expect(open).toHaveLength(0);
    look(false);
    expect(open).toHaveLength(1);
    stop();
  });
});
