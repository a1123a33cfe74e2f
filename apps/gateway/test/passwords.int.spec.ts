// Wrong passwords, by the thousand, at the demo's sign-in: guessing is slow, and the person is not locked out.
import { Browser, PASSWORD, startGateway, type Gateway } from './gateway';

const count = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length;

describe('wrong passwords', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ TRUSTED_PROXIES: '1', SIGN_INS_PER_MINUTE: '10000', RATE_LIMIT_PER_MINUTE: '100000' });
  });

  const browser = (address: string): Browser => new Browser(gateway.origin, { 'x-forwarded-for': address });
  /** Posts so many wrong passwords from this sign-in form, each from an address of its own. */
  const guess = async (login: string, times: number, addressOf: (n: number) => string): Promise<number[]> => {
    const form = await browser(addressOf(0)).form();
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1) statuses.push((await form.at(addressOf(n)).post(login, `wrong ${n}`)).status);
    return statuses;
  };

  it.each(['dalian-a', 'nobody'])('a thousand from one address: five are tried, at %s as well', async (login) => {
    const statuses = await guess(login, login === 'nobody' ? 20 : 1_000, () => (login === 'nobody' ? '198.51.100.2' : '198.51.100.1'));
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(count(statuses, 401)).toBeLessThan(12);
    expect(count(statuses, 401) + count(statuses, 429)).toBe(statuses.length);
  });

  it('from another address do not make the officer wait', async () => {
    const { url } = await browser('203.0.113.9').signIn('dalian-a');
    expect(url.pathname).toBe('/landed');
  });

  it('are counted together for all addresses of a household, however the addresses are written', async () => {
    const statuses = await guess('dalian-b', 60, (n) => (n % 2 ? `2001:db8:9:9::${n.toString(16)}` : `[2001:DB8:9:9:${n}::1]:${4000 + n}`));
    expect(count(statuses, 401)).toBeLessThan(12);
    const mapped = await guess('dalian-b', 60, (n) => ['203.0.113.77', '::ffff:203.0.113.77', '::ffff:cb00:714d'][n % 3] ?? '');
    expect(count(mapped, 401)).toBeLessThan(12);
  });

  it('from a thousand addresses: about thirty are tried; a known device or address still signs in, an unknown one does not', async () => {
    const known = browser('203.0.113.20');
    expect((await known.signIn('dalian-c')).url.pathname).toBe('/landed');
    const statuses = await guess('dalian-c', 1_000, (n) => `10.1.${n >> 8}.${n & 255}`);
    expect(count(statuses, 401)).toBeLessThan(40);
    const refused = await browser('203.0.113.21').signIn('dalian-c', PASSWORD);
    expect(refused.response.status).toBe(429);
    expect(Number(refused.response.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    known.headers['x-forwarded-for'] = '203.0.113.22';
    expect((await known.signIn('dalian-c')).url.pathname).toBe('/landed');
    expect((await browser('203.0.113.20').signIn('dalian-c')).url.pathname).toBe('/landed');
  });

  it('make no difference to a device known for another account: the device counts only for accounts that signed in on it', async () => {
    const own = browser('203.0.113.30');
    await own.signIn('dalian-d');
    await guess('dalian-e', 200, (n) => `10.2.0.${n}`);
    own.headers['x-forwarded-for'] = '203.0.113.31';
    expect((await own.signIn('dalian-e')).response.status).toBe(429);
    expect((await own.signIn('dalian-d')).url.pathname).toBe('/landed');
  });
});

it('limits how often one address may ask the demo provider', async () => {
  const gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: '5', TRUSTED_PROXIES: '1' });
  const asked = async (n: number) =>
    (await fetch(`${gateway.origin}/oidc/accounts`, { headers: { 'x-forwarded-for': `2001:db8:1:2::${n}` } })).status;
  const statuses = [];
  for (let n = 1; n <= 6; n += 1) statuses.push(await asked(n));
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});
it('limits how many passwords one address may send', async () => {
  const gateway = await startGateway({ SIGN_INS_PER_MINUTE: '4', TRUSTED_PROXIES: '1' });
  const form = await new Browser(gateway.origin, { 'x-forwarded-for': '203.0.113.1' }).form();
  const statuses = [];
  for (let n = 1; n <= 5; n += 1) statuses.push((await form.at('203.0.113.2').post(`somebody ${n}`, 'wrong')).status);
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
});
