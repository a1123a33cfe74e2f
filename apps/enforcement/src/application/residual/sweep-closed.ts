// Sweeps a closed order: in the nightly sweep, or on an officer's request.
import { Refusal } from '@hengji/domain-kit';
import type { Doing } from '@hengji/procedure';
import type { Actor } from '../../domain/competence';
import { checkSweep, decideSweptClosed, isClosed, silentIn } from '../../domain/residual/reopening';
import type { Order } from '../../domain/order';
import type { Orders, Transactions } from '../ports';
import { decideAlteredClosed } from '../../domain/residual/altered';
import type { Attestations, Contents, Evidence } from '../proof/ports';
import type { Count } from './count';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly count: Count;
  readonly attestations: Pick<Attestations<Tx>, 'keepMissing'>;
  readonly evidence: Evidence<Tx>;
  readonly contents: Contents;
  readonly now: () => Date;
}

/** The name of the object store in the list of missing answers. */
const STORE = '附件存储';

/**
 * Counts the order if it is closed, and reopens it if a record is not in the demanded state. `asked` is set for a request by an
 * officer, and absent in the nightly sweep. Returns the services, or the object store, that did not answer.
 */
export const sweepClosed =
  <Tx>({ orders, transactions, count, attestations, evidence, contents, now }: Deps<Tx>) =>
  async (orderId: string, asked?: Doing): Promise<{ silent: string[] }> => {
    const order = await orders.get(orderId);
    if (!isClosed(order)) return { silent: [] };
    const [counted, found] = await Promise.all([count(order), contents.read(order, now())]);
    const write = async (tx: Tx): Promise<string> => {
      await orders.update(tx, orderId, async (current) => {
        const at = now();
        const decision = decideSweptClosed(current, counted, at, order);
        // For an order from before counts were signed, so that a later lifting can be certified.
        if (decision.events.length > 0 || decision.next.sweptAt !== at) return decision;
        await attestations.keepMissing(tx, orderId, counted.attested);
        const altered = await evidence.compare(tx, current, { now: at, which: 'closed', contents: found });
        return altered.length > 0 ? decideAlteredClosed(current, altered, at) : decision;
      });
      return orderId;
    };
    await (asked ? transactions.recorded(asked, write) : transactions.run(write));
    return { silent: [...silentIn(order, counted), ...(found.unread ? [STORE] : [])] };
  };

/** The same for an officer, with a refusal if a service did not answer: `sweep.unanswered`. Refuses as `checkSweep`. */
export const sweepNow =
  <Tx>(deps: Deps<Tx>) =>
  async (orderId: string, actor: Actor, asked: Doing): Promise<Order> => {
    checkSweep(await deps.orders.get(orderId), actor);
    const { silent } = await sweepClosed(deps)(orderId, asked);
    const order = await deps.orders.get(orderId);
    // A count above zero reopens the order without the missing answers; the refusal is only for an order that stays closed.
    if (silent.length > 0 && isClosed(order)) {
      throw new Refusal('unavailable', 'sweep.unanswered', `${silent.join('、')} 未答复，复核未完成`, { field: 'order_id' });
    }
    return order;
  };
