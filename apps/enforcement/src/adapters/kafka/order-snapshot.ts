// The orders of an institution that void certificates, as events, for the public verification after its topic has dropped old
// messages.
import { TOPICS } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Signer } from '@hengji/host';
import { snapshotOf, type SnapshotEvent, type SnapshotSource } from '@hengji/messaging';
import type { Order } from '../../domain/order';
import type { Tx } from '../store/database';
import { findVoiding, type Voiding } from '../store/voiding-orders';
import { issued, lifted, sealed } from './order-events';

type Event = SnapshotEvent<EnforcementEvent>;

const completedEvent = (order: Order, completedAt: Date, signer: Signer): Event => ({
  // A reader asks which certificates the order reached: those that existed at its first completion.
  body: sealed(signer, { $case: 'orderCompleted', value: { orderId: order.id, completedAt, lifted: false, lifting: 0, partial: false } }),
  occurredAt: completedAt,
  orderId: order.id,
});

const eventsOf = ({ order, issuedAt, completedAt }: Voiding, signer: Signer): Event[] => [
  { body: issued(order, []), occurredAt: issuedAt, orderId: order.id },
  ...(completedAt ? [completedEvent(order, completedAt, signer)] : []),
  ...order.liftings.map(({ number, at }) => ({ body: lifted(order, number), occurredAt: at, orderId: order.id })),
];

export const orderSnapshot = (signer: Signer): SnapshotSource<Tx> =>
  snapshotOf<EnforcementEvent, Tx>(TOPICS.enforcement, async function* (tx, institution) {
    for (const voiding of await findVoiding(tx, institution)) yield eventsOf(voiding, signer);
  });
