// Holds, and the guard that makes them complete. A writer takes the institution's guard FOR SHARE and then reads the holds; a fence takes
// the guard alone and writes its hold. So each writer either commits before the fence, and the order finds its records, or waits and sees
// the hold. The lock and the read are two statements on purpose: a statement's snapshot is older than the lock that it waits for.
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

/** Holds on the institution that are in force now, in epoch order. */
export const activeHolds = async (tx: SqlTx, institution: string): Promise<Hold[]> =>
  (await activeHoldsOf(tx, [institution])).get(institution) ?? [];

/** The time of the database that stores the holds, for `checkGuard`; to be read before another service is called. */
export const guardTime = async (db: SqlTx): Promise<Date> => {
  const [clock] = await rowsOf<{ now: Date }>(db, sql`SELECT clock_timestamp() AS now`);
  if (!clock) throw new Error('the database did not say what time it is');
  return clock.now;
};

/**
 * To be called, before the first write, in every transaction that makes a record that an order could reach (results, certificates, uploads,
 * payments, …). Refuses `order.held`, naming the orders, when one of the records lies in the scope of a hold in force. A transaction that
 * writes for several institutions calls it in the order of their codes.
 *
 * `askedAt` (from `guardTime`): the time when the caller began to ask another service for the answer that it now relies on. A hold that was
 * released since that time counts as well. Its order was carried out between the answer and now, so the order may have cancelled what the
 * other service permitted.
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

/** Waits for the in-flight writers; no new writer passes until `tx` ends. */
const closeGate = async (tx: SqlTx, institution: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(${GATE}::int, hashtext(${institution}))::text AS passed`);
  await execute(
    tx,
    sql`INSERT INTO messaging.guard AS g (institution, fences) VALUES (${institution}, 1)
     ON CONFLICT (institution) DO UPDATE SET fences = g.fences + 1`,
  );
};

/**
 * Places the order's hold and waits for the in-flight writers; after the commit of `tx` no writer can pass it. If the hold is already
 * stored, in force or released, nothing changes. Returns when it was placed: `now` is called after the wait.
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
 * The fence: `placeHold` (unless the fence is only to be stated again), and the content that may be signed. If another epoch or scope was
 * fenced under that order's id before, the stored hold is not what was asked for: refuses `order.fence_differs`, `order.fence_unknown`.
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
  /** As decimal digits. */
  readonly epoch: string;
  readonly scope: Scope;
  readonly standing: boolean;
  readonly releasedAt: Date | null;
  /** The hold stops nothing now. */
  readonly paused: boolean;
  /** A court has paused the hold at some time: then not every record in its scope belongs to the order any more. */
  readonly wasPaused: boolean;
  /** Parts of the scope that were lifted. */
  readonly except: readonly Scope[];
}

// Whether enforcement's seal confirms the stored suspension. Over alias h.
const IS_DECIDED = sql`EXISTS (SELECT 1 FROM messaging.suspension s WHERE s.order_id = h.order_id AND s.decided_at IS NOT NULL)`;

/** The order's hold, also when it is released. A pause without a decision does not remove any record in the scope from the order. */
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
 * Makes the order's hold outlast its execution (M1), and puts it in force again if it was removed without a lifting. In the second case it
 * waits for the in-flight writers, like any fence.
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
 * Takes a part of the scope out of the order's hold; a repeated call changes nothing. Scopes are compared whole: in JSON an empty list is
 * contained in any other list, but here it is the wider scope.
 */
export const exceptFromHold = async (tx: SqlTx, orderId: string, part: Scope): Promise<void> => {
  const json = sql`${JSON.stringify(part)}::jsonb`;
  await execute(
    tx,
    sql`UPDATE messaging.hold SET except_scopes = except_scopes || jsonb_build_array(${json})
     WHERE order_id = ${orderId} AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(except_scopes) part WHERE part = ${json})`,
  );
};

/** Rewrites the immutable fields of the hold, and its exceptions. */
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

/** A court suspended the order when the order was completed: its hold stops nothing until the order is resumed. */
export const pauseHold = async (tx: SqlTx, orderId: string, now: Date): Promise<void> => {
  await execute(
    tx,
    sql`UPDATE messaging.hold SET paused_at = ${now.toISOString()}::timestamptz, was_paused = true
     WHERE order_id = ${orderId} AND released_at IS NULL`,
  );
};

/** The hold is in force again, and the call waits for the in-flight writers like any fence. */
export const resumeHold = (tx: SqlTx, orderId: string): Promise<void> => unpause(tx, orderId, sql`paused_at = NULL`);

/**
 * The same for a pause without a valid suspension. Records made in the meantime belong to the order, unless the suspension was decided by
 * enforcement and only the message of its resumption was lost.
 */
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
 * Where the order does not block new records, or did not always block them. That is everywhere once the order is completed and M1 is not
 * among its measures, was lifted, or was paused by a court. Otherwise it is the parts that were lifted out of its hold. In these parts a
 * sweep checks only the records that the order has claimed.
 */
export const claimedIn = async (tx: SqlTx, orderId: string): Promise<ClaimedIn> => {
  const hold = await findHold(tx, orderId);
  if (!hold) return [];
  return hold.wasPaused || (!hold.standing && hold.releasedAt !== null) ? 'everywhere' : hold.except;
};

/**
 * Releases the order's hold and no other. Returns false when there was none to release. `passing`: only if the hold is not a standing one
 * (M1). A standing hold that is released was lifted: new records no longer belong to the order.
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
 * Ends the hold as far as liftings of a part have lifted M1 (alone, or for a session); a repeated call changes nothing. If M1 asked the
 * service for a row, that row has already ended the hold. If it did not (exchange, whose upload queue waits on the same hold), the
 * lifting's other rows show it: every lifting asks each service for a row.
 */
export const endLiftedHold = async (tx: SqlTx, orderId: string, now: Date): Promise<void> => {
  for (const { scope, measures, narrowed } of await liftingsHere(tx, orderId)) {
    if (!scope || !measures.includes('STOP_EVALUATION')) continue;
    if (narrowed) await exceptFromHold(tx, orderId, scope);
    else await releaseHold(tx, orderId, now, 'any');
  }
};
