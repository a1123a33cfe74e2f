// One name, several processes, as a headless service of Kubernetes answers: calls are shared, go on when a process ends, and reach a
// process that comes later.
import { experimental } from '@grpc/grpc-js';
import { edges, SECRET } from './fixtures/edge';

/** The addresses that the name means now; a test changes them, as a rollout does. */
let pods: string[] = [];

class Pods {
  constructor(
    _target: unknown,
    private readonly listener: experimental.ResolverListener,
  ) {}
  updateResolution(): void {
    const endpoints = pods.map((pod) => ({ addresses: [{ host: '127.0.0.1', port: Number(pod.split(':')[1]) }] }));
    setImmediate(() => this.listener(experimental.statusOrFromValue(endpoints), {}, null, ''));
  }
  destroy(): void {
    pods = [];
  }
  static getDefaultAuthority(): string {
    return 'pods';
  }
}
experimental.registerResolver('pods', Pods);

const NAME = 'pods:///approval';
const LIMIT_MS = 10_000;

/** Calls until the condition holds, or the limit has passed. */
const callUntil = async (call: () => Promise<unknown>, isEnough: () => boolean): Promise<void> => {
  const until = Date.now() + LIMIT_MS;
  while (!isEnough() && Date.now() < until) await call();
};

describe('a name that means several processes', () => {
  const { given } = edges();

  /** A process that answers with its own name, and counts its calls. */
  const process = async (name: string, connectionAgeMs?: number) => {
    const calls = { count: 0 };
    const edge = await given({ getInstitution: async () => ((calls.count += 1), { institution: { code: name } }) }, connectionAgeMs);
    return { ...edge, calls };
  };

  it('shares the calls among all', async () => {
    const [a, b] = [await process('a'), await process('b')];
    pods = [a.address, b.address];
    const client = a.client('gateway', 2_000, SECRET, NAME);
    // Both connections must stand before the shares are equal.
    await callUntil(
      () => client.getInstitution({ code: 'x' }),
      () => a.calls.count > 0 && b.calls.count > 0,
    );
    const before = [a.calls.count, b.calls.count];
    for (let call = 0; call < 20; call += 1) await client.getInstitution({ code: 'x' });
    expect([a.calls.count - (before[0] ?? 0), b.calls.count - (before[1] ?? 0)]).toEqual([10, 10]);
  });

  it('loses no call when one of them ends', async () => {
    const [a, b] = [await process('a'), await process('b')];
    pods = [a.address, b.address];
    const client = b.client('gateway', 2_000, SECRET, NAME);
    await callUntil(
      () => client.getInstitution({ code: 'x' }),
      () => a.calls.count > 0 && b.calls.count > 0,
    );
    let ended = false;
    const ending = a.stop().then(() => (ended = true));
    await callUntil(
      () => client.getInstitution({ code: 'x' }),
      () => ended,
    );
    await ending;
    const { count } = b.calls;
    for (let call = 0; call < 10; call += 1) await client.getInstitution({ code: 'x' });
    expect(b.calls.count - count).toBe(10);
  });

  it('reaches one that comes later, when the age of the connection ends', async () => {
    const [a, b] = [await process('a', 300), await process('b')];
    pods = [a.address];
    const client = a.client('gateway', 2_000, SECRET, NAME);
    await client.getInstitution({ code: 'x' });
    pods = [a.address, b.address];
    await callUntil(
      () => client.getInstitution({ code: 'x' }),
      () => b.calls.count > 0,
    );
    expect(b.calls.count).toBeGreaterThan(0);
  });
});
