// A replay is normal handling: the same handlers, inbox and transaction as in the consumer, one message at a time, in order, with the key
// locked. A quarantined message is replayed alone, by its id.
import type { ParkedMessage, ReplayParkedResponse } from '@hengji/contracts/messaging/v1/parking_service';
import { Refusal } from '@hengji/domain-kit';
import { failureKind } from '@hengji/host';
import { admit } from '../inbox/admit';
import { describe, isReadable, NotSealed, readRecord, type Arrival, type Unreadable } from '../inbox/arrival';
import { hear, type Handling } from '../inbox/handle-arrivals';
import { heldKeys } from '../inbox/held-keys';
import {
  countHeld,
  findFirstParked,
  findQuarantined,
  lockKey,
  noteFailed,
  parkedWriters,
  releaseKey,
  unpark,
  type Parked,
} from '../inbox/parking';
import { sealCheck, type SealReader } from '../seal/seal-check';
import { discardedAmong } from './discarded';
import { LONG_TRANSACTION, type SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';

/** Limits one call to its deadline; the caller calls again while messages are left. */
const MESSAGES_A_CALL = 1_000;

/** The inputs of a replay: as in the consumer, the seal of a message is checked again. */
export type Replaying<Tx extends SqlTx> = Handling<Tx> & { readonly seals: SealReader };

/** The result of one step of a replay. */
type Step = { readonly is: 'handled' | 'quarantined' | 'empty' } | { readonly is: 'failed'; readonly reason: string };

const failureOf = ({ reason, holdsKey }: Unreadable): Error => (holdsKey ? new Error(reason) : new NotSealed(reason));

/** The inbox treats a parked message like any other; that its key is held is the reason for the replay. */
const handleParked = async <Tx extends SqlTx>(
  h: Replaying<Tx>,
  tx: Tx,
  subscription: TopicSubscription<Tx>,
  { id, raw }: Parked,
): Promise<void> => {
  const arrival = readRecord(subscription, raw, sealCheck(h.seals, subscription));
  const discarded = await discardedAmong(tx, h.topic, [arrival]);
  if (discarded.size === 0) await handleFresh(h, tx, arrival);
  await unpark(tx, id);
};

const handleFresh = async <Tx extends SqlTx>(h: Replaying<Tx>, tx: Tx, arrival: Arrival<Tx>): Promise<void> => {
  if (!isReadable(arrival)) throw failureOf(arrival);
  const { fresh } = await admit(tx, h.topic, [arrival], { despiteHold: true });
  if (fresh.size > 0) await hear(h, tx, arrival);
};

/**
 * Handles the first parked message of the writer, in one transaction with its effects. A message that is not sealed is quarantined, so
 * that it does not hold the others.
 */
const replayFirst = async <Tx extends SqlTx>(
  h: Replaying<Tx>,
  subscription: TopicSubscription<Tx>,
  { key, writer }: { key: string; writer: string },
): Promise<Step> => {
  let tried: string | undefined;
  try {
    return await h.db.$transaction(async (tx): Promise<Step> => {
      if ((await lockKey(tx, h.topic, key)).length === 0) return { is: 'empty' };
      const first = await findFirstParked(tx, h.topic, key, writer);
      if (!first) {
        await releaseKey(tx, h.topic, key);
        return { is: 'empty' };
      }
      tried = first.id;
      await handleParked(h, tx, subscription, first);
      return { is: 'handled' };
    }, LONG_TRANSACTION);
  } catch (failure) {
    // An outage or a conflict is not a fault of the message: it stays unchanged, and the caller retries.
    if (tried === undefined || failureKind(failure) !== 'defect') throw failure;
    const reason = describe(failure);
    if (failure instanceof NotSealed) {
      await noteFailed(h.db, tried, { state: 'quarantined', reason });
      return { is: 'quarantined' };
    }
    await noteFailed(h.db, tried, { state: 'poison', reason });
    return { is: 'failed', reason };
  }
};

/** Replays the key's messages, those of each writer in order until one fails or none is left. */
export const replayKey = async <Tx extends SqlTx>(
  h: Replaying<Tx>,
  subscription: TopicSubscription<Tx>,
  key: string,
): Promise<ReplayParkedResponse> => {
  let handled = 0;
  let steps = 0;
  const reasons: string[] = [];
  for (const writer of await parkedWriters(h.db, h.topic, key)) {
    let step: Step = { is: 'handled' };
    for (; steps < MESSAGES_A_CALL && (step.is === 'handled' || step.is === 'quarantined'); steps += 1) {
      step = await replayFirst(h, subscription, { key, writer });
      if (step.is === 'handled') handled += 1;
    }
    if (step.is === 'failed') reasons.push(step.reason);
  }
  const stillParked = await countHeld(h.db, h.topic, key);
  return { handled, stillParked, reason: reasons.join('; ') };
};

/** Replays one quarantined message. Refuses: illegalMove `parked.not_quarantined`, `parked.key_held`. */
export const replayQuarantined = async <Tx extends SqlTx>(
  h: Replaying<Tx>,
  subscription: TopicSubscription<Tx>,
  { parkedId, key }: ParkedMessage,
): Promise<ReplayParkedResponse> => {
  try {
    await h.db.$transaction(async (tx) => {
      const found = await findQuarantined(tx, parkedId);
      if (!found) throw new Refusal('illegalMove', 'parked.not_quarantined', '该消息未被隔离,请按键重放', { field: 'parked_id' });
      // The message would overtake the waiting ones.
      if (heldKeys(h.topic, await lockKey(tx, h.topic, key)).holds(found.raw))
        throw new Refusal('illegalMove', 'parked.key_held', '该键还有滞留消息,请先处理', { field: 'parked_id' });
      await handleParked(h, tx, subscription, found);
    }, LONG_TRANSACTION);
    return { handled: 1, stillParked: 0, reason: '' };
  } catch (failure) {
    if (failureKind(failure) !== 'defect' || (failure instanceof Refusal && failure.reason.startsWith('parked.'))) throw failure;
    const reason = describe(failure);
    await noteFailed(h.db, parkedId, { state: 'quarantined', reason });
    return { handled: 0, stillParked: 1, reason };
  }
};
