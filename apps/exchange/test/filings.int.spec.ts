// Uploads ask the filing (备案): an exam outside of it, or a filing that is removed or held today, keeps its uploads back, with the reason.
import { until } from '@hengji/testing';
import { codeOf, issued, numberOf, startService, upload, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const actor = { officerId: 'o1', name: '测试', role: 'PROVINCE_OFFICER', authority: 'LN', institution: '' } as const;
const counts = (n: number) => service.exchange().countUploads({ institution: codeOf(n) });
const uploaded = (n: number, count: number) =>
  until(
    () => counts(n),
    (now) => now.uploaded === BigInt(count),
    { withinMs: 20_000 },
  );
const kept = (n: number, obstacle: string) =>
  until(
    () => counts(n),
    (now) => now.kept?.waiting[0]?.obstacle === obstacle,
    { withinMs: 20_000 },
  );
const on = (n: number, i: number, examDate: string) => ({ ...upload(n, i), examDate });

it('uploads the exam of the last day of the filing, and keeps that of the day after, with the reason', async () => {
  service.filings.set(codeOf(1), ({ day }) => (day <= '2026-01-10' ? '' : 'filing.expired'));
  await service.certificates(codeOf(1), issued([on(1, 1, '2026-01-10'), on(1, 2, '2026-01-11')]));
  await uploaded(1, 1);
  expect(await kept(1, 'filing.expired')).toEqual({
    ...{ uploaded: 1n, withdrawn: 0n },
    kept: { waiting: [{ obstacle: 'filing.expired', title: '备案有效期已届满', uploads: 1n }] },
  });
  expect([await service.agencies.stateOf(numberOf(1, 1)), await service.agencies.stateOf(numberOf(1, 2))]).toEqual(['standing', 'unknown']);
});

it('uploads the exam of the first day of the filing, and keeps that of the day before', async () => {
  service.filings.set(codeOf(2), ({ day }) => (day >= '2026-01-10' ? '' : 'filing.not_yet_valid'));
  await service.certificates(codeOf(2), issued([on(2, 1, '2026-01-09'), on(2, 2, '2026-01-10')]));
  await uploaded(2, 1);
  await kept(2, 'filing.not_yet_valid');
  expect([await service.agencies.stateOf(numberOf(2, 1)), await service.agencies.stateOf(numberOf(2, 2))]).toEqual(['unknown', 'standing']);
});

it('uploads a level of the filing, and keeps a level outside of it', async () => {
  service.filings.set(codeOf(3), ({ level }) => (level === '3' ? '' : 'filing.out_of_scope'));
  await service.certificates(codeOf(3), issued([upload(3, 1), { ...upload(3, 2), level: '2' }]));
  await uploaded(3, 1);
  await kept(3, 'filing.out_of_scope');
});

it.each([
  [4, 'filing.removed', 'removed from the directory (M7), without a stop (M1)'],
  [5, 'filing.held', 'stopped (M1)'],
])('keeps the uploads of institution %i while its filing answers %s: %s; sends them afterwards', async (n, obstacle) => {
  service.filings.set(codeOf(n), () => obstacle);
  await service.certificates(codeOf(n), issued([upload(n, 1), upload(n, 2)]));
  await kept(n, obstacle);
  expect(await service.agencies.count(codeOf(n))).toEqual({ standing: 0, withdrawn: 0 });
  service.filings.delete(codeOf(n));
  expect(await uploaded(n, 2)).toEqual({ uploaded: 2n, withdrawn: 0n });
});

it('keeps what a removal with a stop has fenced, also after the order is complete and its hold ended', async () => {
  await service.participant.fence({ orderId: 'f6', epoch: 1n, scope: { institution: codeOf(6) }, standing: false });
  await service.certificates(codeOf(6), issued([upload(6, 1)]));
  service.filings.set(codeOf(6), () => 'filing.removed');
  await service.enforcement.complete(codeOf(6), 'f6', true);
  await kept(6, 'filing.removed');
  expect(await service.agencies.count(codeOf(6))).toEqual({ standing: 0, withdrawn: 0 });
});

it('sends what the ministry rejected again only while the filing covers it', async () => {
  await service.agencies.fault('ministry', { fault: 'partialRejection', times: 1, every: 1, code: '04' });
  await service.certificates(codeOf(7), issued([upload(7, 1)]));
  const rejected = async () =>
    (await service.exchange().listMessages({ actor, page: { after: '', limit: 1000 } })).messages.find(
      ({ institution, state }) => institution === codeOf(7) && state === 'PARTLY_REJECTED',
    );
  const messageId = (await until(rejected, (message) => message !== undefined, { withinMs: 20_000 }))?.messageId ?? '';
  service.filings.set(codeOf(7), () => 'filing.removed');
  await expect(service.exchange().retryMessage({ messageId, actor })).rejects.toMatchObject({
    ...{ kind: 'illegalMove', reason: 'filing.removed', message: '机构已被移出目录，不能向部平台上传' },
    detail: { field: 'message_id' },
  });
  service.filings.delete(codeOf(7));
  await service.exchange().retryMessage({ messageId, actor });
  await uploaded(7, 1);
});
