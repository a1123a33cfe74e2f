// Uploading: an issued certificate reaches the ministry once, whatever the ministry does; a held one waits; one that the ministry already
// has is imported.
import { TOPICS } from '@hengji/contracts';
import { until } from '@hengji/testing';
import { codeOf, importAll, issued, numberOf, startService, upload, uploads, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});
afterEach(() => service.agencies.mend('ministry'));

const uploaded = (n: number, count: number) =>
  until(
    () => service.exchange().countUploads({ institution: codeOf(n) }),
    (counts) => counts.uploaded === BigInt(count),
    { withinMs: 20_000 },
  );
const accepted = async (n: number): Promise<string[]> =>
  (await service.told(codeOf(n))).flatMap((body) => (body.$case === 'uploadsAccepted' ? body.value.numbers : []));
const actor = { officerId: 'o1', name: '测试', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '' } as const;
const messages = async (n: number) =>
  (await service.exchange().listMessages({ actor, page: { after: '', limit: 1000 } })).messages.filter(
    ({ institution }) => institution === codeOf(n),
  );

it('uploads issued certificates once, in messages of a thousand, and publishes the result', async () => {
  await service.certificates(codeOf(1), issued(uploads(1, 1000)));
  await service.certificates(codeOf(1), issued(Array.from({ length: 200 }, (_, i) => upload(1, 1001 + i))));
  await service.certificates(codeOf(1), { $case: 'certificatesImported', value: { certificates: [] } });
  await uploaded(1, 1200);
  expect(await service.agencies.count(codeOf(1))).toEqual({ standing: 1200, withdrawn: 0 });
  const told = await accepted(1);
  expect([...told].sort()).toEqual(uploads(1, 1200).map(({ number }) => number));
  for (const message of await messages(1))
    expect(message).toMatchObject({ agency: 'MINISTRY', kind: 'upload', state: 'ACKNOWLEDGED', tries: 1, rejected: 0 });
});

describe.each([
  ['down', { fault: 'down', times: 3 }],
  ['slow', { fault: 'slow', times: 2, delayMs: 5_000 }],
  ['lostAnswer', { fault: 'lostAnswer', times: 2 }],
  ['duplicateRow', { fault: 'duplicateRow', times: 2 }],
  ['wrongRowCount', { fault: 'wrongRowCount', times: 2 }],
])('a ministry that is %s', (fault, how) => {
  const n = 10 + ['down', 'slow', 'lostAnswer', 'duplicateRow', 'wrongRowCount'].indexOf(fault);
  it('gets the same id again until it answers correctly, and takes each certificate once', async () => {
    await service.agencies.fault('ministry', how);
    const before = (await service.agencies.requests()).ministry;
    await service.certificates(codeOf(n), issued(uploads(n, 20)));
    await uploaded(n, 20);
    const after = (await service.agencies.requests()).ministry;
    const all = await messages(n);
    expect(after.ids - before.ids).toBe(all.length);
    expect(after.requests - before.requests).toBe(all.length + how.times);
    expect(all.reduce((tries, message) => tries + message.tries, 0)).toBe(all.length + how.times);
    expect((await accepted(n)).sort()).toEqual(uploads(n, 20).map(({ number }) => number));
  });
});

it('sends rows again that failed inside the ministry, and shows the rejected ones', async () => {
  await service.agencies.fault('ministry', { fault: 'partialRejection', times: 1, every: 4, code: '99' });
  await service.certificates(codeOf(20), issued(uploads(20, 8)));
  await uploaded(20, 8);
  expect((await messages(20)).map(({ items, acknowledged, rejected, state }) => [items, acknowledged, rejected, state])).toEqual([
    [2, 2, 0, 'ACKNOWLEDGED'],
    [8, 6, 0, 'ACKNOWLEDGED'],
  ]);

  await service.agencies.fault('ministry', { fault: 'partialRejection', times: 1, every: 4, code: '04' });
  await service.certificates(codeOf(21), issued(uploads(21, 8)));
  await uploaded(21, 6);
  const [message] = await messages(21);
  expect(message).toMatchObject({ items: 8, acknowledged: 6, rejected: 2, state: 'PARTLY_REJECTED' });
  const told = await service.told(codeOf(21));
  expect(told).toContainEqual({ $case: 'uploadsRejected', value: { numbers: [numberOf(21, 1), numberOf(21, 5)], codes: ['04', '04'] } });

  const messageId = message?.messageId ?? '';
  const retried = await service.exchange().retryMessage({ messageId, actor });
  expect(retried.message).toMatchObject({ items: 2, state: 'PENDING' });
  await uploaded(21, 8);
  await expect(service.exchange().retryMessage({ messageId, actor })).rejects.toMatchObject({ reason: 'message.nothing_to_retry' });
  await expect(service.exchange().retryMessage({ messageId: retried.message?.messageId ?? '', actor })).rejects.toMatchObject({
    reason: 'message.acknowledged',
  });
  await expect(service.exchange().retryMessage({ messageId: 'nobody', actor })).rejects.toMatchObject({ reason: 'message.unknown' });
});

