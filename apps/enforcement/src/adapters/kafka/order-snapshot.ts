// The orders of an institution that void certificates, and its public notices, as events, for readers whose topic has dropped old
// messages.
import { TOPICS } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Signer } from '@hengji/host';
import { snapshotOf, type SnapshotEvent, type SnapshotSource } from '@hengji/messaging';
import type { Order } from '../../domain/order';
import type { Tx } from '../store/database';
import { eventsOfNotice } from '../store/cases/notice-store';
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

/** One page of the list at a time. */
function* noticeEvents({ notice, published, listed, withdrawn }: Awaited<ReturnType<typeof eventsOfNotice>>): Generator<Event[]> {
  const { publishedAt, withdrawnAt } = notice;
  for (const body of [published, ...listed]) yield [{ body, occurredAt: publishedAt }];
  if (withdrawn && withdrawnAt) yield [{ body: withdrawn, occurredAt: withdrawnAt }];
}

export const orderSnapshot = (signer: Signer): SnapshotSource<Tx> =>
  snapshotOf<EnforcementEvent, Tx>(TOPICS.enforcement, async function* (tx, institution) {
    for (const voiding of await findVoiding(tx, institution)) yield eventsOf(voiding, signer);
    for (const stored of await tx.publicNotice.findMany({ where: { institution }, orderBy: { sequence: 'asc' } })) {
      yield* noticeEvents(await eventsOfNotice(tx, stored));
    }
  });
