import { run, startAll, type Part } from './part';

const recorded = (fail: { start?: string; stop?: string } = {}) => {
  const heard: string[] = [];
  const part = (name: string): Part => ({
    name,
    start: async () => {
      heard.push(`start ${name}`);
      if (fail.start === name) throw new Error(`${name} failed`);
    },
    stop: async () => {
      heard.push(`stop ${name}`);
      if (fail.stop === name) throw new Error(`${name} did not stop`);
    },
    announce: (moment) => heard.push(`${name} ${moment}`),
  });
  return { heard, parts: ['a', 'b', 'c'].map(part) };
};

describe('parts', () => {
  const before = process.exitCode;
  afterEach(() => {
    process.exitCode = before;
  });

  it('start in order, get the announcements, and stop in reverse, once', async () => {
    const { heard, parts } = recorded();
    const stop = await startAll(parts);
    await Promise.all([stop(), stop()]);
    expect(heard).toEqual([
      ...['start a', 'start b', 'start c', 'a started', 'b started', 'c started'],
      ...['a stopping', 'b stopping', 'c stopping', 'stop c', 'stop b', 'stop a'],
    ]);
  });

  it('stop the started parts when one fails to start', async () => {
    const { heard, parts } = recorded({ start: 'b' });
    await expect(startAll(parts)).rejects.toThrow('b failed');
    expect(heard).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stop the others when one fails to stop, and report the failure', async () => {
    const { heard, parts } = recorded({ stop: 'b' });
    const stop = await startAll(parts);
    await expect(stop()).rejects.toMatchObject({ errors: [new Error('b did not stop')] });
    expect(heard.slice(-3)).toEqual(['stop c', 'stop b', 'stop a']);
  });

  it('run until a signal to stop: exit code 0', async () => {
    const { heard, parts } = recorded();
    const ending = new AbortController();
    const running = run([...parts, { name: 'd', start: async () => ending.abort(), stop: async () => undefined }], { stop: ending.signal });
    await running;
    expect(heard.at(-1)).toBe('stop a');
    expect(process.exitCode).toBe(0);
  });

  it('stop early while one of them is still starting: exit code 0', async () => {
    const { heard, parts } = recorded();
    const stop = new AbortController();
    const waiting: Part = {
      name: 'waiting',
      start: () => {
        heard.push('start waiting');
        stop.abort();
        return new Promise(() => undefined);
      },
      stop: async () => void heard.push('stop waiting'),
    };
    await run([...parts.slice(0, 1), waiting, ...parts.slice(1)], { stop: stop.signal });
    expect(heard).toEqual(['start a', 'start waiting', 'stop waiting', 'stop a']);
    expect(process.exitCode).toBe(0);
  });

  it('fail when a part fails to start: exit code 1', async () => {
    const { heard, parts } = recorded({ start: 'c' });
    await run(parts, { stop: new AbortController().signal });
    expect(heard.at(-1)).toBe('stop a');
    expect(process.exitCode).toBe(1);
  });
});
