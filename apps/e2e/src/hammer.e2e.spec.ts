// The hammer: ten thousand certificates, payments and results are asked for from many hands at once, with random pauses, while
// orders stop the institutions. After the time at which an order's last fence stood not one is made: nothing that was asked
// for later succeeds, and nothing that was under way slips in behind it. Uploads follow the certificates by themselves.
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import type { Result } from '@hengji/contracts/exam/v1/exam';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Json } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import { serviceClient, testPerson, until } from '@hengji/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Officer } from '../../../tools/province/src/officer';
import { recordsOf, recordsOnce } from './records-of';
import { type OrderJson, type Running, draft, orderReaches, sign, startRunning } from './running-platform';

const OPERATIONS = 10_000;
const HANDS = 48;
const INSTITUTIONS = 5;
const UNISSUED = 1_100;
const LONGEST_PAUSE_MS = 20;
const SPOIL = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

interface Blow {
  readonly what: 'issue' | 'pay' | 'record';
  readonly institution: string;
  readonly askedAt: number;
  /** Empty when it succeeded. */
  readonly refused: string;
}

/** An institution under the hammer, with what is left to issue and to pay on. */
interface Anvil {
  readonly institution: string;
  readonly session: Json<Result>;
  readonly results: string[];
  readonly unpaid: string[];
}