it('holds what a fence covers, sends the rest, and sends what waited after the fence, except certificates void by then', async () => {
  const scope = { institution: codeOf(30), sessions: ['P30-1'] };
  await service.participant.fence({ orderId: 'f1', epoch: 1n, scope, standing: true });
  await service.certificates(codeOf(30), issued(uploads(30, 20)));
  await uploaded(30, 10);
  expect(await service.agencies.stateOf(numberOf(30, 1))).toBe('unknown');
  const fault = { orderId: 'f1', documentNo: '', voidedAt: new Date(), numbers: [numberOf(30, 1), numberOf(30, 2)] };
  await service.certificates(codeOf(30), { $case: 'certificatesVoided', value: fault });
  await service.certificates(codeOf(30), { $case: 'certificatesReinstated', value: { orderId: 'f1', numbers: [numberOf(30, 2)] } });
  await service.enforcement.complete(codeOf(30), 'f1', true);
  await uploaded(30, 19);
  expect(await service.agencies.stateOf(numberOf(30, 1))).toBe('unknown');
  expect(await service.agencies.stateOf(numberOf(30, 2))).toBe('standing');
});

describe('ImportUploads', () => {
  it('takes numbers and codes as a file has them', async () => {
    const one = upload(45, 1);
    const asTyped = {
      number: ` ${one.number.toLowerCase()} `,
      institution: one.institution.toLowerCase(),
      occupation: '６－３１－０１－０３',
    };
    expect(await importAll(service.exchange('import'), [{ ...one, ...asTyped }], [one])).toEqual([
      { imported: 1, already: 0 },
      { imported: 0, already: 1 },
    ]);
  });

  it('imports what the ministry has, counts what is known, and sends nothing', async () => {
    expect(await importAll(service.exchange('import'), uploads(40, 5), uploads(40, 7))).toEqual([
      { imported: 5, already: 0 },
      { imported: 2, already: 5 },
    ]);
    expect(await service.exchange().countUploads({ institution: codeOf(40) })).toEqual({ uploaded: 7n, withdrawn: 0n });
    expect(await messages(40)).toEqual([]);
  });

  it.each([
    [
      'a malformed number',
      { number: 'S1' },
      { kind: 'invalid', reason: 'certificate.number_invalid', detail: { field: 'uploads[1].number' } },
    ],
    ['a foreign institution', { institution: codeOf(1) }, { reason: 'upload.invalid', detail: { field: 'uploads[1].institution' } }],
    ['no person', { person: '' }, { reason: 'upload.invalid', detail: { field: 'uploads[1].person' } }],
    ['a day that is none', { examDate: '2026-02-30' }, { reason: 'upload.invalid', detail: { field: 'uploads[1].exam_date' } }],
    ['a number twice', { number: numberOf(41, 1) }, { reason: 'upload.twice', detail: { field: 'uploads[1].number' } }],
  ])('refuses a message with %s as a whole', async (_what, wrong, refusal) => {
    await expect(importAll(service.exchange('import'), [upload(41, 1), { ...upload(41, 2), ...wrong }])).rejects.toMatchObject(refusal);
    expect(await service.exchange().countUploads({ institution: codeOf(41) })).toEqual({ uploaded: 0n, withdrawn: 0n });
  });

  it('refuses other contents for a known number, too many rows, and what a fence covers', async () => {
    await importAll(service.exchange('import'), uploads(42, 1));
    await expect(importAll(service.exchange('import'), [{ ...upload(42, 1), examDate: '2026-01-11' }])).rejects.toMatchObject({
      reason: 'upload.differs',
    });
    await expect(importAll(service.exchange('import'), uploads(42, 1001))).rejects.toMatchObject({
      reason: 'import.too_many',
      kind: 'tooMuch',
    });
    await service.participant.fence({ orderId: 'f2', epoch: 1n, scope: { institution: codeOf(42) }, standing: false });
    await expect(importAll(service.exchange('import'), [upload(42, 2)])).rejects.toMatchObject({ reason: 'order.held' });
    expect(await importAll(service.exchange('import'), uploads(42, 1))).toEqual([{ imported: 0, already: 1 }]);
  });
});

it('shows messages by page and filter to those who may see them', async () => {
  const list = (more: object) => service.exchange().listMessages({ actor, ...more });
  const first = await list({ page: { after: '', limit: 2 } });
  const second = await list({ page: { after: first.next, limit: 2 } });
  const positions = [...first.messages, ...second.messages].map(({ messageId }) => messageId);
  expect(new Set(positions).size).toBe(4);
  const [newest] = first.messages;
  const own = (await list({ institutions: [newest?.institution ?? ''], page: { after: '', limit: 1000 } })).messages;
  expect([...new Set(own.map(({ institution }) => institution))]).toEqual([newest?.institution]);
  expect((await list({ institutions: [codeOf(999)] })).messages).toEqual([]);
  expect((await list({ agency: 'POLICE' })).messages).toEqual([]);
  expect((await list({ state: 'PENDING' })).messages).toEqual([]);
  await expect(list({ page: { after: 'x', limit: 2 } })).rejects.toMatchObject({ reason: 'page.cursor_invalid' });
  await expect(list({ page: { after: '', limit: 1001 } })).rejects.toMatchObject({ reason: 'page.limit_invalid' });
  await expect(list({ actor: { ...actor, role: 'INSTITUTION' } })).rejects.toMatchObject({ reason: 'actor.not_allowed' });
  await expect(list({ actor: undefined })).rejects.toMatchObject({ reason: 'actor.not_allowed' });
  await expect(service.exchange('subsidy').listMessages({ actor })).rejects.toMatchObject({ reason: 'caller.not_allowed' });
});

it('changes nothing when every event arrives once more', async () => {
  const before = (await service.probe.events(TOPICS.exchange)).length;
  await service.enforcement.repeat();
  await service.certificates(codeOf(50), issued(uploads(50, 1)));
  await uploaded(50, 1);
  expect((await service.probe.events(TOPICS.exchange)).length).toBe(before + 1);
});
