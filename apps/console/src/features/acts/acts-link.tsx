// The link from a case or an order to its acts, for people who may read acts.
import { Link } from 'react-router';
import { useMay } from '../../me';

export const ActsLink = ({ of, id }: { of: 'caseId' | 'orderId'; id: string }) =>
  useMay('readActs') ? <Link to={`/acts?${of}=${encodeURIComponent(id)}`}>谁做了什么</Link> : null;