describe('orders under the hammer', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  const anvils: Anvil[] = [];
  let nextPerson = 2_000_000;

  const reach = (address: string, caller: string) => ({
    address: running.platform.addresses[address] ?? '',
    caller,
    secret: running.platform.environment['CALLER_SECRET'] ?? '',
  });

  /** Passed and published, and no certificate yet. */
  const importUnissued = async (like: Json<Result>): Promise<string[]> => {
    const exam = serviceClient(ExamServiceDefinition, reach('EXAM_ADDR', 'import'));
    const ids = Array.from({ length: UNISSUED }, (_, i) => `${like.sessionId}-H${String(i).padStart(4, '0')}`);
    const messages = async function* () {
      for (let from = 0; from < ids.length; from += 1_000) {
        const results = ids.slice(from, from + 1_000).map((resultId) => ({
          result: { ...like, resultId, person: '', passed: true, theoryTenths: 700, skillTenths: 700, state: 'PUBLISHED' as const },
          candidate: testPerson((nextPerson += 1)),
        }));
        yield { results };
      }
    };
    let imported = 0;
    for await (const answer of exam.importResults(messages())) imported += answer.imported;
    expect(imported).toBe(UNISSUED);
    exam.close();
    return ids;
  };

  beforeAll(async () => {
    running = await startRunning('hammer');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    for (const { code } of items.slice(0, INSTITUTIONS)) {
      const { plans, results, certificates, payments } = await recordsOf(drafter, code);
      const open = new Set(plans.filter((plan) => plan.state === 'PUBLISHED').map((plan) => plan.planId));
      const session = results.find((result) => open.has(result.planId));
      if (!session) throw new Error(`${code} has no open plan with a session`);
      const paid = new Set(payments.map((payment) => payment.certificateNumber));
      const unpaid = certificates.map((certificate) => certificate.number).filter((number) => !paid.has(number));
      anvils.push({ institution: code, session, results: await importUnissued(session), unpaid });
    }
  }, 240_000);
  afterAll(() => running?.stop());

  const hammer = () => {
    const exam = serviceClient(ExamServiceDefinition, reach('EXAM_ADDR', 'gateway'));
    const certificate = serviceClient(CertificateServiceDefinition, reach('CERTIFICATE_ADDR', 'gateway'));
    const subsidy = serviceClient(SubsidyServiceDefinition, reach('SUBSIDY_ADDR', 'gateway'));
    const blows: Blow[] = [];
    let left = OPERATIONS;

    const work: Record<Blow['what'], (anvil: Anvil, actor: Actor) => Promise<void>> = {
      issue: async (anvil, actor) => {
        const resultId = anvil.results.pop();
        if (resultId === undefined) return work.record(anvil, actor);
        const { certificates } = await certificate.issueCertificates({ requestId: randomUUID(), actor, resultIds: [resultId] });
        anvil.unpaid.push(...certificates.map(({ number }: Certificate) => number));
      },
      pay: async (anvil, actor) => {
        const certificateNumber = anvil.unpaid.shift();
        if (certificateNumber === undefined) return work.record(anvil, actor);
        const payments = [{ certificateNumber, fen: 100_000n, fundSource: 'UNEMPLOYMENT_INSURANCE' as const }];
        const officer = Actor.fromPartial({ officerId: 'hammer', role: 'PROVINCE_OFFICER', authority: 'LN' });
        await subsidy.paySubsidies({ requestId: randomUUID(), actor: officer, payments });
      },
      record: async (anvil, actor) => {
        const results = [{ candidate: testPerson((nextPerson += 1)), theoryTenths: 650, skillTenths: 650 }];
        await exam.recordResults({ requestId: randomUUID(), actor, sessionId: anvil.session.sessionId, results });
      },
    };

    const hand = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const anvil = anvils[Math.floor(Math.random() * anvils.length)] as Anvil;
        const what = (['issue', 'issue', 'pay', 'record'] as const)[Math.floor(Math.random() * 4)] ?? 'issue';
        const actor = Actor.fromPartial({ officerId: 'hammer', role: 'INSTITUTION', institution: anvil.institution, authority: 'LN' });
        // Not a wait for something to happen: the pauses are what makes the races random.
        await pause(Math.random() * LONGEST_PAUSE_MS);
        const askedAt = Date.now();
        const refused = await work[what](anvil, actor).then(
          () => '',
          (failure: unknown) => (failure instanceof Refusal ? failure.reason : `failed: ${String(failure)}`),
        );
        blows.push({ what, institution: anvil.institution, askedAt, refused });
      }
    };
    const done = Promise.all(Array.from({ length: HANDS }, hand)).then(() => [exam, certificate, subsidy].forEach((one) => one.close()));
    return { blows, done };
  };

  it('makes nothing after the fence, and orders reach everything that was made before', async () => {
    const { blows, done } = hammer();
    const orders: OrderJson[] = [];
    for (const [i, { institution }] of anvils.entries()) {
      // The first order comes early, the last late, so that there is much on either side of each.
      await until(
        () => Promise.resolve(blows.length),
        (count) => count > ((i + 1) * OPERATIONS) / (INSTITUTIONS + 2),
        { withinMs: 240_000 },
      );
      orders.push(await sign(signer, await draft(drafter, { institution, measures: ['STOP_EVALUATION'] })));
    }
    await done;

    const failed = [...new Set(blows.map((blow) => blow.refused))].filter((refused) => refused.startsWith('failed'));
    expect(failed).toEqual([]);
    for (const { orderId, scope } of orders) {
      const order = await orderReaches(signer, orderId, 'COMPLETED');
      const fencedAt = Date.parse(order.fencedAt ?? '');
      const own = blows.filter((blow) => blow.institution === scope?.institution);
      const after = own.filter((blow) => blow.askedAt > fencedAt);
      // There was much on both sides, or the hammer proves nothing.
      expect(own.filter((blow) => blow.askedAt < fencedAt && blow.refused === '').length).toBeGreaterThan(50);
      expect(after.length).toBeGreaterThan(50);
      expect(after.filter((blow) => blow.refused === '')).toEqual([]);
      expect(after.some((blow) => blow.refused === 'order.held')).toBe(true);
    }

    // And nothing that was under way slipped in behind: what the order counted when it stood is what there is.
    for (const { institution } of anvils) {
      const before = await recordsOf(drafter, institution);
      const order = await sign(signer, await draft(drafter, { institution, measures: SPOIL }));
      const spoilt = await orderReaches(signer, order.orderId, 'COMPLETED');
      expect(spoilt.residual).toBe(0);
      const records = await recordsOnce(drafter, institution, ({ certificates }) =>
        certificates.every((one) => one.uploadState !== 'UPLOADED'),
      );
      expect(records.certificates.length).toBe(before.certificates.length);
      expect(records.payments.length).toBe(before.payments.length);
      expect(records.results.length).toBe(before.results.length);
      expect(records.certificates.filter((one) => one.state !== 'VOIDED' || one.uploadState === 'UPLOADED')).toEqual([]);
      expect(records.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
      expect(records.recoveries.map((one) => one.paymentId).sort()).toEqual(records.payments.map((one) => one.paymentId).sort());
    }
  }, 600_000);
});
