// Holds and the guard that makes them airtight. A writer takes the institution's guard FOR SHARE and reads the holds
// after it; a fence takes it alone and writes its hold. So each writer either commits before the fence does, and is
// then found by the order, or waits and sees the hold. Lock and look are two statements on purpose: a statement's
// snapshot is older than the lock it waits for.
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { ClaimedIn } from './effects/demand';
import { GATE } from './gate';
import { liftingsHere } from './order-rows';
import { isHeldBy, sameScope } from './scope';
import { activeHoldsOf, holdsLetGo } from './standing';
import type { Hold, ScopeRecord } from './types';

const shareGuardSql = (institution: string): Sql => sql`
  SELECT g.institution
  FROM (SELECT pg_advisory_xact_lock_shared(${GATE}::int, hashtext(${institution})) OFFSET 0) gate, messaging.guard g
  WHERE g.institution = ${institution} FOR SHARE OF g`;

const shareGuard = async (tx: SqlTx, institution: string): Promise<void> => {
  const locked = await rowsOf(tx, shareGuardSql(institution));
  if (locked.length > 0) return;
  await execute(tx, sql`INSERT INTO messaging.guard (institution) VALUES (${institution}) ON CONFLICT DO NOTHING`);
  await rowsOf(tx, shareGuardSql(institution));
};

/** Holds on the institution that stand now, in epoch order. */
export const activeHolds = async (tx: SqlTx, institution: string): Promise<Hold[]> =>
  (await activeHoldsOf(tx, [institution])).get(institution) ?? [];

/** The time of the database that keeps the holds, for `checkGuard`: asked before a neighbour is. */
export const guardTime = async (db: SqlTx): Promise<Date> => {
  const [clock] = await rowsOf<{ now: Date }>(db, sql`SELECT clock_timestamp() AS now`);
  if (!clock) throw new Error('the database did not say what time it is');
  return clock.now;
};

/**
 * To be called in every transaction that makes something an order could reach (results, certificates, uploads,
 * payments, …), before it writes. Refuses `order.held`, naming the orders, when one of the records lies in the scope of
 * a hold that stands. A transaction that writes for several institutions calls it in the order of their codes.
 *
 * `askedAt` (of `guardTime`): when it began to ask a neighbour what it now goes by. A hold that was let go since counts as well,
 * since its order was carried out between the answer and now: what the neighbour permitted then it may have cancelled.
 */
export const checkGuard = async (tx: SqlTx, institution: string, records: readonly ScopeRecord[], askedAt?: Date): Promise<void> => {
  await shareGuard(tx, institution);
  const holds = [...(await activeHolds(tx, institution)), ...(askedAt ? await holdsLetGo(tx, institution, askedAt) : [])];
  const holding = holds.filter((hold) => records.some((record) => isHeldBy(hold, record)));
  if (holding.length === 0) return;
  const orders = holding.map(({ orderId }) => orderId).join('、');
  throw new Refusal('illegalMove', 'order.held', `处理决定(${orders})已对该机构的相关业务采取暂停措施,不能办理`, { rule: 'N3.5c' });
};

export interface NewHold {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope;
  readonly standing: boolean;
}

