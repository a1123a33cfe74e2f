// The orders of a case as choices: by the number of the decision or their place, the name of the draft, and whether they were discarded. Pure, so that tests need no browser.
import type { CaseJson } from '../../case-api';

interface Choice {
  readonly value: string;
  readonly label: string;
}

type OrdersOfCase = Pick<CaseJson, 'orderIds' | 'orders' | 'documents'>;

/** The number of the decision (决定书) on the order; empty while it has none. */
const numberOf = ({ documents }: OrdersOfCase, order: string): string =>
  documents.findLast(({ kind, orderId }) => kind === 'DECISION' && orderId === order)?.number ?? '';

/** All orders of the case. */
export const orderChoices = (theCase: OrdersOfCase): Choice[] =>
  theCase.orderIds.map((value, place) => {
    const order = theCase.orders.find(({ orderId }) => orderId === value);
    const name = order === undefined || order.title === '' ? '' : ` ${order.title}`;
    const called = numberOf(theCase, value) || `第 ${place + 1} 份`;
    return { value, label: `${called}${name}${order?.discarded === true ? '（已废弃）' : ''}` };
  });

/** The drafts that a step of the case can be about; an older service does not tell them from signed orders. */
export const draftChoices = (theCase: OrdersOfCase): Choice[] =>
  orderChoices(theCase).filter(
    ({ value }) => theCase.orders.length === 0 || theCase.orders.some(({ orderId, draft }) => orderId === value && draft),
  );

/** The orders that a document can be about: not the discarded ones. */
export const keptChoices = (theCase: OrdersOfCase): Choice[] =>
  orderChoices(theCase).filter(({ value }) => !theCase.orders.some(({ orderId, discarded }) => orderId === value && discarded));
