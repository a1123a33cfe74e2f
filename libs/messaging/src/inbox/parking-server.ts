// Parked messages seen and replayed from outside, and gaps listed. Replaying is handling: the same handlers, inbox and
// transaction as in the consumer, one message at a time, in order, under the key's lock.
import { Refusal } from '@hengji/domain-kit';
import { failureKind } from '@hengji/host';
import type {
  ListGapsResponse,
  ListParkedResponse,
  ParkingServiceImplementation,
  ReplayParkedResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import type { Page } from '@hengji/contracts/meta/v1/meta';
import { describe, isReadable, readRecord } from './arrival';
import { sealCheck, type SealReader } from '../seal/seal-check';
import { hear, type Handling } from './handle-arrivals';
import { admit } from './admit';
import { countParked, findFirstParked, lockKey, notePoison, releaseKey, unpark } from './parking';
import { LONG_TRANSACTION, type SqlDb, type SqlTx } from '../sql';
import type { TopicSubscription } from '../subscription';

export interface ParkingOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly seals: SealReader;
  readonly now?: () => Date;
}

/** So that one call ends within its deadline; the caller asks again while something is left. */
const MESSAGES_A_CALL = 1_000;
const DEFAULT_PAGE = 100;
const MAX_PAGE = 1_000;

const limitOf = (page: Page | undefined): number => Math.min(page?.limit || DEFAULT_PAGE, MAX_PAGE);
const afterOf = (page: Page | undefined): string => (/^\d{1,18}$/.test(page?.after ?? '') ? (page?.after ?? '0') : '0');

interface ParkedRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly event_id: string;
  readonly type: string;
  readonly state: string;
  readonly reason: string;
  readonly tries: number;
  readonly parked_at: Date;
  readonly value: Uint8Array;
}

const listParked = async (db: SqlTx, page: Page | undefined): Promise<ListParkedResponse> => {
  const limit = limitOf(page);
  const rows = await db.$queryRawUnsafe<ParkedRow[]>(
    `SELECT id::text, topic, partition, "offset"::text, key, event_id, type, state, reason, tries, parked_at, value
     FROM messaging.parked WHERE id > $1::bigint ORDER BY parked.id LIMIT $2::integer`,
    afterOf(page),
    limit,
  );
  const messages = rows.map(({ id, event_id, parked_at, offset, value, ...rest }) => ({
    ...rest,
    parkedId: id,
    eventId: event_id,
    offset: BigInt(offset),
    parkedAt: parked_at,
    value: Buffer.from(value),
  }));
  const next = rows.length === limit ? (rows.at(-1)?.id ?? '') : '';
  return { messages, total: BigInt(await countParked(db)), next };
};

interface GapRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly first_missing: string;
  readonly last_missing: string;
  readonly seen_at: Date;
  readonly tries: number;
  readonly reason: string;
  readonly closed_at: Date | null;
}

const listGaps = async (db: SqlTx, page: Page | undefined): Promise<ListGapsResponse> => {
  const limit = limitOf(page);
  const rows = await db.$queryRawUnsafe<GapRow[]>(
    `SELECT id::text, topic, key, first_missing::text, last_missing::text, seen_at, tries, reason, closed_at
     FROM messaging.gap WHERE id > $1::bigint ORDER BY gap.id LIMIT $2::integer`,
    afterOf(page),
    limit,
  );
  const gaps = rows.map(({ topic, key, first_missing, last_missing, seen_at, tries, reason, closed_at }) => ({
    topic,
    key,
    firstMissing: BigInt(first_missing),
    lastMissing: BigInt(last_missing),
    seenAt: seen_at,
    tries,
    reason,
    closedAt: closed_at ?? undefined,
  }));
  const [counted] = await db.$queryRawUnsafe<{ total: string }[]>(
    `SELECT count(*)::text AS total FROM messaging.gap WHERE closed_at IS NULL`,
  );
  const next = rows.length === limit ? (rows.at(-1)?.id ?? '') : '';
  return { gaps, next, total: BigInt(counted?.total ?? 0) };
};

/** What one step of a replay came to. */
type Step = { readonly is: 'handled' } | { readonly is: 'empty' } | { readonly is: 'failed'; readonly reason: string };

type Replaying<Tx extends SqlTx> = Handling<Tx> & { readonly seals: SealReader };

/** The first parked message of the key, in one transaction with its effects. */
const replayFirst = async <Tx extends SqlTx>(
  { seals, ...h }: Replaying<Tx>,
  subscription: TopicSubscription<Tx>,
  key: string,
): Promise<Step> => {
  let tried: string | undefined;
  try {
    return await h.db.$transaction(async (tx) => {
      if (!(await lockKey(tx, h.topic, key))) return { is: 'empty' };
      const first = await findFirstParked(tx, h.topic, key);
      if (!first) {
        await releaseKey(tx, h.topic, key);
        return { is: 'empty' };
      }
      tried = first.id;
      const arrival = readRecord(subscription, first.raw, sealCheck(seals, subscription));
      if (!isReadable(arrival)) throw new Error(arrival.reason);
      const { fresh } = await admitParked(tx, h.topic, arrival);
      if (fresh) await hear(h, tx, arrival);
      await unpark(tx, first.id);
      return { is: 'handled' };
    }, LONG_TRANSACTION);
  } catch (failure) {
    // An outage or a conflict says nothing about the message: it stays as it is, and whoever asked comes again.
    if (tried === undefined || failureKind(failure) !== 'defect') throw failure;
    const reason = describe(failure);
    await notePoison(h.db, tried, reason);
    return { is: 'failed', reason };
  }
};

/** The inbox answers for a parked message as for any other; that its key is held is why we are here. */
const admitParked = async <Tx extends SqlTx>(tx: SqlTx, topic: string, arrival: Parameters<typeof admit<Tx>>[2][number]) => {
  const { fresh } = await admit(tx, topic, [arrival], { despiteHold: true });
  return { fresh: fresh.size > 0 };
};

const replay = async <Tx extends SqlTx>(
  h: Replaying<Tx>,
  subscription: TopicSubscription<Tx>,
  key: string,
): Promise<ReplayParkedResponse> => {
  let handled = 0;
  let step: Step = { is: 'handled' };
  while (step.is === 'handled' && handled < MESSAGES_A_CALL) {
    step = await replayFirst(h, subscription, key);
    if (step.is === 'handled') handled += 1;
  }
  const stillParked = await countParked(h.db, { topic: h.topic, key });
  return { handled, stillParked, reason: step.is === 'failed' ? step.reason : '' };
};

/** Lists parked messages and gaps; replays a parked key. Refuses: notFound `parked.unknown`. */
export const parkingServer = <Tx extends SqlTx>(o: ParkingOptions<Tx>): ParkingServiceImplementation => {
  const { db, now = () => new Date() } = o;
  return {
    listParked: ({ page }) => listParked(db, page),
    listGaps: ({ page }) => listGaps(db, page),
    replayParked: async ({ topic, key }) => {
      const subscription = o.topics.find((candidate) => candidate.topic === topic);
      if (!subscription || (await countParked(db, { topic, key })) === 0) {
        throw new Refusal('notFound', 'parked.unknown', '该主题和键没有滞留消息');
      }
      return replay({ db, topic, now, seals: o.seals }, subscription, key);
    },
  };
};
