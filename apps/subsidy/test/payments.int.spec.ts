// Payments made and imported: refusals, repeated requests, and requests at the same time.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { PaySubsidiesRequest, SubsidyServiceClient } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { query, until } from '@hengji/testing';
import { certificate, codeOf, importAll, numberOf, payment, payments, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
let gateway: SubsidyServiceClient;
let loader: SubsidyServiceClient;

beforeAll(async () => {
  service = await startService();
  gateway = service.subsidy('gateway');
  loader = service.subsidy('import');
  for (let i = 1; i <= 100; i += 1) service.certificates.set(numberOf(1, i), certificate(1, i));
  service.certificates.set(numberOf(1, 999), certificate(1, 999, 'VOIDED'));
});

afterEach(() => {
  delete service.hooks.beforeAnswer;
  service.obstacles.clear();
});

const actor = { officerId: 'u1', name: '经办', role: 'CITY_OFFICER', authority: '2101', institution: '' } as const;
const wanted = (i: number, over: object = {}) => ({
  certificateNumber: numberOf(1, i),
  fen: 200_000n,
  fundSource: 'UNEMPLOYMENT_INSURANCE' as const,
  ...over,
});
const request = (list: ReturnType<typeof wanted>[], over: Partial<PaySubsidiesRequest> = {}): PaySubsidiesRequest => ({
  requestId: randomUUID(),
  actor,
  payments: list,
  ...over,
});
const state = () =>
  query(
    service.url,
    `SELECT (SELECT count(*)::int FROM payment) AS payments, (SELECT count(*)::int FROM messaging.outbox) AS events, (SELECT count(*)::int FROM messaging.request) AS requests`,
  );

describe('paySubsidies', () => {
  it("pays on valid certificates, with certificate's facts, and publishes it once", async () => {
    const { payments: paid } = await gateway.paySubsidies(
      request([wanted(1), wanted(2), wanted(1, { fundSource: 'EMPLOYMENT_FUND', fen: 1n })]),
    );
    expect(paid).toEqual([
      payment(1, 1, { paymentId: `B${numberOf(1, 1)}-1`, paidOn: '2026-03-02' }),
      payment(1, 2, { paymentId: `B${numberOf(1, 2)}-1`, paidOn: '2026-03-02' }),
      payment(1, 1, { paymentId: `B${numberOf(1, 1)}-2`, paidOn: '2026-03-02', fundSource: 'EMPLOYMENT_FUND', fen: 1n }),
    ]);
    const events = await until(
      () => service.probe.events(TOPICS.subsidy),
      (all) => all.some(({ body }) => body?.$case === 'paymentsMade'),
    );
    expect(events.map(({ body }) => body)).toEqual([
      { $case: 'paymentsMade', value: { paymentIds: paid.map(({ paymentId }) => paymentId), fen: 400_001n, payments: paid } },
    ]);
  });

  it('gives the same answer to the same request, even when the certificate is void and the institution removed by then', async () => {
    const asked = request([wanted(3)]);
    const first = await gateway.paySubsidies(asked);
    service.certificates.set(numberOf(1, 3), certificate(1, 3, 'VOIDED'));
    service.obstacles.set(codeOf(1), 'filing.removed');
    const before = await state();
    expect(await gateway.paySubsidies(asked)).toEqual(first);
    expect(await state()).toEqual(before);
    await expect(gateway.paySubsidies({ ...asked, payments: [wanted(4)] })).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'request.reused',
    });
  });

  it.each<[string, PaySubsidiesRequest, string, string, string | undefined]>([
    ['no request id', request([wanted(10)], { requestId: '' }), 'invalid', 'request.id_missing', 'request_id'],
    ['nobody who asks', request([wanted(10)], { actor: undefined }), 'invalid', 'actor.missing', 'actor.role'],
    [
      'an institution paying',
      request([wanted(10)], { actor: { ...actor, role: 'INSTITUTION' } }),
      'forbidden',
      'actor.role_forbidden',
      'actor.role',
    ],
    ['nothing to pay', request([]), 'invalid', 'subsidy.nothing_to_pay', 'payments'],
    ['too many', request(Array.from({ length: 1001 }, () => wanted(10))), 'tooMuch', 'subsidy.too_many', 'payments'],
    [
      'a malformed number',
      request([wanted(10, { certificateNumber: 'x' })]),
      'invalid',
      'certificate.number_invalid',
      'payments[0].certificate_number',
    ],
    ['no money', request([wanted(10, { fen: 0n })]), 'invalid', 'subsidy.amount_invalid', 'payments[0].fen'],
    ['negative money', request([wanted(10), wanted(11, { fen: -200_000n })]), 'invalid', 'subsidy.amount_invalid', 'payments[1].fen'],
    ['no fund', request([wanted(10, { fundSource: 'UNSPECIFIED' })]), 'invalid', 'subsidy.fund_source_missing', 'payments[0].fund_source'],
    ['one twice', request([wanted(10), wanted(10)]), 'conflict', 'subsidy.paid_already', 'payments[1].certificate_number'],
    [
      'two institutions',
      request([wanted(10), wanted(10, { certificateNumber: numberOf(2, 1) })]),
      'invalid',
      'subsidy.other_institution',
      'payments[1].certificate_number',
    ],
    ['one paid before', request([wanted(10), wanted(1)]), 'conflict', 'subsidy.paid_already', 'payments[1].certificate_number'],
    [
      'a void certificate',
      request([wanted(10), wanted(999)]),
      'illegalMove',
      'subsidy.certificate_not_held',
      'payments[1].certificate_number',
    ],
    ['an unknown certificate', request([wanted(998)]), 'illegalMove', 'subsidy.certificate_not_held', 'payments[0].certificate_number'],
  ])('refuses %s and writes nothing', async (...[, asked, kind, reason, field]) => {
    const before = await state();
    await expect(gateway.paySubsidies(asked)).rejects.toMatchObject({ name: 'Refusal', kind, reason, detail: { field } });
    expect(await state()).toEqual(before);
  });

  it.each(['filing.removed', 'filing.held', 'filing.expired'])('does not pay where the filing says %s', async (reason) => {
    const asked = request([wanted(40), wanted(41)]);
    const before = await state();
    service.obstacles.set(codeOf(1), reason);
    await expect(gateway.paySubsidies(asked)).rejects.toMatchObject({
      kind: 'illegalMove',
      reason,
      detail: { field: 'payments[0].certificate_number', rule: 'N2.3a' },
    });
    expect(await state()).toEqual(before);
  });

  it('pays once when two requests arrive at the same time', async () => {
    const outcomes = await Promise.allSettled([
      gateway.paySubsidies(request([wanted(20), wanted(21)])),
      gateway.paySubsidies(request([wanted(21), wanted(20)])),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ reason: 'subsidy.paid_already' });
    expect(
      await query(service.url, 'SELECT count(*)::int AS n FROM payment WHERE certificate_number = ANY($1)', [
        [numberOf(1, 20), numberOf(1, 21)],
      ]),
    ).toEqual([{ n: 2 }]);
  });

  it('pays once when one request is sent twice at the same time', async () => {
    const asked = request([wanted(22)]);
    const [a, b] = await Promise.all([gateway.paySubsidies(asked), gateway.paySubsidies(asked)]);
    expect(a).toEqual(b);
  });

  it('does not pay when an order fences the certificate after certificate reported it valid', async () => {
    const scope = { institution: codeOf(1), certificates: [numberOf(1, 30)] };
    service.hooks.beforeAnswer = async () => {
      await service.participant.fence({ orderId: 'race', epoch: 1n, scope, standing: false });
    };
    const before = await query(service.url, 'SELECT count(*)::int AS n FROM payment');
    await expect(gateway.paySubsidies(request([wanted(31), wanted(30)]))).rejects.toMatchObject({
      kind: 'illegalMove',
      reason: 'order.held',
    });
    expect(await query(service.url, 'SELECT count(*)::int AS n FROM payment')).toEqual(before);
    await gateway.paySubsidies(request([wanted(31)]));
  });

  it('commits no payment behind a fence, whatever the order of the race', async () => {
    for (let i = 40; i < 80; i += 2) {
      const scope = { institution: codeOf(1), certificates: [numberOf(1, i), numberOf(1, i + 1)] };
      const pay = gateway.paySubsidies(request([wanted(i), wanted(i + 1)])).then(
        () => 'paid',
        (refusal: { reason: string }) => refusal.reason,
      );
      const [outcome] = await Promise.all([pay, service.participant.fence({ orderId: `race${i}`, epoch: 1n, scope, standing: true })]);
      // The targets of the order after the fence has answered are all that will ever exist.
      const rows = await query<{ n: number }>(service.url, 'SELECT count(*)::int AS n FROM payment WHERE certificate_number = ANY($1)', [
        scope.certificates,
      ]);
      expect([outcome, rows[0]?.n]).toEqual(outcome === 'paid' ? ['paid', 2] : ['order.held', 0]);
      await expect(gateway.paySubsidies(request([wanted(i, { fundSource: 'EMPLOYMENT_FUND' })]))).rejects.toMatchObject({
        reason: 'order.held',
      });
    }
  });
});

