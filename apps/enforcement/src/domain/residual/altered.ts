// Altered evidence (存证被改): the stored data of an order differs from what was signed. No record of a service has to be
// changed, but the order cannot count as carried out with this data. The order stays open until the stored data equals the
// signed data again.
import { Refusal } from '@hengji/domain-kit';
import { dispute, doubt, type Row } from '../ledger';
import { move, quietly, rowsInForce, type Decision, type Order, type OrderEvent } from '../order';
import { isClosed } from './reopening';

/** One finding. `receipt`: the receipt of the row is wrong, and its service can send the receipt again. Row 0 is the order itself. */
export interface Altered {
  readonly row: number;
  readonly what: string;
  readonly receipt?: Refusal;
}

const MOST = 5;

const wordsOf = (found: readonly Altered[]): string => {
  const words = found.slice(0, MOST).map(({ what }) => what);
  return `${words.join('；')}${found.length > MOST ? `；等${found.length}处` : ''}。须从备份恢复后，重试本行`;
};

const altered = (found: readonly Altered[]): Refusal => new Refusal('conflict', 'evidence.altered', wordsOf(found), { field: 'order_id' });

/** The row that shows a fault of the order itself: the first row in force. */
const showingRow = (order: Order): number => (rowsInForce(order)[0] ?? order.rows[0])?.number ?? 0;

const marked = (order: Order, found: readonly Altered[], now: Date): Row[] => {
  const first = showingRow(order);
  const isKnown = (number: number): boolean => order.rows.some((row) => row.number === number);
  return order.rows.map((row) => {
    const own = found.filter((one) => one.row === row.number || (row.number === first && !isKnown(one.row)));
    const words = own.filter(({ receipt }) => !receipt);
    if (words.length > 0) return dispute(row, altered(words), now);
    const receipt = own.find((one) => one.receipt)?.receipt;
    return receipt ? doubt(row, receipt, now) : row;
  });
};

/** For an order that was about to be completed: the order stays open, and each finding is shown at its row. */
export const decideAltered = (order: Order, found: readonly Altered[], now: Date): Decision =>
  quietly({ ...order, rows: marked(order, found, now), sweep: { ...order.sweep, nextAt: null } });

/** For a closed order: the order is reopened, and wrong receipts are requested again. */
export const decideAlteredClosed = (order: Order, found: readonly Altered[], now: Date): Decision => {
  if (!isClosed(order) || found.length === 0) return quietly(order);
  const last = order.state === 'LIFTED' ? order.liftings.at(-1) : undefined;
  const liftings = order.liftings.map((one) => (one === last ? { ...one, completedAt: null } : one));
  const rows = marked(order, found, now);
  const asked = rows.filter((row, i) => row.state === 'ASKED' && order.rows[i]?.state !== 'ASKED');
  return {
    next: {
      ...order,
      state: move(order, 'reopen'),
      liftings,
      rows,
      reopenedAt: now,
      sweptAt: now,
      sweep: { total: BigInt(found.length), tries: 0, nextAt: null },
    },
    events: asked.map(({ number }): OrderEvent => ({ kind: 'rowReleased', row: number })),
  };
};
