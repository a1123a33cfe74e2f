import { createLog, healthServer, startAll } from './index';

const log = createLog('test', 'silent');

describe('health server', () => {
  it.each([
    ['true', () => true, 200],
    ['false', () => false, 503],
    ['throws', () => Promise.reject(new Error('away')), 503],
  ])('is ready as its needs are: %s', async (_, ready, status) => {
    const health = healthServer({ service: 'exam', host: '127.0.0.1', port: 0, log, ready });
    const stop = await startAll([health]);
    const get = (path: string) => fetch(`http://127.0.0.1:${health.port()}${path}`);
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(status);
    expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
    expect((await get('/other')).status).toBe(404);
    await stop();
  });

  it('is alive but not ready while later parts start', async () => {
    const health = healthServer({ service: 'exam', host: '127.0.0.1', port: 0, log });
    const seen: number[] = [];
    const ask = async () => void seen.push((await fetch(`http://127.0.0.1:${health.port()}/readyz`)).status);
    const stop = await startAll([health, { name: 'slow', start: ask, stop: ask }]);
    await ask();
    await stop();
    expect(seen).toEqual([503, 200, 503]);
  });
});