/** Waits for the writers that are under way; none passes until `tx` ends. */
const closeGate = async (tx: SqlTx, institution: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(${GATE}::int, hashtext(${institution}))::text AS passed`);
  await execute(
    tx,
    sql`INSERT INTO messaging.guard AS g (institution, fences) VALUES (${institution}, 1)
     ON CONFLICT (institution) DO UPDATE SET fences = g.fences + 1`,
  );
};

/**
 * Places the order's hold, waiting for the writers that are under way; from the commit of `tx` on none slips in.
 * Known already, standing or released, it changes nothing. Returns when it was placed: `now` is asked after the wait.
 */
export const placeHold = async (tx: SqlTx, hold: NewHold, now: () => Date): Promise<Date> => {
  const known = await findHold(tx, hold.orderId);
  if (known) return known.placedAt;
  const { institution } = hold.scope;
  await closeGate(tx, institution);
  const { orderId, epoch, scope, standing } = hold;
  await execute(
    tx,
    sql`INSERT INTO messaging.hold (order_id, institution, epoch, scope, standing, placed_at)
     VALUES (${orderId}, ${institution}, ${epoch.toString()}::bigint, ${JSON.stringify(scope)}::jsonb, ${standing}, ${now().toISOString()}::timestamptz)
     ON CONFLICT (order_id) DO NOTHING`,
  );
  return (await findHold(tx, hold.orderId))?.placedAt ?? now();
};

/**
 * The fence: `placeHold` (unless it is only to be stated again), and what of it may be signed. What was asked for is not what stands
 * here when another epoch or scope was fenced under that order's id before: refuses `order.fence_differs`, `order.fence_unknown`.
 */
export const takeFence = async (
  tx: SqlTx,
  { restate, ...asked }: NewHold & { readonly restate: boolean },
  now: () => Date,
): Promise<Pick<HoldStanding, 'placedAt' | 'standing'>> => {
  if (!restate) await placeHold(tx, asked, now);
  const hold = await findHold(tx, asked.orderId);
  if (!hold) throw new Refusal('notFound', 'order.fence_unknown', `本服务没有处理决定(${asked.orderId})的围栏`, { field: 'order_id' });
  if (hold.epoch !== asked.epoch.toString() || !sameScope(hold.scope, asked.scope)) {
    const message = `处理决定(${asked.orderId})在本服务的围栏，其次序号或范围与所请求的不同`;
    throw new Refusal('conflict', 'order.fence_differs', message, { field: 'scope', rule: 'N3.5c' });
  }
  return hold;
};

export interface HoldStanding {
  readonly institution: string;
  readonly placedAt: Date;
  /** In digits. */
  readonly epoch: string;
  readonly scope: Scope;
  readonly standing: boolean;
  readonly releasedAt: Date | null;
  /** It stops nothing now. */
  readonly paused: boolean;
  /** A court paused it once: then not everything in its scope is the order's any more. */
  readonly wasPaused: boolean;
  /** Parts of the scope that were lifted. */
  readonly except: readonly Scope[];
}

// Whether enforcement's seal stands behind what is known of a suspension here. Over alias h.
const IS_DECIDED = sql`EXISTS (SELECT 1 FROM messaging.suspension s WHERE s.order_id = h.order_id AND s.decided_at IS NOT NULL)`;

/** The order's hold, also when it is released. A pause that nobody decided makes nothing in the scope another's. */
export const findHold = async (tx: SqlTx, orderId: string): Promise<HoldStanding | undefined> => {
  const [row] = await rowsOf<Omit<HoldStanding, 'scope' | 'except'> & { scope: Partial<Scope>; except: Partial<Scope>[] }>(
    tx,
    sql`SELECT institution, placed_at AS "placedAt", epoch::text AS epoch, scope, standing, released_at AS "releasedAt",
            except_scopes AS except, paused_at IS NOT NULL AS paused,
            was_paused AND (paused_at IS NULL OR ${IS_DECIDED}) AS "wasPaused"
     FROM messaging.hold h WHERE order_id = ${orderId}`,
  );
  return row && { ...row, scope: Scope.fromPartial(row.scope), except: row.except.map((part) => Scope.fromPartial(part)) };
};

/**
 * Makes the order's hold outlive its execution (M1), and stand again if it was taken away without a lifting: then it
 * waits for the writers under way like any fence.
 */
export const keepHold = async (tx: SqlTx, orderId: string): Promise<void> => {
  const [kept] = await rowsOf<{ institution: string; released: boolean }>(
    tx,
    sql`UPDATE messaging.hold SET standing = true WHERE order_id = ${orderId} RETURNING institution, released_at IS NOT NULL AS released`,
  );
  if (!kept?.released) return;
  await closeGate(tx, kept.institution);
  await execute(tx, sql`UPDATE messaging.hold SET released_at = NULL WHERE order_id = ${orderId}`);
};

/**
 * Takes a part of the scope out of the order's hold; the same again changes nothing. Compared whole: to JSON a list without entries is
 * within any other, and here it is the wider one.
 */
export const exceptFromHold = async (tx: SqlTx, orderId: string, part: Scope): Promise<void> => {
  const json = sql`${JSON.stringify(part)}::jsonb`;
  await execute(
    tx,
    sql`UPDATE messaging.hold SET except_scopes = except_scopes || jsonb_build_array(${json})
     WHERE order_id = ${orderId} AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(except_scopes) part WHERE part = ${json})`,
  );
};

/** Writes anew what of the hold does not change in its life, and its exceptions. */
export const replaceHold = async (
  tx: SqlTx,
  { orderId, epoch, scope, except }: Pick<NewHold, 'orderId' | 'epoch' | 'scope'> & { readonly except: readonly Scope[] },
): Promise<void> => {
  await closeGate(tx, scope.institution);
  await execute(
    tx,
    sql`UPDATE messaging.hold SET institution = ${scope.institution}, epoch = ${epoch.toString()}::bigint, scope = ${JSON.stringify(scope)}::jsonb,
       except_scopes = ${JSON.stringify(except)}::jsonb WHERE order_id = ${orderId}`,
  );
};

/** A court suspended the order when it was carried out: its hold stops nothing until it is resumed. */
export const pauseHold = async (tx: SqlTx, orderId: string, now: Date): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE messaging.hold SET paused_at = ${now.toISOString()}::timestamptz, was_paused = true
     WHERE order_id = ${orderId} AND released_at IS NULL`,
  );
};

