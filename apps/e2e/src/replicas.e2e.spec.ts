// Two processes of every service at once, as during an upgrade: they share database, consumer group, tasks and outbox, and an
// order ends as if there were one. HENGJI_OTHER_DIST takes the second processes from another build (its dist folder): so a
// release is tried beside the one before it.
import { join } from 'node:path';
import type { Officer } from '../../../tools/province/src/officer';
import { recordsOf, recordsOnce } from './records-of';
import { type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const TWICE = ['approval', 'exam', 'certificate', 'subsidy', 'exchange', 'enforcement'];
const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
const otherDist = process.env['HENGJI_OTHER_DIST'];

describe('two processes of every service', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institutions: string[];

  beforeAll(async () => {
    running = await startRunning('replicas');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    institutions = items.map(({ code }) => code);
    for (const name of TWICE) await running.platform.replica(name, otherDist && join(otherDist, 'apps', name, 'main.js'));
  }, 240_000);
  afterAll(() => running?.stop());

  it.each([3, 4, 5])(
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
});
