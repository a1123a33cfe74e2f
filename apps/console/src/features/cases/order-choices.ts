// The orders of a case as choices: by their place, the name of the draft, and whether they were discarded. Pure, so that tests need no browser.
import type { CaseJson } from '../../case-api';

interface Choice {
  readonly value: string;
  readonly label: string;
}

type OrdersOfCase = Pick<CaseJson, 'orderIds' | 'orders'>;

/** All orders of the case. */
export const orderChoices = ({ orderIds, orders }: OrdersOfCase): Choice[] =>
  orderIds.map((value, place) => {
    const order = orders.find(({ orderId }) => orderId === value);
    const name = order === undefined || order.title === '' ? '' : ` ${order.title}`;
    return { value, label: `第 ${place + 1} 份${name}${order?.discarded === true ? '（已废弃）' : ''}` };
  });

/** The drafts that a step of the case can be about; an older service does not tell them from signed orders. */
export const draftChoices = (theCase: OrdersOfCase): Choice[] =>
  orderChoices(theCase).filter(
    ({ value }) => theCase.orders.length === 0 || theCase.orders.some(({ orderId, draft }) => orderId === value && draft),
  );

/** The orders that a document can be about: not the discarded ones. */
export const keptChoices = (theCase: OrdersOfCase): Choice[] =>
  orderChoices(theCase).filter(({ value }) => !theCase.orders.some(({ orderId, discarded }) => orderId === value && discarded));
