// gRPC service to view, replay and discard parked messages, and to list gaps.
import { DiscardFilter, type ParkedMessage, type ParkingServiceImplementation } from '@hengji/contracts/messaging/v1/parking_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import type { KeepAsked } from '../asked';
import { countHeld } from '../inbox/parking';
import type { SealReader } from '../seal/seal-check';
import type { SqlDb, SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';
import { confirmDiscard, proposeDiscard } from './discard';
import { confirmGroup, listGroups, proposeGroup } from './groups';
import { findParked, listDiscarded, listGaps, listParked } from './list';
import { lookAt } from './look';
import { replayKey, replayQuarantined } from './replay';

/** The methods of the parking service that change data; each call is stored with its caller. */
export type ParkingChange = 'replayParked' | 'proposeDiscard' | 'confirmDiscard' | 'proposeGroupDiscard' | 'confirmGroupDiscard';

export interface ParkingOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly seals: SealReader;
  readonly keepAsked: KeepAsked<ParkingChange>;
  readonly now?: () => Date;
}

type Server = ParkingServiceImplementation<CallerContext>;
type Changes = Pick<Server, ParkingChange>;

const unknown = (): Refusal => new Refusal('notFound', 'parked.unknown', '没有这条滞留消息', { field: 'parked_id' });
const unknownKey = (): Refusal => new Refusal('notFound', 'parked.unknown', '该主题和键没有滞留消息');

const parkedAt = async (db: SqlTx, parkedId: string): Promise<ParkedMessage> => {
  const message = await findParked(db, parkedId);
  if (!message) throw unknown();
  return message;
};

const discards = <Tx extends SqlTx>(o: ParkingOptions<Tx>): Omit<Changes, 'replayParked'> => {
  const { db, topics, seals, keepAsked, now = () => new Date() } = o;
  return {
    proposeGroupDiscard: async ({ filter, reason, actor }, { caller }) => {
      const asked = { method: 'proposeGroupDiscard', caller, actor } as const;
      const kept = (tx: SqlTx, { groupId: id }: { groupId: string }) => keepAsked(tx, { ...asked, on: { id, institution: '' } });
      return { group: await proposeGroup(db, DiscardFilter.fromPartial(filter ?? {}), { reason, actor, now: now(), kept }) };
    },
    confirmGroupDiscard: ({ groupId, digest, actor }, { caller }) => {
      const asked = { method: 'confirmGroupDiscard', caller, actor, on: { id: groupId, institution: '' } } as const;
      return confirmGroup(db, groupId, { actor, digest, now: now(), kept: (tx) => keepAsked(tx, asked) });
    },
    proposeDiscard: async ({ parkedId, reason, actor }, { caller }) => {
      const message = await parkedAt(db, parkedId);
      await db.$transaction(async (tx) => {
        await proposeDiscard(tx, message, { reason, actor, now: now() });
        await keepAsked(tx, { method: 'proposeDiscard', caller, actor, on: { id: parkedId, institution: message.key } });
      });
      return { message: await parkedAt(db, parkedId) };
    },
    confirmDiscard: async ({ parkedId, actor, version }, { caller }) => {
      const message = await parkedAt(db, parkedId);
      const asked = { method: 'confirmDiscard', caller, actor, on: { id: parkedId, institution: message.key } } as const;
      await confirmDiscard(db, message, { actor, version, now: now(), kept: (tx) => keepAsked(tx, asked) });
      const subscription = topics.find(({ topic }) => topic === message.topic);
      if (!subscription || message.state === 'quarantined') return { handled: 0, stillParked: 0, reason: '' };
      return replayKey({ db, topic: message.topic, seals, now }, subscription, message.key);
    },
  };
};

/** The parking service of one service. proto/hengji/messaging names its refusals. */
export const parkingServer = <Tx extends SqlTx>(o: ParkingOptions<Tx>): Server => {
  const { db, topics, seals, keepAsked, now = () => new Date() } = o;
  return {
    ...discards(o),
    listParked: ({ page }) => listParked(db, page),
    listDiscarded: ({ page }) => listDiscarded(db, page),
    listGaps: ({ page }) => listGaps(db, page),
    listParkedGroups: () => listGroups(db),
    getParked: async ({ parkedId }) => {
      const look = await lookAt(db, topics, parkedId);
      if (!look) throw unknown();
      return look;
    },
    // Each message is replayed in a transaction of its own, so the caller is stored before the first one.
    replayParked: async ({ topic, key, parkedId, actor }, { caller }) => {
      const message = parkedId === '' ? undefined : await parkedAt(db, parkedId);
      const subscription = topics.find((candidate) => candidate.topic === (message?.topic ?? topic));
      if (!subscription) throw unknownKey();
      if (!message && (await countHeld(db, topic, key)) === 0) throw unknownKey();
      const on = { id: message ? parkedId : `${topic}/${key}`, institution: message?.key ?? key };
      await db.$transaction((tx) => keepAsked(tx, { method: 'replayParked', caller, actor, on }));
      const handling = { db, topic: subscription.topic, seals, now };
      return message ? replayQuarantined(handling, subscription, message) : replayKey(handling, subscription, key);
    },
  };
};
