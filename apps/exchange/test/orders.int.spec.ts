// Orders at exchange: withdrawals from the ministry's platform, and notices to police and market regulator. Covers overlapping, lifted,
// repeated, refused and interrupted orders, and every fault of the agencies.
import { RowAsk, type ExchangeEffect } from '@hengji/contracts/enforcement/v1/order';
import type { TestRow } from '@hengji/testing';
import { query, until } from '@hengji/testing';
import { codeOf, importAll, issued, loadStanding, numberOf, startService, upload, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const agency of ['ministry', 'police', 'regulator'] as const) await service.agencies.mend(agency);
});

const actor = { officerId: 'o1', name: '测试', role: 'OPERATOR', authority: 'LN', institution: '' } as const;
const row = (value: ExchangeEffect, over: object = {}): TestRow => ({ $case: 'exchange', value, signedCount: 100_000n, ...over });
const withdraw = (over: object = {}): TestRow => row('WITHDRAW_UPLOADS', over);
const undo = (value: ExchangeEffect, position: number, undoesRow: number): TestRow => row(value, { row: position, undoesRow });
const restore = undo('WITHDRAW_UPLOADS', 2, 1);
type TestScope = { institution: string; sessions?: string[]; certificates?: string[] };

const asking = (value: ExchangeEffect, undone = false, position = 1) =>
  RowAsk.fromPartial({ row: position, undo: undone, effect: { $case: 'exchange', value } });
const preview = async (scope: TestScope, effect: ExchangeEffect = 'WITHDRAW_UPLOADS') =>
  (await service.participant.preview({ scope, rows: [asking(effect)] })).rows[0];
const residual = async (orderId: string, scope: TestScope, effect: ExchangeEffect = 'WITHDRAW_UPLOADS', undone = false) =>
  (await service.participant.countResidual({ orderId, scope, rows: [asking(effect, undone)] })).rows[0];
const receipt = async (orderId: string, position = 1) => (await service.enforcement.receipt(orderId, position)).receipt;
const counts = (n: number) => service.exchange().countUploads({ institution: codeOf(n) });
const messages = async (orderId: string) =>
  (await service.exchange().listMessages({ actor, orderId, page: { after: '', limit: 1000 } })).messages;
const numbersTold = async (n: number, $case: 'uploadsWithdrawn' | 'uploadsRestored', orderId: string): Promise<string[]> =>
  (await service.told(codeOf(n)))
    .flatMap((body) => (body.$case === $case && body.value.orderId === orderId ? body.value.numbers : []))
    .sort();
const reported = async (orderId: string) =>
  (await service.enforcement.reports()).filter(({ $case, value }) => $case !== 'rowProgressed' && value.orderId === orderId);