describe('importPayments', () => {
  it('adds once, publishes count and money, answers "already" to a repeat', async () => {
    expect(await importAll(loader, payments(3, 20), payments(3, 25))).toEqual([
      { imported: 20, already: 0 },
      { imported: 5, already: 20 },
    ]);
    expect(await importAll(loader, [payment(3, 1), payment(3, 1)])).toEqual([{ imported: 0, already: 2 }]);
    expect(await importAll(loader, [payment(3, 26), payment(3, 26)], [])).toEqual([
      { imported: 1, already: 1 },
      { imported: 0, already: 0 },
    ]);
    const told = await until(
      async () =>
        (await service.probe.events(TOPICS.subsidy)).filter(({ meta }) => meta?.institution === codeOf(3)).map(({ body }) => body?.value),
      (all) => all.length >= 3,
    );
    expect(told).toEqual([
      { count: 20, fen: 4_000_000n, payments: payments(3, 20) },
      { count: 5, fen: 1_000_000n, payments: payments(3, 25).slice(20) },
      { count: 1, fen: 200_000n, payments: [payment(3, 26)] },
    ]);
  });

  it.each([
    [
      'another payment under its id',
      [payment(4, 1), payment(3, 1, { fen: 1n })],
      'conflict',
      'subsidy.payment_taken',
      'payments[1].payment_id',
    ],
    [
      'another payment from the same fund',
      [payment(3, 1, { paymentId: 'other' })],
      'conflict',
      'subsidy.payment_taken',
      'payments[0].payment_id',
    ],
    [
      'two different ones in one message',
      [payment(4, 1), payment(4, 1, { planId: 'P' })],
      'conflict',
      'subsidy.payment_taken',
      'payments[1].payment_id',
    ],
    ['negative money', [payment(4, 1), payment(4, 2, { fen: -1n })], 'invalid', 'subsidy.amount_invalid', 'payments[1].fen'],
    ['a personal number', [payment(4, 1, { person: '210102197001010019' })], 'invalid', 'subsidy.payment_invalid', 'payments[0].person'],
    [
      'another institution than the number says',
      [payment(4, 1, { institution: codeOf(5) })],
      'invalid',
      'subsidy.payment_invalid',
      'payments[0].institution',
    ],
    ['a thousand and one', payments(4, 1001), 'tooMuch', 'import.too_many', 'payments'],
  ])('refuses the whole message for %s and writes nothing', async (...[, message, kind, reason, field]) => {
    const before = await state();
    await expect(importAll(loader, message)).rejects.toMatchObject({ kind, reason, detail: { field } });
    expect(await state()).toEqual(before);
  });

  it('refuses new payments inside a fence, but accepts repeats of known ones', async () => {
    await importAll(loader, payments(6, 2));
    await service.participant.fence({ orderId: 'i1', epoch: 1n, scope: { institution: codeOf(6) }, standing: true });
    expect(await importAll(loader, payments(6, 2))).toEqual([{ imported: 0, already: 2 }]);
    await expect(importAll(loader, payments(6, 3))).rejects.toMatchObject({ reason: 'order.held' });
    expect(await gateway.countPayments({ institution: codeOf(6) })).toMatchObject({ payments: 2n });
  });

  it('adds once when two loaders send the same at the same time, in any order and for several institutions', async () => {
    const message = [...payments(7, 200), ...payments(8, 200)];
    const [[a], [b]] = await Promise.all([importAll(loader, message), importAll(service.subsidy('import'), [...message].reverse())]);
    expect([(a?.imported ?? 0) + (b?.imported ?? 0), (a?.already ?? 0) + (b?.already ?? 0)]).toEqual([400, 400]);
  });
});

