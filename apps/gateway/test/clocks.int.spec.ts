// The clocks of the gateway and of another service differ by more than allowed. Nobody is signed out for it, and the answer names the
// reason.
import { SHENYANG, signedIn, startGateway, type Browser, type Gateway } from './gateway';

describe("a service whose clock differs from the gateway's", () => {
  let gateway: Gateway;
  let officer: Browser;
  let aheadMs = 0;
  beforeAll(async () => {
    gateway = await startGateway({}, { aheadMs: () => aheadMs });
    officer = await signedIn(gateway, 'shenyang-a');
  });

  const READ = `/api/institutions/${SHENYANG}`;
  it.each([
    ['ten minutes ahead', 600_000],
    ['ten minutes behind', -600_000],
    ['a day ahead', 86_400_000],
  ])('%s: 503 clock.skewed in Chinese, for reads and writes, and the session stays', async (_, ms) => {
    aheadMs = ms;
    for (const answer of [
      await officer.fetch(READ),
      await officer.post(`/api/orders/DRAFT-${SHENYANG}/sign`),
      await officer.fetch('/api/public/notices'),
    ]) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const problem = (await answer.json()) as Record<string, unknown>;
      expect(problem).toMatchObject({ code: 'clock.skewed' });
      expect(problem['title']).toMatch(/时钟.*gateway/);
    }
    expect((await officer.fetch('/api/me')).status).toBe(200);
    aheadMs = 0;
    expect((await officer.fetch(READ)).status).toBe(200);
  });
  it('four minutes ahead: calls are served', async () => {
    aheadMs = 240_000;
    expect((await officer.fetch(READ)).status).toBe(200);
    expect((await officer.post(`/api/orders/DRAFT-${SHENYANG}/sign`)).status).toBe(200);
  });
  it('reports that a parking list cannot be read, as for any service that does not answer', async () => {
    aheadMs = 600_000;
    const operator = await signedIn(gateway, 'operator');
    const { services } = (await (await operator.fetch('/api/parked')).json()) as { services: { unreachable?: true }[] };
    expect(services.every(({ unreachable }) => unreachable)).toBe(true);
  });
});
