// Imports earlier payments (历史数据). One message is one transaction; a payment that exists already must be equal. A new payment must pass the
// guard like any payment, or an order being executed would miss it.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { byInstitution } from '@hengji/participation';
import { checkImportedPayments, type PaymentClaim } from '../domain/payment';
import type { Ports } from './ports';

export interface Imported {
  readonly imported: number;
  readonly already: number;
}

const taken = (i: number): Refusal =>
  new Refusal('conflict', 'subsidy.payment_taken', '该编号或该证书与资金来源已有内容不同的发放记录', {
    field: `payments[${i}].payment_id`,
    rule: 'rules §6.2',
  });

/** Imports one message, all in `tx`. Refuses import.too_many, malformed fields, subsidy.payment_taken, order.held. */
export const importPayments =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, claims: readonly PaymentClaim[]): Promise<Imported> => {
    const payments = checkImportedPayments(claims, dayOf(ports.now()));
    // Guards before records, as in every writer, or a fence and an import might deadlock. The check of the records against holds comes
    // below.
    for (const [institution] of byInstitution(payments)) await ports.checkGuard(tx, institution, []);
    const added = await ports.payments.add(tx, payments);
    if (added.size < payments.length) {
      const [first] = await ports.payments.differing(tx, payments);
      if (first !== undefined) throw taken(first);
    }
    // A payment that is twice in one message is added once.
    const fresh = new Map(payments.filter(({ paymentId }) => added.has(paymentId)).map((payment) => [payment.paymentId, payment]));
    for (const [institution, own] of byInstitution([...fresh.values()])) {
      await ports.checkGuard(tx, institution, own);
      const fen = own.reduce((sum, payment) => sum + payment.fen, 0n);
      await ports.publish(tx, institution, { $case: 'paymentsImported', value: { count: own.length, fen, payments: own } });
    }
    return { imported: added.size, already: payments.length - added.size };
  };
