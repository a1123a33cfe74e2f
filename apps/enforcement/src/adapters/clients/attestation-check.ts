// Checks the signature of a service under its fence, its count or its part of a cross-check. The signer must be that service,
// the statement must be about this order, and the time must fit. The statement was built from the request and the answer
// (participants.ts), so a valid signature covers exactly this request.
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
  throw new Refusal('forbidden', `${slug}.${reason}`, message, { field: slug, rule: 'N3.5c' });
};

type Said = Statement & Readonly<Record<'orderId' | 'service', string>>;

const read = (kind: Kind, attestation: Attestation | null): Said => {
  if (!attestation) return refuse(kind, 'unsigned', `${kind.noun}没有签名`);
  return JSON.parse(attestation.statement) as Said;
};

/** The field of each kind of statement that holds its time. */
const TIMES: Readonly<Record<string, string>> = {
  [ATTESTATIONS.fence]: 'signedAt',
  [ATTESTATIONS.residual]: 'countedAt',
  [ATTESTATIONS.affected]: 'listedAt',
  [ATTESTATIONS.contradictions]: 'answeredAt',
};

const madeAt = (said: Said): Date => new Date(String(said[TIMES[said.type] ?? '']));

/** Checks that the named service has signed the statement; `witnessedAt`: when the signature was already known to exist. */
type CheckSigned = (kind: Kind, attestation: Attestation | null, witnessedAt?: (at: Date) => Date | undefined) => Said;

/**
 * A statement that was valid on arrival is not checked again before storage, because SM2 is slow. A statement read from the
 * store is checked.
 */
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

/** The rows of the statement, of the service that signed it. */
const rowsOf = (order: Order, said: Said): Row[] => {
  const numbered = (numbers: readonly unknown[]): Row[] => order.rows.filter(({ number }) => numbers.includes(String(number)));
  if (said.type === ATTESTATIONS.residual) return numbered((said as Counts).rows.map(({ row }) => row));
  if (said.type === ATTESTATIONS.affected) return numbered([said['row']]);
  const check = Object.entries(CROSS_CHECKS).find(([word]) => word === said['check'])?.[1];
  return order.rows.filter((row) => row.lifting === 0 && row.target.effect === check?.against);
};

/** A count must be no earlier than the receipts of its own service; both times are from the same clock. */
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

/** Each row of the decision must be counted exactly once, at zero. */
const checkZero = (order: Order, lifting: number, said: readonly Said[]): void => {
  const counts = said.flatMap((one) => (one.type === ATTESTATIONS.residual ? (one as Counts).rows : []));
  for (const { number } of order.rows.filter((row) => row.lifting === lifting)) {
    const own = counts.filter(({ row }) => row === String(number));
    if (own.length !== 1 || own[0]?.count !== '0') refuse(COUNT, 'not_zero', `第${number}行没有唯一的、残留为零的清点`);
  }
};

/** `standing` is compared only while M1 is in force: a service whose hold was lifted no longer stores it. */
const isStandingRight = (order: Order, standing: unknown): boolean =>
  order.liftings.some(({ measures }) => measures.includes('STOP_EVALUATION')) || standing === isStanding(order.measures);

/** A fence must have the order's own epoch and scope, and be standing if the order is. */
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
      // Stored counts of a decision that is over count as witnessed at their time: no service can be asked for them again.
      const said = counted.map((one) => (isOver ? checkSigned(COUNT, one, (at) => at) : checkCount(checkSigned, order, one, now)));
      if (said.some(({ orderId }) => orderId !== order.id)) refuse(COUNT, 'forged', '清点属于另一处理决定');
      checkZero(order, lifting, said);
    },
  };
};
