// Transfers of packages to police and discipline. The agency signs for exactly what was signed here, whatever the agency or the network
// does in between. Each of its decisions is published once.
import { createHash } from 'node:crypto';
import { RowAsk, type ExchangeEffect, type PackageItem } from '@hengji/contracts/enforcement/v1/order';
import type { TestRow } from '@hengji/testing';
import { until } from '@hengji/testing';
import { codeOf, importAll, startService, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const agency of ['police', 'discipline'] as const) await service.agencies.mend(agency);
});

const actor = { officerId: 'o1', name: '测试', role: 'OPERATOR', authority: 'LN', institution: '' } as const;
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

const LETTER = Buffer.from('%PDF 移送书');
const REPORT = Buffer.from('调查报告:不考试就发证');

/** An item of the package whose bytes enforcement stores. */
const item = (id: string, name: string, content: Buffer, kind: 'documentId' | 'attachmentId' = 'attachmentId'): PackageItem => {
  service.enforcement.files.set(id, content);
  const none = { documentId: '', attachmentId: '' };
  return { name, mediaType: 'application/pdf', bytes: BigInt(content.length), sha256: sha256(content), ...none, [kind]: id };
};
const packageOf = (orderId: string): PackageItem[] => [
  item(`d-${orderId}`, '移送书', LETTER, 'documentId'),
  item(`a-${orderId}`, '调查报告', REPORT),
];

const row = (value: ExchangeEffect, over: object = {}): TestRow => ({ $case: 'exchange', value, signedCount: 1n, ...over });
const transfer = async (n: number, orderId: string, rows: TestRow[] = [row('TRANSFER_TO_POLICE')]): Promise<void> =>
  service.enforcement.issue({ orderId, scope: { institution: codeOf(n) }, rows, package: packageOf(orderId) });
const receipt = async (orderId: string, position = 1) => (await service.enforcement.receipt(orderId, position)).receipt;
const messages = async (orderId: string) =>
  (await service.exchange().listMessages({ actor, orderId, page: { after: '', limit: 100 } })).messages;
const letter = async (orderId: string) => (await messages(orderId)).find(({ kind }) => kind === 'transfer');
const reported = async (orderId: string) =>
  (await service.enforcement.reports()).filter(({ $case, value }) => $case !== 'rowProgressed' && value.orderId === orderId);
const told = async (n: number, $case: 'transferReceived' | 'transferDecided') =>
  (await service.told(codeOf(n))).flatMap((body) => (body.$case === $case ? [body.value] : []));
const residual = async (orderId: string, n: number, undo = false) => {
  const rows = [RowAsk.fromPartial({ row: 1, undo, effect: { $case: 'exchange', value: 'TRANSFER_TO_POLICE' } })];
  return (await service.participant.countResidual({ orderId, scope: { institution: codeOf(n) }, rows })).rows[0];
};

it('transfers the package with its bytes, by a hash list that both sides write alike, and closes the row with the receipt', async () => {
  await importAll(service.exchange('import'), uploads(1, 25));
  await transfer(1, 't1');
  await service.enforcement.repeat();
  expect(await receipt('t1')).toMatchObject({ matched: 1n, changed: 1n });
  const [got, ...others] = await service.agencies.transfers('police');
  expect(others).toEqual([]);
  expect(got).toMatchObject({
    orderId: 't1',
    items: [
      { name: '移送书', sha256: sha256(LETTER).toString('hex') },
      { name: '调查报告', sha256: sha256(REPORT).toString('hex') },
    ],
  });
  expect(await told(1, 'transferReceived')).toEqual([
    {
      orderId: 't1',
      row: 1,
      agency: 'POLICE',
      receiptNo: got?.receiptNo,
      packageSha256: Buffer.from(got?.packageSha256 ?? '', 'hex'),
    },
  ]);
  expect(await residual('t1', 1)).toMatchObject({ count: 0n });
});

it.each([
  ['down', { fault: 'down', times: 2 }],
  ['slow', { fault: 'slow', times: 1, delayMs: 5_000 }],
  ['lostAnswer', { fault: 'lostAnswer', times: 2 }],
  ['duplicateRow', { fault: 'duplicateRow', times: 2 }],
  ['partialRejection', { fault: 'partialRejection', times: 1, every: 1, code: '99' }],
])('delivers once to police that are %s', async (name, fault) => {
  const [n, orderId] = [10, `f-${name}`];
  await service.agencies.fault('police', fault);
  await transfer(n, orderId);
  expect(await receipt(orderId)).toMatchObject({ matched: 1n, changed: 1n });
  expect((await service.agencies.transfers('police')).filter((got) => got.orderId === orderId)).toHaveLength(1);
  expect((await told(n, 'transferReceived')).filter((event) => event.orderId === orderId)).toHaveLength(1);
});

