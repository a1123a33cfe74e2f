// Two processes of every service at once, as during an upgrade. They share database, consumer group, tasks and outbox, and
// an order ends as with one process. The second processes come from the last released commit (tools/test/released.mts), or
// from the build in HENGJI_OTHER_DIST. The test therefore fails if two versions do not understand each other's messages,
// rows and locks.
import { join } from 'node:path';
import { PUBLISHERS } from '@hengji/contracts';
import type { Officer } from '../../../tools/province/src/officer';
import { releasedBuild } from '../../../tools/test/released-build.mts';
import { recordsOf, recordsOnce } from './records-of';
import { type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const TWICE = PUBLISHERS;
const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

/** Events that a process has consumed from Kafka. */
const consumedBy = async (metricsUrl: string): Promise<number> => {
  const text = await (await fetch(metricsUrl)).text();
  return [...text.matchAll(/^hengji_consumed_total\{[^}]*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
};

interface Both {
  readonly name: string;
  readonly first: string;
  readonly second: string;
  /** What the first process had consumed before the second existed. */
  readonly before: number;
}

describe('two processes of every service', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];
  const both: Both[] = [];

  beforeAll(async () => {
    // The released version may be from before records were sealed.
    running = await startRunning('replicas', { environment: { ACCEPT_UNSEALED_RECORDS: 'true' } });
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = items.map(({ code }) => code);
    const otherDist = process.env['HENGJI_OTHER_DIST'] ?? releasedBuild()?.dist;
    for (const name of TWICE) {
      const first = running.platform.metricsUrl(name);
      const before = await consumedBy(first);
      const { metricsUrl } = await running.platform.replica(name, otherDist && join(otherDist, 'apps', name, 'main.js'));
      both.push({ name, first, second: metricsUrl, before });
    }
  }, 360_000);
  afterAll(() => running?.stop());

  it.each([3, 4, 5, 6, 7, 8])(
    'carry order %i out once',
    async (i) => {
      const institution = institutions[i] ?? '';
      const before = await recordsOf(drafter, institution);
      const order = await sign(signer, await draft(drafter, { institution, measures: MEASURES }));
      const done = await orderReaches(signer, order.orderId, 'COMPLETED');
      expect(done.residual).toBe(0);
      const after = await recordsOnce(drafter, institution, ({ certificates }) =>
        certificates.every((one) => one.uploadState !== 'UPLOADED'),
      );
      expect(after.certificates.filter((one) => one.state !== 'VOIDED')).toEqual([]);
      expect(after.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
      expect(after.recoveries.map((one) => one.paymentId).sort()).toEqual(before.payments.map((one) => one.paymentId).sort());
    },
    120_000,
  );

  it('both worked: each consumed events that the other did not', async () => {
    const shares = await Promise.all(
      both.map(async ({ name, first, second, before }) => {
        const [byFirst, bySecond] = [(await consumedBy(first)) - before, await consumedBy(second)];
        return { name, byFirst, bySecond, isShared: byFirst > 0 && bySecond > 0 };
      }),
    );
    // Kafka decides which process gets the events of which institution; with six institutions, few services leave one
    // process idle.
    expect({ shares, most: shares.filter(({ isShared }) => isShared).length >= 4 }).toMatchObject({ most: true });
    expect(shares.reduce((sum, { bySecond }) => sum + bySecond, 0)).toBeGreaterThan(0);
  });
});