describe('lists and counts', () => {
  it('pages payments by id and counts money', async () => {
    await importAll(loader, payments(9, 5));
    const first = await gateway.listPayments({ institution: codeOf(9), page: { after: '', limit: 3 } });
    const second = await gateway.listPayments({ institution: codeOf(9), page: { after: first.next, limit: 3 } });
    expect([...first.payments, ...second.payments]).toEqual(payments(9, 5));
    expect(second.next).toBe('');
    expect(await gateway.countPayments({ institution: codeOf(9) })).toEqual({
      payments: 5n,
      paidFen: 1_000_000n,
      recoveries: 0n,
      recoveriesFen: 0n,
    });
    expect((await gateway.countPayments({ institution: '' })).payments).toBeGreaterThanOrEqual(5n);
  });

  it('refuses malformed requests', async () => {
    await expect(gateway.listPayments({ institution: '' })).rejects.toMatchObject({
      reason: 'institution.code_invalid',
      detail: { field: 'institution' },
    });
    await expect(gateway.countPayments({ institution: 'S1' })).rejects.toMatchObject({ reason: 'institution.code_invalid' });
    await expect(gateway.listRecoveries({ institution: '', orderId: 'a\u0000' })).rejects.toMatchObject({ reason: 'request.malformed' });
    await expect(gateway.listPayments({ institution: codeOf(9), page: { after: '', limit: 1001 } })).rejects.toMatchObject({
      reason: 'page.limit_invalid',
    });
    await expect(gateway.listPayments({ institution: codeOf(9), page: { after: "'", limit: 1 } })).rejects.toMatchObject({
      reason: 'page.cursor_invalid',
    });
  });

  it('refuses callers that are not in the table', async () => {
    await expect(loader.paySubsidies(request([wanted(90)]))).rejects.toMatchObject({ kind: 'forbidden', reason: 'caller.not_allowed' });
    await expect(importAll(gateway, payments(1, 1))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
