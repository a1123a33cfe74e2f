// What an order waits for, since when, and what is safe to do now: a table of situations, each with its words. Nothing here decides
// anything; it reads the ledger aloud for whoever is called at night. The first that holds is the most pressing.
import type { OrderJson } from '../../api';
import { SERVICES, effectLabel } from '../../words/enforcement-words';
import type { Answers } from '../../http';

type Row = Answers['LedgerRow'];

export interface Situation {
  readonly key: string;
  readonly tone: 'error' | 'warning' | 'info';
  readonly what: string;
  readonly since: string | undefined;
  /** What happened at `since`, where it is not the situation itself that began then. */
  readonly sinceWord?: string;
  readonly action: string;
}

const service = (word: string): string => SERVICES[word] ?? word;
const rowName = (row: Row): string => `第${row.ask?.row ?? 0}行（${service(row.service)}：${effectLabel(row.ask)}）`;
const names = (rows: readonly Row[]): string => rows.map(rowName).join('、');
const latest = (times: readonly (string | undefined)[]): string | undefined => [...times].sort().findLast((time) => time !== undefined);
const earliest = (times: readonly (string | undefined)[]): string | undefined => [...times].sort()[0];

/** The reasons with which a row stops when the live set is no longer the one that was signed; it has changed nothing then. */
export const DRIFTED: readonly string[] = ['order.target_drifted', 'order.more_than_signed'];

export const isDrifted = (row: Row): boolean => row.state === 'REFUSED' && DRIFTED.includes(row.refusalReason);
export const isDisputed = (row: Row): boolean => row.disputeReason !== '';
/** Whether asking again can help, as enforcement's `canRetry`. A row that drifted would only stop again: it waits to be confirmed. */
export const mayRetry = (row: Row): boolean =>
  !isDrifted(row) && (row.state === 'REFUSED' || isDisputed(row) || (row.state === 'ASKED' && row.overdue));
export const isReopened = ({ reopenedAt, completedAt }: OrderJson): boolean =>
  reopenedAt !== undefined && (completedAt === undefined || completedAt < reopenedAt);

type Rule = (order: OrderJson) => Omit<Situation, 'key'> | undefined;

/** A situation that some rows are in. */
const ofRows =
  (is: (row: Row, order: OrderJson) => boolean, say: (rows: readonly Row[]) => Omit<Situation, 'key'>): Rule =>
  (order) => {
    const rows = order.rows.filter((row) => is(row, order));
    return rows.length === 0 ? undefined : say(rows);
  };

/** The rows that the order now wants done: those of the lifting at work or of the whole lifting, else its own. */
const rowsAtWork = (order: OrderJson): Row[] | undefined => {
  const isLifting = order.state === 'LIFTING' || order.liftings.some((one) => one.completedAt === undefined);
  if (isLifting) return order.rows.filter((row) => row.ask?.undo === true);
  return order.state === 'EXECUTING' ? order.rows.filter((row) => row.ask?.undo !== true) : undefined;
};

/** Rows of one count carry the same time: a row that has none, or an older one, was not answered for; nor one that worked since. */
const isUncounted = (row: Row, newest: string | undefined): boolean =>
  row.residualAt === undefined ||
  row.residualAt !== newest ||
  (row.receipt?.finishedAt !== undefined && row.residualAt < row.receipt.finishedAt);

/** All is done and it is still open: somebody has not said that nothing is left. */
const uncounted: Rule = (order) => {
  const rows = rowsAtWork(order) ?? [];
  const isDone = rows.length > 0 && rows.every((row) => row.state === 'DONE' && !isDisputed(row));
  if (!isDone || order.suspendedAt !== undefined || order.fences.some((fence) => fence.placedAt === undefined)) return undefined;
  const newest = latest(rows.map((row) => row.residualAt));
  const silent = [...new Set(rows.filter((row) => isUncounted(row, newest)).map((row) => service(row.service)))];
  const isLeft = rows.some((row) => row.residual > 0) || order.crossChecks.some((check) => check.contradictions > 0);
  if (silent.length === 0 && isLeft) return undefined;
  return {
    tone: 'warning',
    what:
      silent.length > 0
        ? `各行均已执行，等待核对残留：${silent.join('、')}尚未答复`
        : '各行均已执行、残留为零，等待跨服务核对：有服务尚未答复',
    since: latest(rows.map((row) => row.receipt?.finishedAt)),
    sinceWord: '回执到齐于',
    action: '检查上述服务是否在运行；系统会反复核对，恢复后自动关闭。不需要重新签发，也不要另发一份决定。',
  };
};

const askedOf = (order: OrderJson, row: Row): Row | undefined => order.rows.find((one) => one.ask?.row === row.ask?.afterRow);
const waitsFor = (row: Row): string => (row.ask?.afterRow ? `${rowName(row)}等第${row.ask.afterRow}行` : `${rowName(row)}等待下发`);

const isRunning = (row: Row): boolean => row.state === 'ASKED' && !row.overdue && !isDisputed(row);