it.each([
  ['names another hash', 'wrongHash', '回执的材料清单哈希不符'],
  ['is not signed by the agency', 'forgedReceipt', '回执签名不符'],
])('does not count a receipt that %s, and shows it', async (_what, fault, why) => {
  const orderId = `w-${fault}`;
  await service.agencies.fault('police', { fault, times: null });
  await transfer(20, orderId);
  const shown = await until(
    () => letter(orderId),
    (message) => (message?.tries ?? 0) >= 2 && message?.lastError !== '',
  );
  expect(shown).toMatchObject({ state: 'PENDING', acknowledged: 0, lastError: expect.stringContaining(why) });
  expect(await reported(orderId)).toEqual([]);
  expect(await residual(orderId, 20)).toMatchObject({ count: 1n, sample: ['POLICE'] });
  expect((await told(20, 'transferReceived')).filter((event) => event.orderId === orderId)).toEqual([]);
  await service.agencies.mend('police');
  expect(await receipt(orderId)).toMatchObject({ changed: 1n });
});

it('does not send a package that differs from the signed one, and sends it when it matches again', async () => {
  const items = packageOf('h1');
  service.enforcement.files.set('a-h1', Buffer.from('调查报告:改过'));
  await service.enforcement.issue({ orderId: 'h1', scope: { institution: codeOf(21) }, rows: [row('TRANSFER_TO_POLICE')], package: items });
  await until(
    () => letter('h1'),
    (message) => message?.lastError.includes('“调查报告”与签发时的哈希不符') ?? false,
  );
  service.enforcement.files.delete('d-h1');
  await until(
    () => letter('h1'),
    (message) => message?.lastError.includes('“移送书”暂时取不到') ?? false,
  );
  expect((await service.agencies.transfers('police')).filter((got) => got.orderId === 'h1')).toEqual([]);
  packageOf('h1');
  expect(await receipt('h1')).toMatchObject({ changed: 1n });
});

it('refuses a row without a package', async () => {
  await service.enforcement.issue({ orderId: 'e1', scope: { institution: codeOf(22) }, rows: [row('TRANSFER_TO_POLICE')] });
  expect(await service.enforcement.refusal('e1', 1)).toMatchObject({ reason: 'transfer.package_invalid' });
  expect(await messages('e1')).toEqual([]);
});

it('asks until the police decide, and publishes a refusal and the result of its reconsideration, each once', async () => {
  await transfer(30, 'q1');
  await receipt('q1');
  const inquiry = () => messages('q1').then((all) => all.find(({ kind }) => kind === 'inquiry'));
  await until(inquiry, (message) => (message?.tries ?? 0) >= 2 && message?.lastError === '对方尚未作出决定');
  await service.agencies.fault('police', { fault: 'down', times: 2 });
  const refusal = { accepted: false, decisionNo: '沈公不立〔2026〕1号', reason: '没有犯罪事实' };
  await service.agencies.decide('police', 'q1', refusal);
  const heard = await until(
    () => told(30, 'transferDecided'),
    ({ length }) => length > 0,
  );
  expect(heard).toEqual([{ orderId: 'q1', row: 1, agency: 'POLICE', ...refusal }]);
  const triesThen = (await inquiry())?.tries ?? 0;
  await until(inquiry, (message) => (message?.tries ?? 0) > triesThen + 2);
  const acceptance = { accepted: true, decisionNo: '沈公立〔2026〕9号', reason: '' };
  await service.agencies.decide('police', 'q1', acceptance);
  await until(inquiry, (message) => message?.state === 'ACKNOWLEDGED');
  expect(await told(30, 'transferDecided')).toEqual(
    [refusal, acceptance].map((said) => ({ orderId: 'q1', row: 1, agency: 'POLICE', ...said })),
  );
});

it('transfers to both, does not let one delay the other, and notifies both of the withdrawal', async () => {
  await service.agencies.fault('discipline', { fault: 'down', times: null });
  await transfer(40, 'b1', [row('TRANSFER_TO_DISCIPLINE'), row('TRANSFER_TO_POLICE')]);
  expect(await receipt('b1', 2)).toMatchObject({ changed: 1n });
  expect((await reported('b1')).map(({ value }) => value.row)).toEqual([2]);
  await service.agencies.mend('discipline');
  expect(await receipt('b1', 1)).toMatchObject({ changed: 1n });

  const undone = [row('TRANSFER_TO_DISCIPLINE', { row: 3, undoesRow: 1 }), row('TRANSFER_TO_POLICE', { row: 4, undoesRow: 2 })];
  await service.enforcement.lift({ orderId: 'b1', scope: { institution: codeOf(40) }, rows: undone });
  for (const position of [3, 4]) expect(await receipt('b1', position)).toMatchObject({ matched: 1n, changed: 1n });
  for (const agency of ['police', 'discipline'] as const) {
    expect((await service.agencies.transfers(agency)).find(({ orderId }) => orderId === 'b1')).toMatchObject({ withdrawn: true });
  }
  expect(await residual('b1', 40, true)).toMatchObject({ count: 0n });
  expect((await messages('b1')).filter(({ kind, state }) => kind === 'inquiry' && state === 'PENDING')).toEqual([]);
});

it('continues at the same place after a stop while the police are unavailable', async () => {
  await service.agencies.fault('police', { fault: 'lostAnswer', times: null });
  await transfer(50, 'k1');
  await until(
    () => service.agencies.transfers('police'),
    (all) => all.some(({ orderId }) => orderId === 'k1'),
  );
  await service.stop();
  await service.agencies.mend('police');
  await service.start();
  expect(await receipt('k1')).toMatchObject({ changed: 1n });
  expect((await service.agencies.transfers('police')).filter(({ orderId }) => orderId === 'k1')).toHaveLength(1);
});
