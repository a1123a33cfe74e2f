// Calls to services with answers that can be proven: an answer without a valid signature of its service counts as missing.
import type { Service } from '../../domain/cascade';
import type { Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import type { Attesting, Participants } from '../ports';
import type { Attestations } from '../proof/ports';

export interface Asking {
  readonly participants: Participants;
  readonly attestations: Pick<Attestations<never>, 'check'>;
  readonly now: () => Date;
  readonly onTrouble: (trouble: { orderId: string; service: Service; step: 'residual'; failure: unknown }) => void;
}

/** The findings of the calls, and the signed statements. */
export interface Answered<Found> {
  readonly found: readonly Found[];
  readonly signed: readonly Attestation[];
}

export const NOTHING = { found: [], signed: [] } as const;

/** The answer, if its service has signed it validly. Refuses as `Attestations.check`. */
export const proving =
  ({ attestations, now }: Asking) =>
  <Answer>(order: Order, answer: Attesting<Answer>): Answer & { readonly attestation: Attestation } => {
    const { attestation } = answer;
    attestations.check(order, attestation, now());
    if (!attestation) throw new Error(`an answer about order ${order.id} passed without its signature`);
    return { ...answer, attestation };
  };