const RULES = {
  REOPENED: (order) =>
    isReopened(order)
      ? {
          tone: 'error',
          what: '复核发现有记录不符合本决定，本决定已重新打开',
          since: order.reopenedAt,
          action: '在下面台账中展开有残留的行，按样例查明是谁改动的；改正后系统会再次核对，归零后自动关闭。不要另发一份决定。',
        }
      : undefined,
  SUSPENDED: (order) =>
    order.suspendedAt !== undefined
      ? {
          tone: 'warning',
          what: `已停止执行：${order.suspendReason}`,
          since: order.suspendedAt,
          action: '收到恢复执行的文书后点“恢复执行”，从停下的地方继续；已执行的部分不受影响。',
        }
      : undefined,
  DISPUTED: ofRows(isDisputed, (rows) => ({
    tone: 'error',
    what: `回执存疑，未予采信：${rows.map((row) => `${rowName(row)} ${row.disputeDetail || row.disputeReason}`).join('；')}`,
    since: earliest(rows.map((row) => row.disputedAt)),
    action: '本决定保持打开。请运维核对该服务的签名密钥和数据；原回执保留备查，服务补发正确回执后自动继续。',
  })),
  DRIFTED: ofRows(isDrifted, (rows) => ({
    tone: 'warning',
    what: `目标记录与签发时不一致，尚未改动任何记录：${names(rows)}`,
    since: earliest(rows.map((row) => row.askedAt)),
    sinceWord: '请求于',
    action: '由起草人以外的有权人员点“确认变化后的范围”，对照签发时与现在的数字；确认后按现有记录继续。',
  })),
  REFUSED: ofRows(
    (row) => row.state === 'REFUSED' && !isDrifted(row),
    (rows) => ({
      tone: 'error',
      what: `被拒：${rows.map((row) => `${rowName(row)} ${row.refusalDetail || row.refusalReason}`).join('；')}`,
      since: earliest(rows.map((row) => row.askedAt)),
      sinceWord: '请求于',
      action: '消除所述原因后点该行的“重试”。重试不会重复生效。',
    }),
  ),
  FENCE_MISSING: (order) => {
    const missing = order.fences.filter((fence) => fence.placedAt === undefined);
    return order.signedAt === undefined || missing.length === 0
      ? undefined
      : {
          tone: 'warning',
          what: `围栏未到达：${missing.map((fence) => service(fence.service)).join('、')}`,
          since: order.signedAt,
          action: '恢复该服务即可：它恢复时先取围栏，再受理业务。不需要重新签发。',
        };
  },
  OVERDUE: ofRows(
    (row) => row.overdue && row.state === 'ASKED',
    (rows) => ({
      tone: 'error',
      what: `超过期限仍未执行：${names(rows)}`,
      since: earliest(rows.map((row) => row.dueAt)),
      action:
        '检查该服务是否在运行、“滞留消息”里有没有它的消息、“部门交换”里有没有待发报文。恢复后自动继续；也可点该行的“重试”再请求一次。不需要重新签发。',
    }),
  ),
  RUNNING: ofRows(isRunning, (rows) => ({
    tone: 'info',
    what: `正在执行：${names(rows)}`,
    since: earliest(rows.map((row) => row.askedAt)),
    action: '等待即可。关闭页面不影响执行。',
  })),
  WAITING: (order) => {
    const rows = order.rows.filter((row) => row.state === 'WAITING');
    return rows.length === 0
      ? undefined
      : {
          tone: 'info',
          what: `等待前一行：${rows.map(waitsFor).join('、')}`,
          // It waits from when the row before it was asked; before the order went out, from the signature.
          since: earliest(rows.map((row) => askedOf(order, row)?.askedAt ?? order.signedAt)),
          action: '前一行执行后自动开始。',
        };
  },
  CONTRADICTED: (order) => {
    const found = order.crossChecks.filter((check) => check.contradictions > 0);
    return found.length === 0
      ? undefined
      : {
          tone: 'error',
          what: `跨服务核对不一致：${found.map((check) => `${service(check.fromService)}与${service(check.inService)} ${check.contradictions} 处`).join('、')}`,
          since: earliest(found.map((check) => check.at)),
          action: '在“跨服务核对”中看样例；两边一致后自动关闭。',
        };
  },
  RESIDUAL: ofRows(
    (row) => row.state === 'DONE' && row.residualAt !== undefined && row.residual > 0,
    (rows) => ({
      tone: 'warning',
      what: `仍有残留：${rows.map((row) => `${rowName(row)} ${row.residual} 条`).join('、')}`,
      since: earliest(rows.map((row) => row.residualAt)),
      action: '系统会反复核对；长时间不归零时展开该行看样例。',
    }),
  ),
  UNCOUNTED: uncounted,
} as const satisfies Record<string, Rule>;

/** What is to be said of a signed order, most pressing first; nothing when all is done. */
export const situationsOf = (order: OrderJson): Situation[] => {
  if (order.signedAt === undefined) return [];
  return Object.entries<Rule>(RULES).flatMap(([key, rule]) => {
    const found = rule(order);
    return found === undefined ? [] : [{ key, ...found }];
  });
};