describe('WITHDRAW_UPLOADS', () => {
  it('withdraws what was previewed, in messages of a thousand, and restores exactly that when lifted', async () => {
    await loadStanding(service, 1, 2345);
    const scope = { institution: codeOf(1) };
    const all = uploads(1, 2345).map(({ number }) => number);
    expect(await preview(scope)).toMatchObject({ count: 2345n, people: 2345n, fen: 0n, sample: all.slice(0, 10) });
    expect(await residual('w1', scope)).toMatchObject({ count: 2345n });

    await service.enforcement.issue({ orderId: 'w1', scope, rows: [withdraw({ signedCount: 2345n })] });
    expect(await receipt('w1')).toMatchObject({ matched: 2345n, changed: 2345n, already: 0n });
    expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 0, withdrawn: 2345 });
    expect(await residual('w1', scope)).toMatchObject({ count: 0n });
    expect(await counts(1)).toEqual({ uploaded: 0n, withdrawn: 2345n });
    expect(await numbersTold(1, 'uploadsWithdrawn', 'w1')).toEqual(all);
    expect((await messages('w1')).map(({ items, state, row: position }) => [items, state, position]).sort()).toEqual([
      [1000, 'ACKNOWLEDGED', 1],
      [1000, 'ACKNOWLEDGED', 1],
      [345, 'ACKNOWLEDGED', 1],
    ]);

    await service.enforcement.lift({ orderId: 'w1', scope, rows: [restore] });
    expect(await receipt('w1', 2)).toMatchObject({ matched: 2345n, changed: 2345n, already: 0n });
    expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 2345, withdrawn: 0 });
    expect(await residual('w1', scope, 'WITHDRAW_UPLOADS', true)).toMatchObject({ count: 0n });
    expect(await numbersTold(1, 'uploadsRestored', 'w1')).toEqual(all);
    await service.enforcement.repeat();
    await service.enforcement.issue({ orderId: 'w1-again', scope: { institution: codeOf(999) }, rows: [] });
    expect(await reported('w1')).toHaveLength(2);
    expect(await counts(1)).toEqual({ uploaded: 2345n, withdrawn: 0n });
  });

  it('changes only what the scope covers, and counts what the platform does not have as withdrawn', async () => {
    await importAll(service.exchange('import'), uploads(2, 30));
    const scope = { institution: codeOf(2), sessions: ['P2-2'] };
    await service.enforcement.issue({ orderId: 'w2', scope, rows: [withdraw()] });
    expect(await receipt('w2')).toMatchObject({ matched: 10n, changed: 10n });
    expect(await counts(2)).toEqual({ uploaded: 20n, withdrawn: 10n });
    expect(await numbersTold(2, 'uploadsWithdrawn', 'w2')).toEqual(
      uploads(2, 20)
        .slice(10)
        .map(({ number }) => number),
    );
  });

  it('has nothing to do where nothing is at the platform', async () => {
    await service.enforcement.issue({ orderId: 'w0', scope: { institution: codeOf(900) }, rows: [withdraw({ signedCount: 0n })] });
    expect(await receipt('w0')).toMatchObject({ matched: 0n, changed: 0n });
  });

  it('refuses to change more than was signed, before any change', async () => {
    await loadStanding(service, 3, 12);
    await service.enforcement.issue({ orderId: 'w3', scope: { institution: codeOf(3) }, rows: [withdraw({ signedCount: 11n })] });
    expect(await service.enforcement.refusal('w3', 1)).toMatchObject({ reason: 'order.more_than_signed' });
    expect(await service.agencies.count(codeOf(3))).toEqual({ standing: 12, withdrawn: 0 });
    expect(await messages('w3')).toEqual([]);
  });

  it.each([1, 2])('keeps an upload away while one of two orders demands it (lifting order %i first)', async (first) => {
    const n = 3 + first;
    const [one, two] = first === 1 ? ['a', 'b'] : ['b', 'a'];
    await loadStanding(service, n, 30);
    const scopes = { a: { institution: codeOf(n), sessions: [`P${n}-1`, `P${n}-2`] }, b: { institution: codeOf(n) } };
    await service.enforcement.issue({ orderId: `a${n}`, scope: scopes.a, rows: [withdraw()] });
    expect(await receipt(`a${n}`)).toMatchObject({ matched: 20n, changed: 20n });
    await service.enforcement.issue({ orderId: `b${n}`, epoch: 2n, scope: scopes.b, rows: [withdraw()] });
    expect(await receipt(`b${n}`)).toMatchObject({ matched: 30n, changed: 10n, already: 20n });

    const shared = first === 1 ? 20 : 20;
    const [firstScope, secondScope] = [scopes[one as 'a'], scopes[two as 'a']];
    await service.enforcement.lift({ orderId: `${one}${n}`, scope: firstScope, rows: [restore] });
    await receipt(`${one}${n}`, 2);
    expect((await service.agencies.count(codeOf(n))).withdrawn).toBe(first === 1 ? 30 : shared);
    expect(await residual(`${two}${n}`, secondScope)).toMatchObject({ count: 0n });
    expect(await residual(`${one}${n}`, firstScope, 'WITHDRAW_UPLOADS', true)).toMatchObject({ count: 0n });
    await service.enforcement.lift({ orderId: `${two}${n}`, scope: secondScope, rows: [restore] });
    await receipt(`${two}${n}`, 2);
    expect(await service.agencies.count(codeOf(n))).toEqual({ standing: 30, withdrawn: 0 });
  });

  it.each([
    ['down', { fault: 'down', times: 3 }],
    ['slow', { fault: 'slow', times: 2, delayMs: 5_000 }],
    ['lostAnswer', { fault: 'lostAnswer', times: 2 }],
    ['duplicateRow', { fault: 'duplicateRow', times: 2 }],
    ['wrongRowCount', { fault: 'wrongRowCount', times: 2 }],
    ['partialRejection with 99', { fault: 'partialRejection', times: 2, every: 3, code: '99' }],
  ])('withdraws and restores while the ministry is %s', async (fault, how) => {
    const n = 10 + ['down', 'slow', 'lostAnswer', 'duplicateRow', 'wrongRowCount', 'partialRejection with 99'].indexOf(fault);
    await loadStanding(service, n, 20);
    const scope = { institution: codeOf(n) };
    await service.agencies.fault('ministry', how);
    await service.enforcement.issue({ orderId: `f${n}`, scope, rows: [withdraw()] });
    expect(await receipt(`f${n}`)).toMatchObject({ matched: 20n, changed: 20n });
    expect(await service.agencies.count(codeOf(n))).toEqual({ standing: 0, withdrawn: 20 });
    await service.agencies.fault('ministry', how);
    await service.enforcement.lift({ orderId: `f${n}`, scope, rows: [restore] });
    expect(await receipt(`f${n}`, 2)).toMatchObject({ matched: 20n, changed: 20n });
    expect(await service.agencies.count(codeOf(n))).toEqual({ standing: 20, withdrawn: 0 });
    expect(await numbersTold(n, 'uploadsWithdrawn', `f${n}`)).toHaveLength(20);
    expect(await numbersTold(n, 'uploadsRestored', `f${n}`)).toHaveLength(20);
  });

  it('stays open while the ministry refuses a row, shows the row, and is done when the row is sent again and accepted', async () => {
    await loadStanding(service, 20, 10);
    const scope = { institution: codeOf(20) };
    await service.agencies.fault('ministry', { fault: 'partialRejection', times: 1, every: 5, code: '04' });
    await service.enforcement.issue({ orderId: 'r1', scope, rows: [withdraw()] });
    const [message] = await until(
      () => messages('r1'),
      ([found]) => found?.state === 'PARTLY_REJECTED',
    );
    expect(message).toMatchObject({ acknowledged: 8, rejected: 2 });
    expect(await residual('r1', scope)).toMatchObject({ count: 2n, sample: [numberOf(20, 1), numberOf(20, 6)] });
    expect(await reported('r1')).toEqual([]);
    await service.exchange().retryMessage({ messageId: message?.messageId ?? '', actor });
    expect(await receipt('r1')).toMatchObject({ matched: 10n, changed: 10n });
    expect(await residual('r1', scope)).toMatchObject({ count: 0n });
  });

  it('withdraws uploads that were in flight when the order came, after the ministry has them', async () => {
    await service.agencies.fault('ministry', { fault: 'lostAnswer', times: null });
    await service.certificates(codeOf(21), issued(uploads(21, 5)));
    await until(
      async () => (await service.agencies.count(codeOf(21))).standing,
      (standing) => standing === 5,
    );
    const scope = { institution: codeOf(21) };
    expect(await preview(scope)).toMatchObject({ count: 5n });
    await service.enforcement.issue({ orderId: 's1', scope, rows: [withdraw()] });
    await until(
      () => query<{ n: number }>(service.url, `SELECT count(*)::int AS n FROM upload_claim WHERE order_id = 's1'`),
      ([seen]) => seen?.n === 5,
    );
    expect(await reported('s1')).toEqual([]);
    await service.agencies.mend('ministry');
    expect(await receipt('s1')).toMatchObject({ matched: 5n, changed: 5n });
    expect(await service.agencies.count(codeOf(21))).toEqual({ standing: 0, withdrawn: 5 });
  });

  it('keeps away uploads that waited when the order came, without counting them, until the order is lifted', async () => {
    const scope = { institution: codeOf(22) };
    await loadStanding(service, 22, 3);
    await service.participant.fence({ orderId: 'q1', epoch: 1n, scope, standing: false });
    await service.certificates(codeOf(22), issued([upload(22, 4), upload(22, 5)]));
    await until(
      () => query<{ n: number }>(service.url, `SELECT count(*)::int AS n FROM upload WHERE institution = '${codeOf(22)}'`),
      ([seen]) => seen?.n === 5,
    );
    await service.enforcement.issue({ orderId: 'q1', scope, rows: [withdraw({ signedCount: 3n })] });
    expect(await receipt('q1')).toMatchObject({ matched: 3n, changed: 3n });
    await service.enforcement.complete(codeOf(22), 'q1');
    await service.certificates(codeOf(22), issued([upload(22, 6)]));
    // The sixth is sent although it was issued last: the hold is gone, and no order claims it.
    await until(
      () => service.agencies.count(codeOf(22)),
      ({ standing }) => standing === 1,
    );
    expect(await service.agencies.stateOf(numberOf(22, 4))).toBe('unknown');
    await service.enforcement.lift({ orderId: 'q1', scope, rows: [restore] });
    expect(await receipt('q1', 2)).toMatchObject({ matched: 3n, changed: 3n });
    await until(
      () => service.agencies.count(codeOf(22)),
      ({ standing }) => standing === 6,
    );
  });

  it('continues at the same place after a stop in the middle, with the same message ids', async () => {
    await loadStanding(service, 23, 3_000);
    const scope = { institution: codeOf(23) };
    const before = (await service.agencies.requests()).ministry.ids;
    await service.agencies.fault('ministry', { fault: 'lostAnswer', times: null });
    await service.enforcement.issue({ orderId: 'k1', scope, rows: [withdraw()] });
    await until(
      async () => (await service.agencies.count(codeOf(23))).withdrawn,
      (withdrawn) => withdrawn >= 1_000,
    );
    await service.stop();
    await service.agencies.mend('ministry');
    await service.start();
    expect(await receipt('k1')).toMatchObject({ matched: 3000n, changed: 3000n });
    expect(await service.agencies.count(codeOf(23))).toEqual({ standing: 0, withdrawn: 3000 });
    expect(await numbersTold(23, 'uploadsWithdrawn', 'k1')).toEqual(uploads(23, 3_000).map(({ number }) => number));
    expect((await service.agencies.requests()).ministry.ids - before).toBe(3);
    expect(await reported('k1')).toHaveLength(1);
  });
});

