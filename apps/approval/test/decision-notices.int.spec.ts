// The public copy of the notices of decisions over a real database and broker: what everybody reads, in which order of the events, and until
// when.
import { createHash, randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import {
  DecisionNoticeServiceDefinition,
  type DecisionNotice,
  type DecisionNoticeServiceClient,
} from '@hengji/contracts/approval/v1/decision_notice_service';
import { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { NoticeText } from '@hengji/contracts/enforcement/v1/publicity';
import type { ListFilter } from '@hengji/contracts/meta/v1/list';
import { grpcClient } from '@hengji/host';
import { closeAfterSuite, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { codeOf, startService, type ServiceUnderTest } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

const client = (): DecisionNoticeServiceClient => {
  const opened = grpcClient(DecisionNoticeServiceDefinition, service.address(), {
    ...{ caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 20_000 },
  });
  closeAfterSuite(async () => opened.close());
  return opened as DecisionNoticeServiceClient;
};

const sequences = new Map<number, bigint>();
const say = async (n: number, ...bodies: Body<EnforcementEvent>[]): Promise<void> => {
  for (const body of bodies) {
    const sequence = (sequences.get(n) ?? 0n) + 1n;
    sequences.set(n, sequence);
    const meta = { eventId: randomUUID(), occurredAt: new Date(), institution: codeOf(n), sequence, orderId: '' };
    await service.probe.publish(TOPICS.enforcement, EnforcementEvent.fromPartial({ meta, body }));
  }
};

const PDF = Buffer.from('%PDF-1.7 the document');
const published = (n: number, noticeId: string, change: object = {}): Body<EnforcementEvent> => ({
  $case: 'decisionPublished',
  value: {
    ...{ noticeId, number: `沈人社鉴公〔2026〕${noticeId}号`, orderId: `o-${noticeId}`, pages: 2, pdf: PDF },
    sha256: createHash('sha256').update(PDF).digest(),
    text: NoticeText.fromPartial({
      ...{ title: `关于机构${n}的处理决定公示`, institution: codeOf(n), institutionName: `机构${n}`, authority: '2101' },
      ...{ facts: '未经考试发放证书', measures: ['宣布证书作废'], listed: 2 },
    }),
    ...{ publishedAt: new Date('2026-03-01T01:00:00Z'), publicUntil: '2026-06-01', ...change },
  },
});
const listed = (n: number, noticeId: string, page: number): Body<EnforcementEvent> => ({
  $case: 'decisionListed',
  value: { noticeId, page, entries: [{ certificateNumber: `${codeOf(n)}26300000${page}`, maskedName: '张*' }] },
});
const withdrawn = (n: number, noticeId: string, replacedBy = ''): Body<EnforcementEvent> => ({
  $case: 'decisionWithdrawn',
  value: {
    ...{ noticeId, number: `沈人社鉴公〔2026〕${noticeId}号`, institutionName: `机构${n}`, authority: '2101', replacedBy },
    ...{ withdrawnAt: new Date('2026-03-02T01:00:00Z'), reason: '处理决定由本机关自行纠正', publicUntil: '2026-06-01' },
  },
});

const all = async (filters: ListFilter[] = [], search = ''): Promise<DecisionNotice[]> =>
  (await client().listDecisionNotices({ query: { filters, search, sort: [], cursor: '', limit: 50 } })).notices;
const find = async (noticeId: string): Promise<DecisionNotice | undefined> => (await all()).find((one) => one.noticeId === noticeId);
const becomes = (noticeId: string, state: string): Promise<DecisionNotice | undefined> =>
  until(
    () => find(noticeId),
    (notice) => notice?.state === state,
  );
const refusal = (reason: string) => expect.objectContaining({ reason });
const page = (noticeId: string, number: number) => client().listNoticeEntries({ noticeId, page: number });

it('shows a notice with text, list and document, and finds it by institution, city and day', async () => {
  await say(1, published(1, 'n1'), listed(1, 'n1', 1), listed(1, 'n1', 2));
  await becomes('n1', 'STANDING');
  const { notice, text } = await client().getDecisionNotice({ noticeId: 'n1' });
  expect([notice?.number, text?.facts, text?.measures]).toEqual(['沈人社鉴公〔2026〕n1号', '未经考试发放证书', ['宣布证书作废']]);
  await until(
    () => page('n1', 2).catch(() => undefined),
    (found) => found !== undefined,
  );
  expect((await page('n1', 2)).entries).toEqual([{ certificateNumber: `${codeOf(1)}263000002`, maskedName: '张*' }]);
  await expect(page('n1', 3)).rejects.toEqual(refusal('notice.page_unknown'));
  expect(Buffer.from((await client().getNoticePdf({ noticeId: 'n1' })).pdf)).toEqual(PDF);
  const filter = (field: string, op: ListFilter['op'], ...values: string[]): ListFilter => ({ field, op, values });
  expect(await all([filter('institution', 'IS', codeOf(1))])).toHaveLength(1);
  expect(await all([filter('institution', 'IS', codeOf(99))])).toEqual([]);
  expect(await all([filter('authority', 'IS', '2101')])).toHaveLength(1);
  expect(await all([filter('authority', 'IS', '2102')])).toEqual([]);
  expect(await all([filter('publishedAt', 'FROM', '2026-03-02')])).toEqual([]);
  expect(await all([], '机构1')).toHaveLength(1);
  await expect(client().getDecisionNotice({ noticeId: 'other' })).rejects.toEqual(refusal('notice.unknown'));
});

it('shows a withdrawn notice with day and reason, and nothing else of it, also when its events come again', async () => {
  await say(2, published(2, 'w1'), listed(2, 'w1', 1), withdrawn(2, 'w1', '沈人社鉴公〔2026〕w2号'));
  expect(await becomes('w1', 'REPLACED')).toMatchObject({
    ...{ title: '', withdrawnReason: '处理决定由本机关自行纠正', replacedBy: '沈人社鉴公〔2026〕w2号', pages: 0 },
    withdrawnAt: new Date('2026-03-02T01:00:00Z'),
  });
  await say(2, published(2, 'w1'), listed(2, 'w1', 1), withdrawn(2, 'w1'), published(2, 'w-last'));
  await becomes('w-last', 'STANDING');
  expect(await client().getDecisionNotice({ noticeId: 'w1' })).toMatchObject({ notice: { state: 'REPLACED' }, text: undefined });
  await expect(page('w1', 1)).rejects.toEqual(refusal('notice.withdrawn'));
  await expect(client().getNoticePdf({ noticeId: 'w1' })).rejects.toEqual(refusal('notice.withdrawn'));
});

it('is withdrawn from the beginning where the withdrawal comes first', async () => {
  await say(3, withdrawn(3, 'early'));
  expect(await becomes('early', 'WITHDRAWN')).toMatchObject({ institution: codeOf(3), publishedAt: undefined });
  await say(3, listed(3, 'early', 1), published(3, 'early'), published(3, 'early-last'));
  await becomes('early-last', 'STANDING');
  expect(await find('early')).toMatchObject({ state: 'WITHDRAWN', publishedAt: new Date('2026-03-01T01:00:00Z') });
  expect((await client().getDecisionNotice({ noticeId: 'early' })).text).toBeUndefined();
  await expect(page('early', 1)).rejects.toEqual(refusal('notice.withdrawn'));
});

it('is public until the end of its last day, also after a restart', async () => {
  await say(4, published(4, 'short', { publicUntil: '2026-03-05' }));
  await becomes('short', 'STANDING');
  service.clock.now = new Date('2026-03-05T15:59:00Z');
  expect(await find('short')).toBeDefined();
  service.clock.now = new Date('2026-03-05T16:01:00Z');
  expect(await find('short')).toBeUndefined();
  await expect(client().getDecisionNotice({ noticeId: 'short' })).rejects.toEqual(refusal('notice.over'));
  await expect(client().getNoticePdf({ noticeId: 'short' })).rejects.toEqual(refusal('notice.over'));
  await service.restart();
  expect(await find('n1')).toMatchObject({ state: 'STANDING' });
});
