// Orders with their ledger and fences. Only `update` changes an order: it locks, so concurrent reports, signers and drivers
// wait for each other. It writes the changes of the decision and publishes the events, all in one transaction. The notification
// at the end reaches drivers and watchers only if that transaction commits.
import { Refusal } from '@hengji/domain-kit';
import { inOrder, readList } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import { placesOf } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Orders } from '../../application/ports';
import { horizon, nextTime, statedAt } from '../../domain/clock/order-time';
import { MOST_SWEEP_PAUSE_MS } from '../../domain/execution';
import { LONGEST_PAUSE_MS, type Fence } from '../../domain/fence';
import type { Row } from '../../domain/ledger';
import type { Lifting, Order, OrderEvent } from '../../domain/order';
import type { Database, Tx } from './database';
import { ORDER_LIST, visibleOrders } from './enforcement-lists';
import { contentColumns, placeColumns } from './drafts/draft-columns';
import { keepVersion } from './drafts/draft-versions';
import { fenceColumns, lifeColumns, liftingColumns, orderOf, rowColumns, type StoredOrder } from './order-columns';
import { ORDER_CHANNEL } from './order-changes';
import type { OrderTasks } from './tasks/order-tasks';

/** A handler of an order's event, in the transaction that saves the order. */
export type OrderEventStep = (tx: Tx, order: Order, event: OrderEvent, at: Date) => Promise<void>;
type Seal = (tx: Tx, before: Order, next: Order, at: Date) => Promise<Order>;

export const WITH_ALL = {
  rows: { orderBy: { number: 'asc' } },
  fences: { orderBy: { service: 'asc' } },
  liftings: { orderBy: { number: 'asc' } },
} as const;

const load = async (tx: Tx, id: string): Promise<StoredOrder> => {
  const stored = await tx.order.findUnique({ where: { id }, include: WITH_ALL });
  if (!stored) throw new Refusal('notFound', 'order.unknown', '没有这个处理决定', { field: 'order_id' });
  return stored;
};

/**
 * One lock per institution, because its orders share one sequence in the outbox. Otherwise a consumer that changes two of them
 * in one transaction could deadlock with a driver that changes the second.
 */
