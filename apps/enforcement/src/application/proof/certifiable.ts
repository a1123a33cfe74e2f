// Checks all stored data of the certificate before an order is completed. A certificate that fails verification is worse than
// an open order: a row that was set done, or a number that was changed, in the database keeps the order open.
import { Refusal } from '@hengji/domain-kit';
import type { Service } from '../../domain/cascade';
import { decideCountAgain, decideDoubted, type Doubts } from '../../domain/execution';
import { troubleOf } from '../../domain/fence';
import { openLifting, rowsToProve, type Decision, type Order } from '../../domain/order';
import { decideAltered } from '../../domain/residual/altered';
import type { Attestations, Attested, Evidence, ReadContents, Receipts } from './ports';

interface Deps<Tx> {
  readonly receipts: Pick<Receipts<Tx>, 'checkStored'>;
  readonly attestations: Attestations<Tx>;
  readonly evidence: Evidence<Tx>;
  /** Called with the reason why an order with a count of zero is not completed. */
  readonly onTrouble: (trouble: { orderId: string; step: 'certificate'; failure: unknown }) => void;
}

const refusalOf = (check: () => void): Refusal | undefined => {
  try {
    check();
    return undefined;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
};

const doubtsOf = <Tx>({ receipts, attestations }: Deps<Tx>, order: Order, now: Date): Doubts => {
  const rows = rowsToProve(order).flatMap((row): [number, Refusal][] => {
    const refusal = refusalOf(() => receipts.checkStored(order, row, now));
    return refusal ? [[row.number, refusal]] : [];
  });
  const fences = order.fences.flatMap((fence): [Service, string][] => {
    const refusal = refusalOf(() => attestations.checkFence(order, fence, now));
    return refusal ? [[fence.service, troubleOf(refusal)]] : [];
  });
  return { rows: new Map(rows), fences: new Map(fences) };
};

/** A decision on a count, with the attestations of the count and the result of reading the case's attachments. */
interface Counted {
  readonly decision: Decision;
  readonly attested: Attested;
  readonly contents: ReadContents;
}

export const completes = ({ events }: Decision): boolean => events.some(({ kind }) => kind === 'orderCompleted');

/**
 * The decision on a count; on completion its attestations are stored in the same transaction. If a check fails, the order (or
 * lifting) is not completed: the rows and fences are disputed, the findings are shown, or the count is repeated.
 */
export const certifiable =
  <Tx>(deps: Deps<Tx>) =>
  async (tx: Tx, order: Order, counted: Counted, now: Date): Promise<Decision> => {
    const { decision, attested, contents } = counted;
    if (!completes(decision)) return decision;
    const doubts = doubtsOf(deps, order, now);
    if (doubts.rows.size > 0 || doubts.fences.size > 0) return decideDoubted(order, doubts, now);
    const { attestations, evidence, onTrouble } = deps;
    const altered = await evidence.compare(tx, order, { now, which: 'completing', contents });
    if (altered.length > 0) return decideAltered(order, altered, now);
    const ended = openLifting(order)?.number ?? 0;
    const own = attested.get(ended) ?? [];
    for (const [lifting, all] of new Map([...(await attestations.of(tx, order.id)), [ended, own] as const])) {
      const failure = refusalOf(() => attestations.checkCounted(order, lifting, all, now));
      if (!failure) continue;
      onTrouble({ orderId: order.id, step: 'certificate', failure });
      return decideCountAgain(order, now);
    }
    await attestations.keep(tx, order.id, ended, own);
    return decision;
  };
