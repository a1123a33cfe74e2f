// The order that the user watches: one order against the institution that holds a tenth of all certificates, from preview
// to residual zero. A second order on the same institution is then lifted while the first is still in force. Both use the
// gateway, as two officers would, and the services count every figure.
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import type { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import type { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import type { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Json } from '@hengji/contracts';
import { leadCase, type CaseJson } from './case';
import type { Officer } from './officer';
import { ledgerLines, liveTable } from './ledger-lines';

export type OrderJson = Json<Order>;

interface Counts {
  readonly exam: Json<CountRecordsResponse>;
  readonly certificate: Json<CountCertificatesResponse>;
  readonly subsidy: Json<CountPaymentsResponse>;
  readonly exchange: Json<CountUploadsResponse>;
}

interface PublicAnswer {
  readonly status: string;
  readonly voidSince?: string;
  readonly voidDocumentNo?: string;
}

export interface Stage {
  readonly drafter: Officer;
  readonly signer: Officer;
  /** The view of a citizen: GET without sign-in. */
  readonly publicAnswer: (number: string) => Promise<PublicAnswer>;
  readonly say: (line: string) => void;
  readonly isLive: boolean;
}

/** The results of one order and their times in milliseconds from its signature; the services count them. */
export interface OrderFigures {
  readonly orderId: string;
  readonly voided: number;
  readonly resultsCancelled: number;
  readonly uploadsWithdrawn: number;
  readonly recoveriesOpened: number;
  readonly recoveredFen: number;
  readonly fencedMs: number;
  readonly publicMs: number;
  readonly completedMs: number;
  readonly residual: number;
  readonly rows: readonly Json<unknown>[];
}

const FIRST_MEASURES = [
  'STOP_EVALUATION',
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'WITHDRAW_UPLOADS',
  'RECOVER_SUBSIDIES',
  'REMOVE_FROM_DIRECTORY',
];
const SECOND_MEASURES = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'];
const PATIENCE_MS = 15 * 60_000;
const LIVE_EVERY_MS = 100;
/**
 * If nobody watches, this program polls more rarely and leaves the processors to the services; the times come from the
 * services.
 */
const LOOK_EVERY_MS = 500;

const wholeInstitution = (institution: string) => ({
  institution,
  plans: [],
  sessions: [],
  occupationLevels: [],
  persons: [],
  certificates: [],
  from: '',
  until: '',
});

const ms = (from: string | undefined, to: string | undefined): number =>
  from === undefined || to === undefined ? -1 : Date.parse(to) - Date.parse(from);

const pause = (forMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, forMs));

/** Reads until the reading satisfies the condition; on timeout the error contains the last reading. */
const waitFor = async <T>(read: () => Promise<T>, good: (value: T) => boolean, everyMs: number): Promise<T> => {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (good(value)) return value;
    if (Date.now() > until) throw new Error(`等待超过 ${PATIENCE_MS / 60_000} 分钟,最后一次读数:${JSON.stringify(value).slice(0, 2000)}`);
    await pause(everyMs);
  }
};

const issue = async (stage: Stage, institution: string, measures: readonly string[], reason: string): Promise<OrderJson> => {
  const content = { scope: wholeInstitution(institution), measures, grounds: ['CERTIFICATES_WITHOUT_EXAM', 'CERTIFICATES_TRADED'], reason };
  const previewed = await leadCase(stage.drafter, institution, async (caseId) => {
    const draft = await stage.drafter.post<OrderJson>('/orders', { ...content, caseId, rectifyBy: '' });
    return stage.drafter.post<OrderJson>(`/orders/${draft.orderId}/preview`, {});
  });
  const { number, decider } = await stage.drafter.get<CaseJson>(`/cases/${previewed.caseId}`);
  stage.say(`\n案件 ${number}:两人核查、告知、陈述申辩、法制审核,${decider} 作出决定,已送达并公开。`);
  stage.say(`预览(${previewed.institutionName}),尚未写入任何数据:`);
  ledgerLines(previewed).forEach(stage.say);
  return previewed;
};

const follow = async (stage: Stage, orderId: string, done: string): Promise<OrderJson> => {
  const table = liveTable(stage.isLive, stage.say);
  const order = await waitFor(
    async () => {
      const now = await stage.signer.get<OrderJson>(`/orders/${orderId}`);
      table.show(now);
      return now;
    },
    (now) => now.state === done,
    stage.isLive ? LIVE_EVERY_MS : LOOK_EVERY_MS,
  );
  table.close(order);
  return order;
};

