// The completion certificate (执行完成证明) as PDF: the content of the JSON for readers. The JSON is the proof; the code at the
// end is its SHA-256, so that a reader can compare PDF and JSON.
import { renderPdf, type Block } from '@hengji/documents';
import type { Certificate } from '../application/proof/ports';
import { laterState, type Order } from '../domain/order';
import type { completionStatement } from './statements';

type Statement = ReturnType<typeof completionStatement>;

const TIMES = {
  signed: '签发',
  fenced: '各服务全部设围栏',
  issued: '下达',
  public: '向社会公开',
  receipts: '收齐回执',
  zero: '残留为零',
  completed: '执行完毕',
} as const satisfies Record<keyof Statement['times'], string>;

const OUTCOMES: Readonly<Record<string, string>> = {
  COMPLETED: '处理决定已执行完毕',
  COMPLETED_PARTLY_LIFTED: '处理决定已执行完毕，其后部分解除',
  LIFTED: '处理决定已全部解除并恢复',
};

/** The later state of the order: a PDF of an earlier state must show it, because copies of the PDF circulate. */
const LATER = {
  EXECUTING: '注意：出具证明之后，经复核发现记录与处理决定不符，处理决定正在重新执行，尚未再次执行完毕。以以后版本的证明为准。',
  LIFTING: '注意：出具证明之后，处理决定正在解除，尚未解除完毕。以以后版本的证明为准。',
} as const satisfies Record<Exclude<ReturnType<typeof laterState>, ''>, string>;

const laterBlocks = (order: Order): Block[] => {
  const later = laterState(order);
  return later === '' ? [] : [{ kind: 'paragraph', text: LATER[later] }];
};

const BEIJING = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'long',
  timeStyle: 'medium',
  hour12: false,
});

const timeWords = (text: string): string =>
  text === '' ? '不适用' : `${BEIJING.format(new Date(text))}（北京时间，${text.slice(20, 23)}毫秒）`;

const receiptWords = ({ statement, signature }: Statement['receipts'][number]): readonly [string, string] => {
  const left = statement.left === '0' ? '' : `、保留现状${statement.left}条`;
  const counts = `命中${statement.matched}条、变更${statement.changed}条、原已如此${statement.already}条${left}`;
  return [
    `第${statement.row}行 ${statement.service}`,
    `${statement.effect}${statement.undo ? '（解除）' : ''}：${counts}；密钥 ${signature?.keyId ?? '无'}`,
  ];
};

/** A service's signed count; certificates of v1 have only enforcement's own count, row by row. */
type Residual = { readonly statement: { readonly rows: readonly { readonly count: string }[] } } | { readonly count: string };

const residualWords = (residual: readonly Residual[]): string => {
  const counts = residual.flatMap((one) => ('statement' in one ? one.statement.rows : [one]));
  const isSigned = residual.every((one) => 'statement' in one);
  const total = counts.reduce((sum, { count }) => sum + BigInt(count), 0n);
  return `由另一途径逐行清点，残留合计${total}条。${isSigned ? '设围栏、清点残留、跨服务核对，均由各服务自行签名。' : ''}`;
};

const blocksOf = (statement: Statement, certificate: Certificate, later: readonly Block[]): Block[] => [
  { kind: 'title', text: '执行完成证明' },
  ...later,
  {
    kind: 'paragraph',
    text: `${statement.institutionName}（${statement.institution}）：${statement.documentNo} ${OUTCOMES[statement.outcome] ?? statement.outcome}。`,
  },
  { kind: 'heading', text: '时间' },
  {
    kind: 'table',
    rows: Object.entries(TIMES).map(([name, words]) => [words, timeWords(statement.times[name as keyof typeof TIMES])] as const),
  },
  { kind: 'heading', text: '各行回执（均由执行的服务签名）' },
  { kind: 'table', rows: statement.receipts.map(receiptWords) },
  { kind: 'heading', text: '残留' },
  { kind: 'paragraph', text: residualWords(statement.residual as unknown as readonly Residual[]) },
  { kind: 'code', content: certificate.sha256, caption: `证明文件（JSON，第${certificate.version}版）的 SHA-256：${certificate.sha256}` },
  { kind: 'note', text: '本件供阅读。请以证明文件用 hengji-verify 程序离线核对，公钥清单从主管部门公布处取得。' },
];

/** The certificate as PDF; an unchanged order with the same certificate gives the same bytes. */
export const completionPaper = (order: Order, certificate: Certificate): Promise<Buffer> => {
  const { statement } = JSON.parse(certificate.json) as { statement: Statement };
  const options = { title: `执行完成证明 ${statement.documentNo}`, author: order.authority, at: new Date(statement.issuedAt) };
  return renderPdf(blocksOf(statement, certificate, laterBlocks(order)), options);
};
