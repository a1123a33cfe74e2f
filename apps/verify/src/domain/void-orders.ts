// Orders that void certificates, from their signature on: the public answer follows the signature at once, while the certificate service is
// still writing a million rows. An order covers what was issued before it was completed; certificates that an institution issues
// afterwards, its fence released, are outside the order.
import type { CertificateEntry } from './certificate-table';

export interface VoidOrder {
  readonly orderId: string;
  readonly documentNo: string;
  readonly institution: string;
  readonly signedAt: Date;
  /** True for a certificate of the institution within the order's scope. */
  readonly covers: (entry: CertificateEntry) => boolean;
}

export interface VoidOrders {
  issue(order: VoidOrder): void;
  /** From here on new certificates are outside the order. */
  complete(orderId: string, at: Date): void;
  /** Of the lifted certificates (`part`; all without it), only those stay void that certificate.v1 has voided and not yet reinstated. */
  lift(orderId: string, part?: (entry: CertificateEntry) => boolean): void;
  /** Deletes everything of the institution's orders. */
  forget(institution: string): void;
  /** Orders that make this certificate void now, in the order of their arrival. */
  covering(entry: CertificateEntry): VoidOrder[];
}

interface Standing extends VoidOrder {
  completedAt: number;
  /** The lifted parts. */
  readonly without: ((entry: CertificateEntry) => boolean)[];
}

export const voidOrders = (): VoidOrders => {
  const orders = new Map<string, Standing>();
  const byInstitution = new Map<string, Standing[]>();
  return {
    issue: (order) => {
      if (orders.has(order.orderId)) return;
      const standing = { ...order, completedAt: Number.POSITIVE_INFINITY, without: [] };
      orders.set(order.orderId, standing);
      byInstitution.set(order.institution, [...(byInstitution.get(order.institution) ?? []), standing]);
    },
    complete: (orderId, at) => {
      const order = orders.get(orderId);
      if (order && order.completedAt === Number.POSITIVE_INFINITY) order.completedAt = at.getTime();
    },
    lift: (orderId, part) => {
      const order = orders.get(orderId);
      if (!order) return;
      if (part) {
        order.without.push(part);
        return;
      }
      orders.delete(orderId);
      byInstitution.set(
        order.institution,
        (byInstitution.get(order.institution) ?? []).filter((each) => each !== order),
      );
    },
    forget: (institution) => {
      for (const { orderId } of byInstitution.get(institution) ?? []) orders.delete(orderId);
      byInstitution.delete(institution);
    },
    covering: (entry) =>
      (byInstitution.get(entry.institution) ?? []).filter(
        (order) => entry.issuedAt <= order.completedAt && order.covers(entry) && !order.without.some((part) => part(entry)),
      ),
  };
};
