// A transfer through the running platform. Officers report and approve the case, the transfer order is signed, the police
// simulator acknowledges the package and decides, and the case follows. One transfer is filed; another is returned,
// reconsidered and filed. Then the files of a case: twenty large ones at once, and one during which enforcement is killed.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '@hengji/contracts';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { until } from '@hengji/testing';
import { takeToFounded } from '../../../tools/province/src/case';
import type { Officer } from '../../../tools/province/src/officer';
import { growthDuring, inHalves, pdfOf, streamed } from './large-files';
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

/**
 * Facts found, reported by two officers with the report on file, approved; the transfer order drafted, previewed and
 * signed.
 */
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

it('is acknowledged by the police, filed, and ends with the exhibits', async () => {
  await running.fault('police', { fault: 'lostAnswer', times: 1 });
  const { caseId, order } = await handOver(institutions[0] ?? '');
  await orderReaches(drafter, order.orderId, 'COMPLETED');
  const { transfers } = await running.agency<{ transfers: Taken[] }>('/police/transfers');
  const taken = transfers.find(({ orderId }) => orderId === order.orderId);
  expect(taken?.items.map(({ name }) => name)).toEqual([expect.stringContaining('移送书'), '调查报告.pdf', '现场笔录.pdf', '询问笔录.pdf']);
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

it('is returned by the police, reconsidered, and then filed', async () => {
  const { caseId, order } = await handOver(institutions[1] ?? '');
  await onTrack(caseId, 'received');
  await decide(order.orderId, { accepted: false, decisionNo: '沈公不立〔2026〕1号', reason: '没有犯罪事实' });
  expect(open(await onTrack(caseId, 'rejected'))).toEqual(['D-TRANSFER-RECONSIDER']);
  await drafter.post(`/cases/${caseId}/steps`, { step: 'ASK_RECONSIDERATION', text: '提请复议', attachmentIds: [] });
  expect(open(await onTrack(caseId, 'reconsidering'))).toEqual(['D-TRANSFER-RECON-DECIDE']);
  await decide(order.orderId, { accepted: true, decisionNo: '沈公立〔2026〕10号' });
  expect(open(await onTrack(caseId, 'accepted'))).toEqual(['D-TRANSFER-EXHIBIT']);
}, 300_000);

describe('files of a case', () => {
  const MB = 1024 * 1024;
  let path: string;
  beforeAll(async () => {
    path = `/cases/${await takeToFounded(drafter, institutions.at(-1) ?? '')}/attachments`;
  });

  it('of 25 MB, twenty at once, are not held in memory by the services that forward them', async () => {
    const officers = await Promise.all(
      ['shenyang-a', 'shenyang-b', 'shenyang-c', 'shenyang-d', 'shenyang-e', 'province-a', 'province-b'].map((one) =>
        drafter.colleague(one),
      ),
    );
    const send = async (n: number): Promise<string | undefined> =>
      (await officers[n % 7]?.upload<{ sha256: string }>(path, `${n}.pdf`, streamed(25 * MB, n % 2)))?.sha256;
    const sent = Promise.all(Array.from({ length: 20 }, (_, n) => send(n)));
    const growth = await growthDuring(running, ['gateway', 'enforcement'], sent);
    const hashes = [0, 1].map((fill) =>
      createHash('sha256')
        .update(pdfOf(25 * MB, fill))
        .digest('hex'),
    );
    expect(new Set(await sent)).toEqual(new Set(hashes));
    // 500 MB went through each service.
    for (const [service, bytes] of growth) expect({ service, isSmall: bytes < 250 * MB, bytes }).toMatchObject({ service, isSmall: true });
  }, 180_000);

  it('survive a kill of enforcement during an upload: it fails, and succeeds with the same key', async () => {
    const { platform } = running;
    const objects = join(dirname(dirname(platform.logFile('enforcement'))), 'attachments', 'enforcement');
    const incoming = (): number => (existsSync(join(objects, 'incoming')) ? readdirSync(join(objects, 'incoming')).length : 0);
    const content = pdfOf(8 * MB, 3);
    const key = randomUUID();
    let goOn: (value?: unknown) => void = () => undefined;
    const before = incoming();
    const half = inHalves(content, new Promise((resolve) => (goOn = resolve)));
    const sent = drafter.upload(path, '中断.pdf', half, key).then(
      () => 'stored',
      (failure: unknown) => String(failure),
    );
    await until(
      async () => incoming(),
      (count) => count > before,
    );
    await platform.kill('enforcement');
    goOn();
    expect(await sent).toMatch(/→ 503 .*service\.unavailable/);
    await platform.untilReady('enforcement');
    const again = () => drafter.upload<{ attachmentId: string; bytes: number }>(path, '中断.pdf', content, key);
    const stored = await until(
      () => again().catch(() => undefined),
      (answer) => answer !== undefined,
    );
    expect(stored?.bytes).toBe(8 * MB);
    expect((await again()).attachmentId).toBe(stored?.attachmentId);
  }, 120_000);
});