/** The hold stands again, and waits for the writers under way like any fence. */
export const resumeHold = (tx: SqlTx, orderId: string): Promise<void> => unpause(tx, orderId, sql`paused_at = NULL`);

/** The same for a pause that is none: what was made meanwhile is the order's, unless the court's word has been lost on the way. */
export const standAgain = (tx: SqlTx, orderId: string): Promise<void> =>
  unpause(tx, orderId, sql`paused_at = NULL, was_paused = was_paused AND ${IS_DECIDED}`);

const unpause = async (tx: SqlTx, orderId: string, change: Sql): Promise<void> => {
  const [paused] = await rowsOf<{ institution: string }>(
    tx,
    sql`SELECT institution FROM messaging.hold WHERE order_id = ${orderId} AND paused_at IS NOT NULL`,
  );
  if (!paused) return;
  await closeGate(tx, paused.institution);
  await execute(tx, sql`UPDATE messaging.hold h SET ${change} WHERE order_id = ${orderId}`);
};

/**
 * Where the order keeps nothing from being made, or did not always: everywhere once it is carried out and M1 is not among its
 * measures, was lifted, or was paused by a court; else in the parts that were lifted out of its hold. There a sweep asks for
 * what the order has claimed, and for no more.
 */
export const claimedIn = async (tx: SqlTx, orderId: string): Promise<ClaimedIn> => {
  const hold = await findHold(tx, orderId);
  if (!hold) return [];
  return hold.wasPaused || (!hold.standing && hold.releasedAt !== null) ? 'everywhere' : hold.except;
};

/**
 * Releases the order's hold, and no other's. Returns false when there was none to release. `passing`: only unless it is
 * standing. A hold that stood and is released was lifted: it stands no longer, so that what is made now is not the order's.
 */
export const releaseHold = async (tx: SqlTx, orderId: string, now: Date, which: 'any' | 'passing'): Promise<boolean> => {
  const released = await execute(
    tx,
    sql`UPDATE messaging.hold SET released_at = ${now.toISOString()}::timestamptz, standing = false, let_go_at = clock_timestamp()
     WHERE order_id = ${orderId} AND released_at IS NULL AND (${which} = 'any' OR NOT standing)`,
  );
  return released > 0;
};

/**
 * Ends the hold as far as liftings of a part have lifted M1 (on its own, or for a session); the same again changes nothing. Where
 * M1 asked the service for a row, that row has ended it already. Where it did not (exchange, whose queue of uploads waits by the
 * same hold), the lifting's other rows tell: every lifting asks each service for something.
 */
export const endLiftedHold = async (tx: SqlTx, orderId: string, now: Date): Promise<void> => {
  for (const { scope, measures, narrowed } of await liftingsHere(tx, orderId)) {
    if (!scope || !measures.includes('STOP_EVALUATION')) continue;
    if (narrowed) await exceptFromHold(tx, orderId, scope);
    else await releaseHold(tx, orderId, now, 'any');
  }
};
