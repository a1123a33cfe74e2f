// A transfer through the running platform: the case is reported and approved by its people, the transfer order is signed, the
// police's stand-in signs for the package and decides, and the case follows; once filed, once returned, reconsidered and filed.
import { createHash } from 'node:crypto';
import type { Json } from '@hengji/contracts';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { until } from '@hengji/testing';
import { takeToFounded } from '../../../tools/province/src/case';
import type { Officer } from '../../../tools/province/src/officer';
import { ORDER_PATIENCE_MS, orderReaches, sign, startRunning, type OrderJson, type Running } from './running-platform';
import { approveTransfer, draftTransfer, REPORT } from './transfer-case';

type CaseJson = Json<Case>;
interface Taken {
  readonly orderId: string;
  readonly packageSha256: string;
  readonly items: { name: string; sha256: string }[];
}

let running: Running;
let drafter: Officer;
let institutions: string[];

beforeAll(async () => {
  running = await startRunning('transfer', { environment: { AGENCY_INQUIRY_MS: '300' } });
  drafter = await running.officer('shenyang-a');
  const { items } = await drafter.get<{ items: { code: string; authority: string }[] }>('/institutions?limit=1000');
  institutions = items.filter(({ authority }) => authority === '2101').map(({ code }) => code);
}, 300_000);
afterAll(() => running.stop());

const decide = (orderId: string, decision: object): Promise<void> => running.decide('police', orderId, decision);

/** Founded, reported by two with the report on file, approved; the transfer order drafted, previewed and signed. */
const handOver = async (institution: string): Promise<{ caseId: string; order: OrderJson }> => {
  const caseId = await takeToFounded(drafter, institution);
  await approveTransfer(drafter, caseId);
  const drafted = await draftTransfer(drafter, { caseId, institution, measures: ['TRANSFER_TO_POLICE'] });
  return { caseId, order: await sign(await drafter.colleague('shenyang-b'), drafted) };
};

const onTrack = (caseId: string, track: string): Promise<CaseJson> =>
  until(
    () => drafter.get<CaseJson>(`/cases/${caseId}`),
    ({ transferTrack }) => transferTrack === track,
    { withinMs: ORDER_PATIENCE_MS },
  );
const open = ({ deadlines }: CaseJson): string[] =>
  deadlines.filter(({ code, state }) => code.startsWith('D-TRANSFER-') && state === 'RUNNING').map(({ code }) => code);

it('is signed for by the police, filed, and ends with the exhibits', async () => {
  await running.fault('police', { fault: 'lostAnswer', times: 1 });
  const { caseId, order } = await handOver(institutions[0] ?? '');
  await orderReaches(drafter, order.orderId, 'COMPLETED');
  const { transfers } = await running.agency<{ transfers: Taken[] }>('/police/transfers');
  const taken = transfers.find(({ orderId }) => orderId === order.orderId);
  expect(taken?.items.map(({ name }) => name)).toEqual([expect.stringContaining('移送书'), '调查报告.pdf']);
  expect(taken?.items[1]?.sha256).toBe(createHash('sha256').update(REPORT).digest('hex'));
  const received = await onTrack(caseId, 'received');
  expect(received.entries.at(-1)?.text).toContain(taken?.packageSha256);
  expect(open(received)).toEqual(['D-TRANSFER-DECIDE']);
  await decide(order.orderId, { accepted: true, decisionNo: '沈公立〔2026〕9号' });
  expect(open(await onTrack(caseId, 'accepted'))).toEqual(['D-TRANSFER-EXHIBIT']);
  const list = await drafter.upload<{ attachmentId: string }>(
    `/cases/${caseId}/attachments`,
    '移交清单.pdf',
    Buffer.from('%PDF-1.7\n清单'),
  );
  await drafter.post(`/cases/${caseId}/steps`, { step: 'HAND_OVER_EXHIBITS', text: '已移交', attachmentIds: [list.attachmentId] });
  expect(open(await onTrack(caseId, 'handed_over'))).toEqual([]);
}, 300_000);

it('is returned by the police, reconsidered, and filed after all', async () => {
  const { caseId, order } = await handOver(institutions[1] ?? '');
  await onTrack(caseId, 'received');
  await decide(order.orderId, { accepted: false, decisionNo: '沈公不立〔2026〕1号', reason: '没有犯罪事实' });
  expect(open(await onTrack(caseId, 'rejected'))).toEqual(['D-TRANSFER-RECONSIDER']);
  await drafter.post(`/cases/${caseId}/steps`, { step: 'ASK_RECONSIDERATION', text: '提请复议', attachmentIds: [] });
  expect(open(await onTrack(caseId, 'reconsidering'))).toEqual(['D-TRANSFER-RECON-DECIDE']);
  await decide(order.orderId, { accepted: true, decisionNo: '沈公立〔2026〕10号' });
  expect(open(await onTrack(caseId, 'accepted'))).toEqual(['D-TRANSFER-EXHIBIT']);
}, 300_000);