const lock = (tx: Tx, id: string): Promise<unknown> =>
  rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(institution, 0))::text FROM orders WHERE id = ${id}`);

/** Changed rows are deleted and inserted: two statements for any number of rows. */
const saveRows = async (tx: Tx, order: Order, moved: readonly Row[]): Promise<void> => {
  if (moved.length === 0) return;
  await tx.row.deleteMany({ where: { orderId: order.id, number: { in: moved.map(({ number }) => number) } } });
  await tx.row.createMany({ data: moved.map((row) => rowColumns(order.id, row)) });
};

const saveFences = async (tx: Tx, order: Order, moved: readonly Fence[]): Promise<void> => {
  if (moved.length === 0) return;
  await tx.fence.deleteMany({ where: { orderId: order.id, service: { in: moved.map(({ service }) => service) } } });
  await tx.fence.createMany({ data: moved.map((fence) => fenceColumns(order.id, fence)) });
};

const saveLiftings = async (tx: Tx, order: Order, moved: readonly Lifting[]): Promise<void> => {
  if (moved.length === 0) return;
  await tx.lifting.deleteMany({ where: { orderId: order.id, number: { in: moved.map(({ number }) => number) } } });
  await tx.lifting.createMany({ data: moved.map((lifting) => liftingColumns(order.id, lifting)) });
};

/** The elements that are new, compared by identity: decisions keep unchanged elements. */
const movedOf = <T>(before: readonly T[], after: readonly T[]): T[] => after.filter((one) => !before.includes(one));

/** A new version of a draft has a new content and new rows. */
const saveContent = async (tx: Tx, before: Order, next: Order, at: Date): Promise<void> => {
  // A draft of the version before has no first version yet.
  await keepVersion(tx, before, before.draftedAt);
  await tx.order.update({ where: { id: next.id }, data: contentColumns(next), select: { id: true } });
  await tx.row.deleteMany({ where: { orderId: next.id } });
  await keepVersion(tx, next, at);
};

const save = async (tx: Tx, { before, next, at }: { before: Order; next: Order; at: Date }): Promise<void> => {
  if (next.revision !== before.revision) await saveContent(tx, before, next, at);
  const data = { ...lifeColumns(next), statedAt: at, version: { increment: 1 } };
  await tx.order.update({ where: { id: next.id }, data, select: { id: true } });
  await saveRows(tx, next, movedOf(before.rows, next.rows));
  await saveFences(tx, next, movedOf(before.fences, next.fences));
  await saveLiftings(tx, next, movedOf(before.liftings, next.liftings));
};

const listOrders =
  (db: Database): Orders<Tx>['list'] =>
  async ({ visible, query }) => {
    const { keys, ...page } = await readList(db, ORDER_LIST, query, visibleOrders(visible));
    const stored = inOrder(keys, await db.order.findMany({ where: { id: { in: [...keys] } } }), ({ id }) => id);
    const orders = stored.map((order) => orderOf({ ...order, rows: [], fences: [], liftings: [] }));
    return {
      orders,
      ...page,
      institutions: await placesOf(
        db,
        stored.map(({ institution }) => institution),
      ),
    };
  };

/** The same condition as `isDue`, for a column. */
const dueWithin = <Column extends string>(column: Column, now: Date, longestMs: number) => {
  const is = (bound: object): Readonly<Record<Column, object>> => ({ [column]: bound }) as Record<Column, object>;
  return { OR: [is({ lte: now }), is({ gt: horizon(now, longestMs) })] };
};

const findSweepable =
  (db: Database): Orders<Tx>['findSweepable'] =>
  async (since, now, limit) => {
    const closed = await db.order.findMany({
      where: {
        state: { in: ['COMPLETED', 'LIFTED'] },
        suspendedAt: null,
        liftings: { none: { completedAt: null } },
        AND: [
          // Completed or swept by a clock that was ahead: the order still needs this night's count.
          { OR: [{ completedAt: { lt: since } }, { completedAt: { gt: horizon(now) } }] },
          { OR: [{ sweptAt: null }, { sweptAt: { lt: since } }, { sweptAt: { gt: horizon(now) } }] },
          { OR: [{ sweepNextAt: null }, dueWithin('sweepNextAt', now, MOST_SWEEP_PAUSE_MS)] },
        ],
      },
      orderBy: [{ sweptAt: { sort: 'asc', nulls: 'first' } }, { sequence: 'asc' }],
      take: limit,
      select: { id: true },
    });
    return closed.map(({ id }) => id);
  };

/** The limit per kind and query. */
const MOST_DUE = 500;

const searches = (db: Database): Pick<Orders<Tx>, 'findDue' | 'findSilent' | 'findOverdue' | 'findSweepable' | 'listFenced'> => ({
  // Runs twice a second: each of the three queries uses an index over only the waiting rows, the longest waiting first.
  findDue: async (now, patienceMs) => {
    // A completed order is driven while a part of it is being lifted.
    const state = { in: ['SIGNED', 'EXECUTING', 'COMPLETED', 'LIFTING'] };
    const patient = new Date(now.getTime() - patienceMs);
    const [fences, signed, counts] = await Promise.all([
      db.fence.findMany({
        where: { ...dueWithin('nextTryAt', now, LONGEST_PAUSE_MS), order: { state } },
        ...{ orderBy: { nextTryAt: 'asc' }, take: MOST_DUE, select: { orderId: true } },
      }),
      db.order.findMany({
        // An order without fences is issued at once; this finds the order of a process that stopped between signature and
        // issue.
        where: {
          state: 'SIGNED',
          suspendedAt: null,
          OR: [{ signedAt: { lte: patient } }, { signedAt: { gt: horizon(now) } }, { fences: { none: {} } }],
        },
        ...{ orderBy: { signedAt: 'asc' }, take: MOST_DUE, select: { id: true } },
      }),
      db.order.findMany({
        // The nightly sweep repeats the counts of closed orders, not the driver.
        where: {
          ...{ state, OR: [{ state: { not: 'COMPLETED' } }, { liftings: { some: { completedAt: null } } }] },
          AND: dueWithin('sweepNextAt', now, MOST_SWEEP_PAUSE_MS),
        },
        ...{ orderBy: { sweepNextAt: 'asc' }, take: MOST_DUE, select: { id: true } },
      }),
    ]);
    return [...new Set([...fences.map(({ orderId }) => orderId), ...signed.map(({ id }) => id), ...counts.map(({ id }) => id)])];
  },
  findSilent: async (askedBefore) => {
    const silent = { state: 'ASKED', askedAt: { lt: askedBefore } };
    // A lifting continues during a suspension. The rows that it takes back may stay silent, and are not waited for.
    const lifting = { some: { completedAt: null } };
    const orders = await db.order.findMany({
      where: { rows: { some: silent }, OR: [{ state: 'EXECUTING', suspendedAt: null }, { liftings: lifting }] },
      select: { id: true },
    });
    return orders.map(({ id }) => id);
  },
  findOverdue: async (now) => {
    const ahead = { askedAt: { gt: horizon(now) } };
    const late = { state: 'ASKED', overdue: false, OR: [{ dueAt: { lt: now } }, ahead] };
    const orders = await db.order.findMany({
      where: {
        rows: { some: late },
        OR: [{ suspendedAt: null }, { liftings: { some: { completedAt: null } } }],
      },
      select: { id: true },
    });
    return orders.map(({ id }) => id);
  },
  findSweepable: findSweepable(db),
  listFenced: async () => {
    const stored = await db.order.findMany({
      where: {
        OR: [{ state: { in: ['SIGNED', 'EXECUTING'] } }, { state: { in: ['COMPLETED', 'LIFTING'] }, measures: { has: 'STOP_EVALUATION' } }],
      },
      orderBy: [{ institution: 'asc' }, { epoch: 'asc' }],
      include: WITH_ALL,
    });
    return stored.map(orderOf);
  },
});

interface Work {
  /** For each event, in this sequence, after the order is saved. */
  readonly eachEvent: readonly OrderEventStep[];
  /** Adds the seals of a decision (adapters/seals.ts). */
  readonly seal: Seal;
  readonly tasks: Pick<OrderTasks, 'keep'>;
  readonly now: () => Date;
}

export const orderStore = (db: Database, { eachEvent, seal, tasks, now }: Work): Orders<Tx> => ({
  insert: async (tx, order) => {
    await tx.order.create({ data: { ...placeColumns(order), ...contentColumns(order), ...lifeColumns(order) }, select: { id: true } });
    await saveRows(tx, order, order.rows);
    await keepVersion(tx, order, order.draftedAt);
    await tasks.keep(tx, order);
  },
  update: async (tx, id, decide) => {
    await lock(tx, id);
    const stored = await load(tx, id);
    const before = orderOf(stored);
    const decision = await decide(before);
    if (decision.next === before) return before;
    const clock = now();
    const at = nextTime(stored.statedAt, clock);
    const { next: decided, events } = at > clock ? statedAt(before, decision, at) : decision;
    const next = await seal(tx, before, decided, at);
    await save(tx, { before, next, at });
    for (const event of events) for (const step of eachEvent) await step(tx, next, event, at);
    // After the events, because their effects start limits by which tasks are due.
    await tasks.keep(tx, next);
    await rowsOf(tx, sql`SELECT pg_notify(${ORDER_CHANNEL}, ${id})::text`);
    return next;
  },
  get: async (id) => orderOf(await load(db, id)),
  getVersion: async (id) => {
    const stored = await load(db, id);
    return { order: orderOf(stored), version: stored.version };
  },
  list: listOrders(db),
  numbersOf: async (ids) => {
    const found = await db.order.findMany({ where: { id: { in: [...ids] } }, select: { id: true, documentNo: true } });
    return new Map(found.flatMap(({ id, documentNo }) => (documentNo === null ? [] : [[id, documentNo]])));
  },
  ...searches(db),
});