/** The first order: from preview to residual zero. */
export const carryOut = async (stage: Stage, institution: string): Promise<OrderFigures> => {
  const page = await stage.drafter.get<{ items: Json<Certificate>[] }>(`/institutions/${institution}/certificates?limit=1`);
  const number = page.items[0]?.number;
  if (number === undefined) throw new Error(`机构 ${institution} 没有证书;样例数据是否已导入?`);
  stage.say(`\n公众查验 ${number}:${(await stage.publicAnswer(number)).status === 'valid' ? '有效' : '作废'}(处理前)`);
  const previewed = await issue(stage, institution, FIRST_MEASURES, '经核查,该机构不考试就发证、倒卖证书,事实清楚、证据确凿。');

  stage.say(`\n签发 ${previewed.institutionName} 的处理决定……`);
  const isVoid = waitFor(
    async () => ({ answer: await stage.publicAnswer(number), at: Date.now() }),
    ({ answer }) => answer.status === 'void',
    5,
  );
  const signed = await stage.signer.post<OrderJson>(`/orders/${previewed.orderId}/sign`, {});
  const [seen, order] = await Promise.all([isVoid, follow(stage, signed.orderId, 'COMPLETED')]);
  const since = seen.answer.voidSince ?? '';
  stage.say(`\n公众查验 ${number}:已作废,自 ${since} 起,依据 ${seen.answer.voidDocumentNo ?? ''}`);
  const counts = await stage.drafter.get<Counts>(`/institutions/${institution}/counts`);
  return {
    orderId: order.orderId,
    voided: counts.certificate.voided,
    resultsCancelled: counts.exam.cancelled,
    uploadsWithdrawn: counts.exchange.withdrawn,
    recoveriesOpened: counts.subsidy.recoveries,
    recoveredFen: counts.subsidy.recoveriesFen,
    fencedMs: ms(order.signedAt, order.fencedAt),
    publicMs: seen.at - Date.parse(order.signedAt ?? ''),
    completedMs: ms(order.signedAt, order.completedAt),
    residual: order.residual,
    rows: order.rows.map((row) => ({
      row: row.ask?.row ?? 0,
      service: row.service,
      effect: row.ask?.effect?.value ?? '',
      state: row.state,
      matched: row.receipt?.matched ?? 0,
      changed: row.receipt?.changed ?? 0,
      already: row.receipt?.already ?? 0,
      fen: row.receipt?.fen ?? 0,
      ms: ms(row.receipt?.startedAt, row.receipt?.finishedAt),
      residual: row.residual,
    })),
  };
};

/** The second order: issued, completed, lifted. Afterwards everything that the first order demanded must still be in force. */
export const liftSecond = async (stage: Stage, institution: string, first: OrderFigures): Promise<void> => {
  stage.say('\n同一机构的第二项处理决定,执行后予以解除:');
  const previewed = await issue(stage, institution, SECOND_MEASURES, '另案核查的同一机构问题。');
  await stage.signer.post(`/orders/${previewed.orderId}/sign`, {});
  await follow(stage, previewed.orderId, 'COMPLETED');
  stage.say('\n解除第二项处理决定(自行纠正)……');
  await stage.signer.post(`/orders/${previewed.orderId}/lift`, { reason: '自行纠正:另案事实不成立。' });
  await follow(stage, previewed.orderId, 'LIFTED');
  const counts = await stage.drafter.get<Counts>(`/institutions/${institution}/counts`);
  const holds = await stage.drafter.get<{ status: string }>(`/institutions/${institution}`);
  if (counts.certificate.voided !== first.voided || counts.exam.cancelled !== first.resultsCancelled) {
    throw new Error(
      `解除第二项决定动了第一项的效果:作废 ${counts.certificate.voided}(应为 ${first.voided}),取消 ${counts.exam.cancelled}(应为 ${first.resultsCancelled})`,
    );
  }
  stage.say(
    `第一项处理决定仍然有效:证书作废 ${counts.certificate.voided} 本,结果取消 ${counts.exam.cancelled} 条,备案${holds.status === 'REMOVED' ? '已移出目录' : `状态 ${holds.status}`}。`,
  );
};
