// Payments on valid certificates. The call to certificate comes before the transaction. If an order voids a certificate in between, its
// fence reaches this service first, and the guard refuses the payment.
import { dayOf } from '@hengji/domain-kit';
import { type CertificateFacts, checkFiled, decidePayments, type NewPayment, paidAlready, type Payment } from '../domain/payment';
import type { Ports } from './ports';

export interface PaySubsidies {
  readonly payments: readonly NewPayment[];
  /** By number: certificate's answer. */
  readonly certificates: ReadonlyMap<string, CertificateFacts>;
  /** By number: why the filing does not cover the certificate. */
  readonly obstacles: ReadonlyMap<string, string>;
  /** The time of both calls, for the guard. */
  readonly askedAt: Date;
}

/** Pays all or none, of one institution, all in `tx`. Refuses subsidy.certificate_not_held, subsidy.paid_already, order.held, filing.*. */
export const paySubsidies =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: PaySubsidies): Promise<Payment[]> => {
    const payments = decidePayments(command.payments, command.certificates, dayOf(ports.now()));
    const institution = payments[0]?.institution ?? '';
    await ports.checkGuard(tx, institution, payments, command.askedAt);
    checkFiled(payments, command.obstacles);
    const added = await ports.payments.add(tx, payments);
    payments.forEach((payment, i) => {
      if (!added.has(payment.paymentId)) throw paidAlready(`payments[${i}]`, payment);
    });
    const paymentIds = payments.map(({ paymentId }) => paymentId);
    const fen = payments.reduce((sum, payment) => sum + payment.fen, 0n);
    await ports.publish(tx, institution, { $case: 'paymentsMade', value: { paymentIds, fen, payments } });
    return payments;
  };