describe('NOTIFY_POLICE and NOTIFY_MARKET_REGULATOR', () => {
  const scope = { institution: codeOf(50) };
  const rows = [row('NOTIFY_POLICE', { signedCount: 1n }), row('NOTIFY_MARKET_REGULATOR', { signedCount: 1n })];
  const lifting = [undo('NOTIFY_POLICE', 3, 1), undo('NOTIFY_MARKET_REGULATOR', 4, 2)];

  it('notifies each of them once, and once more when the order is lifted', async () => {
    expect(await preview(scope, 'NOTIFY_POLICE')).toMatchObject({ count: 1n, sample: ['POLICE'] });
    expect(await residual('n1', scope, 'NOTIFY_POLICE')).toMatchObject({ count: 1n, sample: ['POLICE'] });
    await service.agencies.fault('police', { fault: 'lostAnswer', times: 1 });
    await service.agencies.fault('regulator', { fault: 'partialRejection', times: 1, every: 1, code: '99' });
    await service.enforcement.issue({ orderId: 'n1', scope, rows });
    await service.enforcement.repeat();
    for (const position of [1, 2]) expect(await receipt('n1', position)).toMatchObject({ matched: 1n, changed: 1n });
    for (const agency of ['police', 'regulator'] as const)
      expect(await service.agencies.notices(agency)).toEqual([
        expect.objectContaining({ orderId: 'n1', about: 'order', documentNo: '辽人社鉴处〔2026〕n1号' }),
      ]);
    const told = (await service.told(codeOf(50))).filter(({ $case }) => $case === 'noticeAcknowledged');
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({
      $case: 'noticeAcknowledged',
      value: { orderId: 'n1', agency: 'POLICE', receiptNo: expect.stringMatching(/^police-/) },
    });
    expect(await residual('n1', scope, 'NOTIFY_POLICE')).toMatchObject({ count: 0n });
    expect(await residual('n1', scope, 'NOTIFY_POLICE', true)).toMatchObject({ count: 1n });

    await service.enforcement.lift({ orderId: 'n1', scope, rows: lifting });
    for (const position of [3, 4]) expect(await receipt('n1', position)).toMatchObject({ matched: 1n, changed: 1n });
    expect((await service.agencies.notices('police')).map(({ about }) => about)).toEqual(['order', 'lifting']);
    // Each lifting notifies by its own row, so the requesting row is the lifting's row.
    const asked = { orderId: 'n1', scope, rows: [asking('NOTIFY_MARKET_REGULATOR', true, 4)] };
    expect((await service.participant.countResidual(asked)).rows[0]).toMatchObject({ count: 0n });
  });

  it('does not let an unavailable agency delay the others', async () => {
    const away = { institution: codeOf(51) };
    await loadStanding(service, 51, 10);
    await service.agencies.fault('police', { fault: 'down', times: null });
    await service.enforcement.issue({ orderId: 'n2', scope: away, rows: [...rows, withdraw()] });
    await receipt('n2', 2);
    await receipt('n2', 3);
    const [notice] = (await messages('n2')).filter(({ agency }) => agency === 'POLICE');
    expect(notice).toMatchObject({ state: 'PENDING', items: 1, acknowledged: 0 });
    await until(
      async () => (await messages('n2')).find(({ agency }) => agency === 'POLICE'),
      (message) => (message?.tries ?? 0) >= 3 && message?.lastError !== '',
    );
    expect((await service.exchange().retryMessage({ messageId: notice?.messageId ?? '', actor })).message).toMatchObject({
      state: 'PENDING',
    });
    await service.agencies.mend('police');
    await receipt('n2', 1);
  });
});
