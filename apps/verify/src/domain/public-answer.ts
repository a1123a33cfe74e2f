// What the public is told of a certificate. Void is told from the first word of it (the order's signature or the
// certificate's own event) until the last is taken back; "valid" only when all that could speak against it has been heard.
import type { CertificateEntry, Voiding } from './certificate-table';
import type { VoidOrder } from './void-orders';

export interface Doubts {
  /** The whole history has been read once. */
  readonly caughtUp: boolean;
  /** At some moment of the last seconds everything had been read to its end. */
  readonly fresh: boolean;
  /** The owners of the topics have said how far they have counted, and the topics are those that were read. */
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

/** The voiding to show: the event's own, unless its order was lifted and another order stands. */
const voidingOf = (entry: CertificateEntry | undefined, covering: readonly VoidOrder[]): Voiding | undefined => {
  const own = entry?.voiding;
  if (own && covering.some(({ orderId }) => orderId === own.orderId)) return own;
  const [first] = covering;
  return first ? { orderId: first.orderId, documentNo: first.documentNo, since: first.signedAt } : own;
};

export const decideAnswer = (entry: CertificateEntry | undefined, covering: readonly VoidOrder[], doubts: Doubts): Verdict => {
  // While the history is being read a voiding may be one that was taken back later in it.
  if (!doubts.caughtUp) return { status: 'unsure', because: 'caughtUp' };
  const voiding = voidingOf(entry, covering);
  if (voiding) return { status: 'void', voiding };
  const because = doubtOf(doubts);
  if (because) return { status: 'unsure', because };
  return { status: entry?.known ? 'valid' : 'unknown' };
};
