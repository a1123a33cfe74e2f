// Proves that one record is in the signed receipt of a row. The service returns leaf and path; the order and the receipt are
// from the ledger. The file can therefore be verified without a further statement.
import { Refusal } from '@hengji/domain-kit';
import { checkMaySee, type Actor } from '../../domain/competence';
import { getRow } from '../../domain/ledger';
import { concernOf, type Order } from '../../domain/order';
import type { Orders } from '../ports';
import type { Certificate, Certificates, Inclusion, Inclusions } from './ports';

export interface ProveRecord {
  readonly orderId: string;
  readonly row: number;
  readonly recordId: string;
}

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly certificates: Pick<Certificates<Tx>, 'find'>;
  readonly inclusions: Inclusions;
  /** The proof file of the inclusion, in canonical form. */
  readonly proofOf: (order: Order, asked: ProveRecord, inclusion: Inclusion) => string;
}

/** The proof file. Refuses `order.unknown`, `order.out_of_territory`, `row.unknown` and `record.not_in_receipt`. */
export const proveRecord =
  <Tx>({ orders, inclusions, proofOf }: Deps<Tx>) =>
  async (asked: ProveRecord, actor: Actor): Promise<string> => {
    const order = await orders.get(asked.orderId);
    checkMaySee(actor, concernOf(order));
    const row = getRow(order.rows, asked.row);
    if (!row.receipt?.signature) {
      throw new Refusal('notFound', 'record.not_in_receipt', `第${asked.row}行还没有经签名的回执`, { field: 'row', rule: 'N3.5c' });
    }
    return proofOf(order, asked, await inclusions.find(row.target.service, asked));
  };

/** The last completion certificate. Refuses `order.unknown`, `order.out_of_territory` and `order.not_completed`. */
export const getCertificate =
  <Tx>({ orders, certificates }: Deps<Tx>) =>
  async (orderId: string, actor: Actor): Promise<{ order: Order; certificate: Certificate }> => {
    const order = await orders.get(orderId);
    checkMaySee(actor, concernOf(order));
    const certificate = await certificates.find(orderId);
    if (!certificate) {
      throw new Refusal('illegalMove', 'order.not_completed', '处理决定尚未执行完毕，没有执行完成证明', {
        field: 'order_id',
        rule: 'N3.5c',
      });
    }
    return { order, certificate };
  };
