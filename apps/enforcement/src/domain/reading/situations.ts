// What an order waits for, since when, and which action is safe: a table of situations, each with its text. This file only
// reads the ledger, for the operator on call. The first situation that applies is the most urgent.
import { isDrifted, type Row } from '../ledger';
import { openLifting, rowsInForce, type Order } from '../order';
import { rowWord, serviceWord } from './words';

export const TONES = ['ERROR', 'WARNING', 'INFO'] as const;

export interface Situation {
  readonly key: string;
  readonly tone: (typeof TONES)[number];
  readonly what: string;
  readonly since: Date | null;
  /** What happened at `since`, if that is not the start of the situation itself; else empty. */
  readonly sinceWord: string;
  readonly action: string;
}

type Said = Omit<Situation, 'key' | 'sinceWord'> & { readonly sinceWord?: string };
type Rule = (order: Order) => Said | undefined;

const names = (rows: readonly Row[]): string => rows.map(rowWord).join('、');
const known = (times: readonly (Date | null | undefined)[]): Date[] =>
  times.flatMap((time) => time ?? []).sort((a, b) => a.getTime() - b.getTime());
const latest = (times: readonly (Date | null | undefined)[]): Date | null => known(times).at(-1) ?? null;
const earliest = (times: readonly (Date | null | undefined)[]): Date | null => known(times)[0] ?? null;

/** Whether a sweep reopened the order and the order is not closed again. */
export const isReopened = ({ reopenedAt, completedAt }: Pick<Order, 'reopenedAt' | 'completedAt'>): boolean =>
  reopenedAt !== null && (completedAt === null || completedAt < reopenedAt);

/** A situation that applies to some rows. */
const ofRows =
  (is: (row: Row) => boolean, say: (rows: readonly Row[]) => Said): Rule =>
  (order) => {
    const rows = order.rows.filter(is);
    return rows.length === 0 ? undefined : say(rows);
  };

/** The rows that are carried out now: those of the open lifting, else the order's own rows while the order is open. */
const rowsAtWork = (order: Order): Row[] =>
  openLifting(order) !== null || order.state === 'LIFTING' || order.state === 'EXECUTING' ? rowsInForce(order) : [];

const finishedAt = (row: Row): Date | null => row.receipt?.finishedAt ?? null;

/**
 * The rows of one count have the same time. A row without a residual, with an older one, or with work after its count has no
 * answer in that count.
 */
const isUncounted = (row: Row, newest: Date | null): boolean => {
  if (row.residual === null || row.residual.at.getTime() !== newest?.getTime()) return true;
  const worked = finishedAt(row);
  return worked !== null && row.residual.at < worked;
};

/** All rows are done and the order is still open: at least one service has not confirmed the count of zero. */
const uncounted: Rule = (order) => {
  const rows = rowsAtWork(order);
  const isDone = rows.length > 0 && rows.every((row) => row.state === 'DONE' && row.dispute === null);
  if (!isDone || order.suspension !== null || order.fences.some(({ placedAt }) => placedAt === null)) return undefined;
  const newest = latest(rows.map(({ residual }) => residual?.at));
  const silent = [...new Set(rows.filter((row) => isUncounted(row, newest)).map(({ target }) => serviceWord(target.service)))];
  const isLeft =
    rows.some(({ residual }) => (residual?.count ?? 0n) > 0n) || order.crossChecks.some(({ contradictions }) => contradictions > 0n);
  if (silent.length === 0 && isLeft) return undefined;
  return {
    tone: 'WARNING',
    what:
      silent.length > 0
        ? `各行均已执行，等待核对残留：${silent.join('、')}尚未答复`
        : '各行均已执行、残留为零，等待跨服务核对：有服务尚未答复',
    since: latest(rows.map(finishedAt)),
    sinceWord: '回执到齐于',
    action: '检查上述服务是否在运行；系统会反复核对，恢复后自动关闭。不需要重新签发，也不要另发一份决定。',
  };
};

const askedBefore = (order: Order, row: Row): Row | undefined => order.rows.find(({ number }) => number === row.afterRow);
const waitsFor = (row: Row): string => (row.afterRow > 0 ? `${rowWord(row)}等第${row.afterRow}行` : `${rowWord(row)}等待下发`);

