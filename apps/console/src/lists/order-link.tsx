import { Link } from 'react-router';

interface Row {
  readonly orderId: string;
  /** The list adds the number to the row; absent where the number is not known. */
  readonly orderNo?: string;
}

/** The document number of the order; the beginning of its id where the number is not known. */
export const orderName = ({ orderId, orderNo }: Row): string => orderNo ?? (orderId === '' ? '—' : `${orderId.slice(0, 8)}…`);

export const OrderLink = (row: Row) => (row.orderId === '' ? '—' : <Link to={`/orders/${row.orderId}`}>{orderName(row)}</Link>);
