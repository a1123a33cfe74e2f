// Parked messages seen, replayed and discarded from outside, and gaps listed.
import { DiscardFilter, type ParkedMessage, type ParkingServiceImplementation } from '@hengji/contracts/messaging/v1/parking_service';
import { Refusal } from '@hengji/domain-kit';
import { countHeld } from '../inbox/parking';
import type { SealReader } from '../seal/seal-check';
import type { SqlDb, SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { confirmDiscard, proposeDiscard } from './discard';
import { confirmGroup, listGroups, proposeGroup } from './groups';
import { findParked, listDiscarded, listGaps, listParked } from './list';
import { lookAt } from './look';
import { replayKey, replayQuarantined } from './replay';

export interface ParkingOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly seals: SealReader;
  readonly now?: () => Date;
}

const unknown = (): Refusal => new Refusal('notFound', 'parked.unknown', '没有这条滞留消息', { field: 'parked_id' });
const unknownKey = (): Refusal => new Refusal('notFound', 'parked.unknown', '该主题和键没有滞留消息');

/** The parking service of one service. Its refusals are named in proto/hengji/messaging. */
export const parkingServer = <Tx extends SqlTx>(o: ParkingOptions<Tx>): ParkingServiceImplementation => {
  const { db, topics, seals, now = () => new Date() } = o;
  const subscriptionTo = (topic: string): TopicSubscription<Tx> | undefined => topics.find((candidate) => candidate.topic === topic);
  const parked = async (parkedId: string): Promise<ParkedMessage> => {
    const message = await findParked(db, parkedId);
    if (!message) throw unknown();
    return message;
  };
  return {
    listParked: ({ page }) => listParked(db, page),
    listDiscarded: ({ page }) => listDiscarded(db, page),
    listGaps: ({ page }) => listGaps(db, page),
    getParked: async ({ parkedId }) => {
      const look = await lookAt(db, topics, parkedId);
      if (!look) throw unknown();
      return look;
    },
    replayParked: async ({ topic, key, parkedId }) => {
      const message = parkedId === '' ? undefined : await parked(parkedId);
      const subscription = subscriptionTo(message?.topic ?? topic);
      if (!subscription) throw unknownKey();
      const handling = { db, topic: subscription.topic, seals, now };
      if (message) return replayQuarantined(handling, subscription, message);
      if ((await countHeld(db, topic, key)) === 0) throw unknownKey();
      return replayKey(handling, subscription, key);
    },
    listParkedGroups: () => listGroups(db),
    proposeGroupDiscard: async ({ filter, reason, actor }) => ({
      group: await proposeGroup(db, DiscardFilter.fromPartial(filter ?? {}), { reason, actor, now: now() }),
    }),
    confirmGroupDiscard: ({ groupId, digest, actor }) => confirmGroup(db, groupId, { actor, digest, now: now() }),
    proposeDiscard: async ({ parkedId, reason, actor }) => {
      await proposeDiscard(db, await parked(parkedId), { reason, actor, now: now() });
      return { message: await parked(parkedId) };
    },
    confirmDiscard: async ({ parkedId, actor, version }) => {
      const message = await parked(parkedId);
      await confirmDiscard(db, message, { actor, version, now: now() });
      const subscription = subscriptionTo(message.topic);
      if (!subscription || message.state === 'quarantined') return { handled: 0, stillParked: 0, reason: '' };
      return replayKey({ db, topic: message.topic, seals, now }, subscription, message.key);
    },
  };
};