const RULES = {
  REOPENED: (order) =>
    isReopened(order)
      ? {
          tone: 'ERROR',
          what: '复核发现有记录不符合本决定，本决定已重新打开',
          since: order.reopenedAt,
          action: '在下面台账中展开有残留的行，按样例查明是谁改动的；改正后系统会再次核对，归零后自动关闭。不要另发一份决定。',
        }
      : undefined,
  SUSPENDED: ({ suspension }) =>
    suspension === null
      ? undefined
      : {
          tone: 'WARNING',
          what: `已停止执行：${suspension.reason}`,
          since: suspension.at,
          action: '收到恢复执行的文书后点“恢复执行”，从停下的地方继续；已执行的部分不受影响。',
        },
  DISPUTED: ofRows(
    ({ dispute }) => dispute !== null,
    (rows) => ({
      tone: 'ERROR',
      what: `回执存疑，未予采信：${rows.map((row) => `${rowWord(row)} ${row.dispute?.detail || row.dispute?.reason}`).join('；')}`,
      since: earliest(rows.map(({ dispute }) => dispute?.at)),
      action: '本决定保持打开。请运维核对该服务的签名密钥和数据；原回执保留备查，服务补发正确回执后自动继续。',
    }),
  ),
  DRIFTED: ofRows(isDrifted, (rows) => ({
    tone: 'WARNING',
    what: `目标记录与签发时不一致，尚未改动任何记录：${names(rows)}`,
    since: earliest(rows.map(({ askedAt }) => askedAt)),
    sinceWord: '请求于',
    action: '由起草人以外的有权人员点“确认变化后的范围”，对照签发时与现在的数字；确认后按现有记录继续。',
  })),
  REFUSED: ofRows(
    (row) => row.state === 'REFUSED' && !isDrifted(row),
    (rows) => ({
      tone: 'ERROR',
      what: `被拒：${rows.map((row) => `${rowWord(row)} ${row.refusal?.detail || row.refusal?.reason}`).join('；')}`,
      since: earliest(rows.map(({ askedAt }) => askedAt)),
      sinceWord: '请求于',
      action: '消除所述原因后点该行的“重试”。重试不会重复生效。',
    }),
  ),
  FENCE_MISSING: (order) => {
    const missing = order.fences.filter(({ placedAt }) => placedAt === null);
    return missing.length === 0
      ? undefined
      : {
          tone: 'WARNING',
          what: `围栏未到达：${missing.map(({ service }) => serviceWord(service)).join('、')}`,
          since: order.signature?.at ?? null,
          action: '恢复该服务即可：它恢复时先取围栏，再受理业务。不需要重新签发。',
        };
  },
  OVERDUE: ofRows(
    (row) => row.overdue && row.state === 'ASKED',
    (rows) => ({
      tone: 'ERROR',
      what: `超过期限仍未执行：${names(rows)}`,
      since: earliest(rows.map(({ dueAt }) => dueAt)),
      action:
        '检查该服务是否在运行、“滞留消息”里有没有它的消息、“部门交换”里有没有待发报文。恢复后自动继续；也可点该行的“重试”再请求一次。不需要重新签发。',
    }),
  ),
  RUNNING: ofRows(
    (row) => row.state === 'ASKED' && !row.overdue && row.dispute === null,
    (rows) => ({
      tone: 'INFO',
      what: `正在执行：${names(rows)}`,
      since: earliest(rows.map(({ askedAt }) => askedAt)),
      action: '等待即可。关闭页面不影响执行。',
    }),
  ),
  WAITING: (order) => {
    const rows = order.rows.filter(({ state }) => state === 'WAITING');
    return rows.length === 0
      ? undefined
      : {
          tone: 'INFO',
          what: `等待前一行：${rows.map(waitsFor).join('、')}`,
          // The wait starts when the earlier row was asked; before the issue, at the signature.
          since: earliest(rows.map((row) => askedBefore(order, row)?.askedAt ?? order.signature?.at)),
          action: '前一行执行后自动开始。',
        };
  },
  CONTRADICTED: (order) => {
    const found = order.crossChecks.filter(({ contradictions }) => contradictions > 0n);
    return found.length === 0
      ? undefined
      : {
          tone: 'ERROR',
          what: `跨服务核对不一致：${found.map((one) => `${serviceWord(one.from)}与${serviceWord(one.against)} ${one.contradictions} 处`).join('、')}`,
          since: earliest(found.map(({ at }) => at)),
          action: '在“跨服务核对”中看样例；两边一致后自动关闭。',
        };
  },
  RESIDUAL: ofRows(
    ({ state, residual }) => state === 'DONE' && residual !== null && residual.count > 0n,
    (rows) => ({
      tone: 'WARNING',
      what: `仍有残留：${rows.map((row) => `${rowWord(row)} ${row.residual?.count ?? 0n} 条`).join('、')}`,
      since: earliest(rows.map(({ residual }) => residual?.at)),
      action: '系统会反复核对；长时间不归零时展开该行看样例。',
    }),
  ),
  UNCOUNTED: uncounted,
} as const satisfies Record<string, Rule>;

/** The situations of a signed order, most urgent first; empty when all is done. */
export const situationsOf = (order: Order): Situation[] => {
  if (order.signature === null) return [];
  return Object.entries<Rule>(RULES).flatMap(([key, rule]) => {
    const said = rule(order);
    return said === undefined ? [] : [{ key, sinceWord: '', ...said }];
  });
};
