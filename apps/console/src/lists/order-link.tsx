import { Link } from 'react-router';

interface Row {
  readonly orderId: string;
  /** Put to the row by the list; absent where it could not be known. */
  readonly orderNo?: string;
}

/** By what people call the order; the beginning of its id only where its number is not known. */
export const orderName = ({ orderId, orderNo }: Row): string => orderNo ?? (orderId === '' ? '—' : `${orderId.slice(0, 8)}…`);

export const OrderLink = (row: Row) => (row.orderId === '' ? '—' : <Link to={`/orders/${row.orderId}`}>{orderName(row)}</Link>);
