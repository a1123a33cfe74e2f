// When it all happened: the times that a certificate states are computed again from what it carries, and everything must have
// come in its turn. Enforcement's own times are of one clock; a service's clock may differ from it by a few minutes.
import type { DecisionText } from './decisions';
import { isTransfer } from './demands';
import type { Fence } from './fences';
import type { Findings } from './findings';
import { CLOCKS_DIFFER_MS, type ReceiptText } from './receipts';
import type { Counted } from './residual';
import { members, timeOrNone, type Fields } from './shapes';

const TIMES = [
  ['signed', '签发'],
  ['fenced', '各服务全部设围栏'],
  ['issued', '下达'],
  ['public', '向社会公开'],
  ['receipts', '收齐回执'],
  ['zero', '残留为零'],
  ['completed', '执行完毕'],
] as const;

type TimeName = (typeof TIMES)[number][0];

export interface LiftingEnd {
  readonly lifting: string;
  readonly completedAt: Date | null;
}

/** Everything in the certificate that has a time. */
export interface Timed {
  readonly order: DecisionText | undefined;
  readonly liftings: readonly DecisionText[];
  readonly issuedAt: Date;
  readonly ends: readonly LiftingEnd[];
  readonly fences: readonly Fence[];
  readonly receipts: readonly ReceiptText[];
  readonly residual: readonly Counted[];
  /** When the services were compared. */
  readonly checkedAt: readonly Date[];
}

const latest = (times: readonly (Date | null | undefined)[]): Date | null =>
  times.reduce<Date | null>((last, at) => (at && (!last || at > last) ? at : last), null);

/** What the parts say; `issued` and `completed` are stated nowhere else. */
const computed = ({ order, fences, receipts, residual }: Timed): Partial<Record<TimeName, Date | null>> => {
  const own = receipts.filter(({ undo }) => !undo);
  return {
    signed: order?.signedAt ?? null,
    fenced: latest(fences.map(({ placedAt }) => placedAt)),
    public: own.find(({ effect }) => effect === 'PUBLISH_NOTICE')?.finishedAt ?? null,
    receipts: latest(own.map(({ finishedAt }) => finishedAt)),
    zero: latest(residual.map(({ at }) => at)),
  };
};

const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();

type Stated = Readonly<Record<TimeName, Date | null>>;

/** Earlier, later, and by how much the clocks may differ; `what` for people. */
type InTurn = readonly [what: string, earlier: Date | null | undefined, later: Date | null | undefined, mayDifferMs?: number];

/** One decision, the order or a lifting of it, from its signature to its end. */
const phaseInTurn = (decision: DecisionText, completed: Date | null, { liftings, receipts, residual, issuedAt }: Timed): InTurn[] => {
  const numbers = decision.rows.map(({ row }) => row);
  const counted = residual.filter(({ row }) => numbers.includes(row)).map(({ at }) => at);
  const received = latest(receipts.filter(({ row }) => numbers.includes(row)).map(({ finishedAt }) => finishedAt));
  // What was over before the last decision may have been counted once more, by a nightly sweep.
  const countedBy = decision.lifting === String(liftings.length) ? completed : issuedAt;
  return [
    [`${decision.documentNo} 签封、出具证明`, decision.sealedAt, issuedAt],
    ...counted.flatMap((at): InTurn[] => [
      [`${decision.documentNo} 收齐回执、清点残留`, received, at, CLOCKS_DIFFER_MS],
      [`${decision.documentNo} 决定、清点残留`, decision.signedAt, at, CLOCKS_DIFFER_MS],
      [`${decision.documentNo} 清点残留、执行完毕`, at, countedBy, CLOCKS_DIFFER_MS],
    ]),
    [`${decision.documentNo} 执行完毕、出具证明`, completed, issuedAt],
  ];
};

const everythingInTurn = (timed: Timed, stated: Stated): InTurn[] => {
  const { order, liftings, ends, fences, checkedAt, issuedAt } = timed;
  if (!order) return [];
  return [
    ['签发、下达', stated.signed, stated.issued],
    ['下达、执行完毕', stated.issued, stated.completed],
    ...phaseInTurn(order, stated.completed, timed),
    ...liftings.flatMap((lifting, i): InTurn[] => [
      [`签发、${lifting.documentNo} 解除`, order.signedAt, lifting.signedAt],
      [`${lifting.documentNo} 决定、执行完毕`, lifting.signedAt, ends[i]?.completedAt],
      ...phaseInTurn(lifting, ends[i]?.completedAt ?? null, timed),
    ]),
    ...fences.flatMap(({ service, placedAt, signedAt }): InTurn[] => [
      [`签发、${service} 设围栏`, stated.signed, placedAt, CLOCKS_DIFFER_MS],
      [`${service} 设围栏、执行完毕`, placedAt, stated.completed, CLOCKS_DIFFER_MS],
      [`${service} 设围栏、签名`, placedAt, signedAt, CLOCKS_DIFFER_MS],
      [`${service} 签名、出具证明`, signedAt, issuedAt, CLOCKS_DIFFER_MS],
    ]),
    ...checkedAt.flatMap((at): InTurn[] => [
      ['收齐回执、跨服务核对', stated.receipts, at, CLOCKS_DIFFER_MS],
      ['跨服务核对、出具证明', at, issuedAt, CLOCKS_DIFFER_MS],
    ]),
  ];
};

const isInTurn = ([, earlier, later, mayDifferMs = 0]: InTurn): boolean =>
  earlier instanceof Date && later instanceof Date && earlier.getTime() <= later.getTime() + mayDifferMs;

/** Checks that the times stated are those of the parts, and that everything came in its turn. */
export const checkTimes = (found: Findings, given: Fields, timed: Timed): void => {
  const times = members(
    given,
    'times',
    TIMES.map(([name]) => name),
  );
  const stated = Object.fromEntries(TIMES.map(([name]) => [name, timeOrNone(times[name], `times.${name}`)])) as Stated;
  const parts = computed(timed);
  for (const [name, words] of TIMES) {
    const at = stated[name];
    // Not every order is made public, and transfers have no fences; the others happen to each.
    const isOptional = name === 'public' || (name === 'fenced' && timed.order !== undefined && isTransfer(timed.order.measures));
    const part = parts[name];
    const isRight = (at !== null || isOptional) && (part === undefined || same(at, part));
    found.note(`times.${name}`, isRight, `${words}时间：${at?.toISOString() ?? '不适用'}`, `${words}时间缺失，或与所载内容不一致`);
  }
  const wrong = everythingInTurn(timed, stated).find((one) => !isInTurn(one));
  found.note('times.order', wrong === undefined, '各时间先后有序', `时间先后不对：${wrong?.[0] ?? ''}`);
};
