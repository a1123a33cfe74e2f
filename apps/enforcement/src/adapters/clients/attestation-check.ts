// Whether what a service says of its fence, its count or its side of a cross-check is signed by that very service, about this order,
// and within its time. The statement was written out of the question that was asked and the answer that came (participants.ts), so
// a good signature over it answers just that question.
import { ATTESTATIONS, scopeStatement } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import { digestOf, type Statement, type Verifier } from '@hengji/host';
import type { Attestations } from '../../application/proof/ports';
import { isStanding } from '../../domain/cascade';
import type { Row } from '../../domain/ledger';
import { openLifting, type Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import { CROSS_CHECKS } from '../../domain/residual/cross-checks';
import { CLOCKS_DIFFER_MS, refusedAs, witnessOf, type Kind } from '../receipt-check';

const FENCE = { slug: 'fence', noun: '围栏' } as const satisfies Kind;
const COUNT = { slug: 'count', noun: '清点' } as const satisfies Kind;

const refuse = ({ slug }: Kind, reason: string, message: string): never => {
  throw new Refusal('forbidden', `${slug}.${reason}`, message, { field: slug, rule: 'N3.5d' });
};

type Said = Statement & Readonly<Record<'orderId' | 'service', string>>;

const read = (kind: Kind, attestation: Attestation | null): Said => {
  if (!attestation) return refuse(kind, 'unsigned', `${kind.noun}没有签名`);
  return JSON.parse(attestation.statement) as Said;
};

/** Where each kind of statement says when it was made. */
const TIMES: Readonly<Record<string, string>> = {
  [ATTESTATIONS.fence]: 'signedAt',
  [ATTESTATIONS.residual]: 'countedAt',
  [ATTESTATIONS.affected]: 'listedAt',
  [ATTESTATIONS.contradictions]: 'answeredAt',
};

const madeAt = (said: Said): Date => new Date(String(said[TIMES[said.type] ?? '']));

/** Checks that the service which is named has signed it; `witnessedAt`: when it was seen to be. */
type CheckSigned = (kind: Kind, attestation: Attestation | null, witnessedAt?: (at: Date) => Date | undefined) => Said;

/** What was found good when it came is not checked once more before it is kept: SM2 takes its time. What is read from the store is. */
const signedCheck = (verifier: Verifier): CheckSigned => {
  const good = new WeakSet<Attestation>();
  return (kind, attestation, witnessedAt) => {
    const said = read(kind, attestation);
    if (!attestation || good.has(attestation)) return said;
    const at = madeAt(said);
    refusedAs(kind, () => verifier.check(said, attestation, { service: said.service, signedAt: at, witnessedAt: witnessedAt?.(at) }));
    good.add(attestation);
    return said;
  };
};

const checkTimes = (kind: Kind, at: Date, { decidedAt, now }: { decidedAt: Date; now: Date }): void => {
  if (Number.isNaN(at.getTime())) refuse(kind, 'times_invalid', `${kind.noun}没有写明时间`);
  if (at.getTime() < decidedAt.getTime() - CLOCKS_DIFFER_MS) refuse(kind, 'before_order', `${kind.noun}的时间早于所执行的决定`);
  if (at.getTime() > now.getTime() + CLOCKS_DIFFER_MS) refuse(kind, 'in_future', `${kind.noun}的时间尚未到来`);
};

interface Counts extends Said {
  readonly rows: readonly { readonly row: string; readonly count: string }[];
}

/** The rows that the statement is about, by the service that made it. */
const rowsOf = (order: Order, said: Said): Row[] => {
  const numbered = (numbers: readonly unknown[]): Row[] => order.rows.filter(({ number }) => numbers.includes(String(number)));
  if (said.type === ATTESTATIONS.residual) return numbered((said as Counts).rows.map(({ row }) => row));
  if (said.type === ATTESTATIONS.affected) return numbered([said['row']]);
  const check = Object.entries(CROSS_CHECKS).find(([word]) => word === said['check'])?.[1];
  return order.rows.filter((row) => row.lifting === 0 && row.target.effect === check?.against);
};

/** A count says nothing of what its own service did after it; both times are of one clock. */
const checkAfterReceipts = (order: Order, said: Said): void => {
  const at = madeAt(said);
  const early = rowsOf(order, said).find(({ receipt }) => receipt?.finishedAt && at < receipt.finishedAt);
  if (early) refuse(COUNT, 'before_receipt', `清点早于第${early.number}行的回执`);
};

const checkCount = (checkSigned: CheckSigned, order: Order, attestation: Attestation | null, now: Date): Said => {
  const said = checkSigned(COUNT, attestation);
  const { lifting = 0 } = rowsOf(order, said)[0] ?? {};
  const decision = lifting === 0 ? order.signature : order.liftings.find(({ number }) => number === lifting);
  checkTimes(COUNT, madeAt(said), { decidedAt: decision?.at ?? now, now });
  checkAfterReceipts(order, said);
  return said;
};

/** Each row of the decision once, and none with anything left. */
const checkZero = (order: Order, lifting: number, said: readonly Said[]): void => {
  const counts = said.flatMap((one) => (one.type === ATTESTATIONS.residual ? (one as Counts).rows : []));
  for (const { number } of order.rows.filter((row) => row.lifting === lifting)) {
    const own = counts.filter(({ row }) => row === String(number));
    if (own.length !== 1 || own[0]?.count !== '0') refuse(COUNT, 'not_zero', `第${number}行没有唯一的、残留为零的清点`);
  }
};

/** The standing of a fence is told apart only while M1 is in force: a service whose hold was lifted does not know it any more. */
const isStandingRight = (order: Order, standing: unknown): boolean =>
  order.liftings.some(({ measures }) => measures.includes('STOP_EVALUATION')) || standing === isStanding(order.measures);

/** A fence is the order's own: its epoch and scope, and it stays if the order's does. */
const checkOwnFence = (order: Order, said: Said, { service, placedAt }: { service: string; placedAt: Date | null }): void => {
  const isOwn =
    said.type === ATTESTATIONS.fence &&
    said.orderId === order.id &&
    said.service === service &&
    said['epoch'] === String(order.signature?.epoch) &&
    said['scope'] === digestOf(scopeStatement(order.scope)) &&
    said['placedAt'] === placedAt?.toISOString() &&
    isStandingRight(order, said['standing']);
  if (!isOwn) refuse(FENCE, 'differs', '围栏与处理决定的次序号、范围或措施不符');
};

export const attestationCheck = (verifier: Verifier): Pick<Attestations<never>, 'check' | 'checkFence' | 'checkCounted'> => {
  const checkSigned = signedCheck(verifier);
  return {
    checkFence: (order, { service, placedAt, attestation }, now) => {
      const said = checkSigned(FENCE, attestation, (at) => witnessOf(order, at));
      checkOwnFence(order, said, { service, placedAt });
      const times = { decidedAt: order.signature?.at ?? now, now };
      checkTimes(FENCE, placedAt ?? new Date(Number.NaN), times);
      checkTimes(FENCE, madeAt(said), times);
    },
    check: (order, attestation, now) => void checkCount(checkSigned, order, attestation, now),
    checkCounted: (order, lifting, counted, now) => {
      const isOver = lifting !== (openLifting(order)?.number ?? 0);
      // What was taken in once was seen then: nobody can be asked again for what is not in force any more.
      const said = counted.map((one) => (isOver ? checkSigned(COUNT, one, (at) => at) : checkCount(checkSigned, order, one, now)));
      if (said.some(({ orderId }) => orderId !== order.id)) refuse(COUNT, 'forged', '清点属于另一处理决定');
      checkZero(order, lifting, said);
    },
  };
};
