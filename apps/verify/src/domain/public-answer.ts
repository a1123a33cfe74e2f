// The public answer for a certificate. The answer is void from the first notice (the order's signature or the certificate's own event)
// until the last one is withdrawn. The answer is "valid" only when all events that could void the certificate have been consumed.
import type { CertificateEntry, Voiding } from './certificate-table';
import type { VoidOrder } from './void-orders';

export interface Doubts {
  /** The whole history has been read once. */
  readonly caughtUp: boolean;
  /** At some moment of the last seconds everything was read to its end. */
  readonly fresh: boolean;
  /** The owners of the topics have returned their last numbers, and the topics are those that were read. */
  readonly whole: boolean;
  /** No event of this institution is known to be missing. */
  readonly complete: boolean;
}

export type Verdict =
  | { readonly status: 'valid' }
  | { readonly status: 'void'; readonly voiding: Voiding }
  | { readonly status: 'unknown' }
  | { readonly status: 'unsure'; readonly because: keyof Doubts };

const doubtOf = ({ caughtUp, fresh, whole, complete }: Doubts): keyof Doubts | undefined => {
  if (!caughtUp) return 'caughtUp';
  if (!fresh) return 'fresh';
  if (!whole) return 'whole';
  return complete ? undefined : 'complete';
};

/** The voiding to show: the event's own, unless its order was lifted and another order is in force. */
const voidingOf = (entry: CertificateEntry | undefined, covering: readonly VoidOrder[]): Voiding | undefined => {
  const own = entry?.voiding;
  if (own && covering.some(({ orderId }) => orderId === own.orderId)) return own;
  const [first] = covering;
  return first ? { orderId: first.orderId, documentNo: first.documentNo, since: first.signedAt } : own;
};

export const decideAnswer = (entry: CertificateEntry | undefined, covering: readonly VoidOrder[], doubts: Doubts): Verdict => {
  // While the history is being read, a later event in it may have withdrawn a voiding.
  if (!doubts.caughtUp) return { status: 'unsure', because: 'caughtUp' };
  const voiding = voidingOf(entry, covering);
  if (voiding) return { status: 'void', voiding };
  const because = doubtOf(doubts);
  if (because) return { status: 'unsure', because };
  return { status: entry?.known ? 'valid' : 'unknown' };
};
