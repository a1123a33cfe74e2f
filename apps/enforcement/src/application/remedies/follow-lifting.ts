// What orders and remedies have to do with each other outside the steps: a lifting carries out the result of a remedy, and an order is
// not signed while its decision is stayed or revoked.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { decideFact } from '@hengji/procedure/tables';
import { kindOf, type Lifting, type Order, type OrderEvent } from '../../domain/order';
import type { Remedy } from '../../domain/remedies/remedy';
import { carriesOut, draftedLifting, owesLifting } from '../../domain/remedies/results';
import { REMEDY } from '../../domain/remedies/steps';
import type { Remedies } from './ports';

interface Deps<Tx> {
  readonly remedies: Remedies<Tx>;
  readonly now: () => Date;
}

/** A lifting has its own day and number. */
const liftedNow = (remedy: Remedy, { documentNo }: Lifting, now: Date): Remedy => {
  const next = decideFact(REMEDY, remedy, { step: 'LIFTED', text: '', now });
  const entries = next.entries.map((entry, i) => (i < remedy.entries.length ? entry : { ...entry, day: dayOf(now), documentNo }));
  return { ...next, entries };
};

/** Records on each remedy of the order that the lifting takes back what its result demands. */
export const followLifting =
  <Tx>({ remedies, now }: Deps<Tx>) =>
  async (tx: Tx, order: Order, event: OrderEvent): Promise<void> => {
    if (event.kind !== 'orderLifted' || order.caseId === '') return;
    const lifting = order.liftings.find(({ number }) => number === event.lifting);
    for (const remedy of lifting ? await remedies.ofCase(tx, order.caseId) : []) {
      const drafted = remedy.orderId === order.id ? draftedLifting(remedy) : null;
      if (!lifting || !drafted || !carriesOut(drafted, order, lifting)) continue;
      const next = liftedNow(remedy, lifting, now());
      // A whole lifting ends the suspension of the order.
      await remedies.save(tx, remedy, lifting.whole ? { ...next, stayed: false, stayApplied: false } : next);
    }
  };

/** Refuses `remedy.stands`: the decision of the order is stayed, or a result revokes it. */
export const checkMaySign =
  <Tx>({ remedies }: Pick<Deps<Tx>, 'remedies'>) =>
  async (tx: Tx, order: Order): Promise<void> => {
    if (order.caseId === '' || kindOf(order) === 'transfer') return;
    const stands = (await remedies.ofCase(tx, order.caseId)).find((one) => one.orderId === order.id && (one.stayed || owesLifting(one)));
    if (!stands) return;
    const message = stands.stayed
      ? `${stands.body}（${stands.bodyNo}）的停止执行尚未恢复，不能签发`
      : `${stands.body}的结果已撤销或者变更本决定，应先以“自行纠正”或者重新决定落实，不能签发`;
    throw new Refusal('illegalMove', 'remedy.stands', message, { field: 'order_id', rule: 'rules §7.9' });
  };
