// M1 and similar effects: the effect is the order's hold and nothing else. The law's term "suspended" means "held by any order" and is
// derived wherever it is shown, so the records themselves are only counted. A receipt has one leaf, the hold: to hold a million
// certificates costs as little as to hold one.
import type { Envelope } from '@hengji/contracts';
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot } from '@hengji/domain-kit';
import { publish, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { exceptFromHold, findHold, keepHold, placeHold, releaseHold } from '../holds';
import { sameScope } from '../scope';
import { countTargets, sampleTargets, sha256, type Targets } from './targets';
import type { Chunk, Effect, HoldEffectSpec, OrderContext, Residual, ResidualOrder } from '../types';

/**
 * An effect that confirms the order's hold in force. Preview: the records concerned now; its root has one leaf, the encoded scope. Receipt:
 * matched = changed = records concerned, one leaf `hold:<order>`. Undo releases exactly this order's hold. Residual: 1 while the hold is
 * missing, or paused although no court has suspended the order (undo: while the hold still exists).
 */
export const holdEffect = <E extends Envelope>(spec: HoldEffectSpec<E>): Effect<SqlTx> => ({
  boundless: true,
  preview: async (tx, scope) => ({
    ...(await countTargets(tx, spec, scope)),
    sample: await sampleTargets(tx, spec, scope),
    root: rootOf(scope),
  }),
  // A hold binds its scope; the number of records in the scope may still grow until the hold is placed.
  target: (_, order) => Promise.resolve({ count: order.signedCount, root: rootOf(order.scope) }),
  apply: (tx, order) => confirm(tx, spec, order),
  undo: (tx, order) => release(tx, spec, order),
  residual: (tx, order) => missing(tx, order),
  evidence: {
    lines: (orderId, undo) => (undo ? undefined : linesSql(orderId)),
  },
  leaves: (orderId, undo) =>
    undo
      ? undefined
      : sql`SELECT 'hold:' || order_id AS id, 'FREE' AS before, 'HELD' AS after FROM messaging.hold WHERE order_id = ${orderId}`,
});

// The part of a hold that never changes. Whether the hold is in force, and what was lifted out of it, is counted elsewhere (`missing`,
// evidence/hold-evidence.ts).
const linesSql = (orderId: string): Sql => sql`
  SELECT 'hold:' || order_id AS id, jsonb_build_object('hold.institution', institution, 'hold.epoch', epoch::text,
    'hold.scope', scope::text, 'hold.placed_at', extract(epoch FROM placed_at)::text)::text AS line
  FROM messaging.hold WHERE order_id = ${orderId}`;

const rootOf = (scope: Scope): Uint8Array => merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, [Scope.encode(scope).finish()]));

/**
 * Targets without the count of people: no receipt reports that count here, and a distinct count over many records is the most expensive
 * part.
 */
const unnamed = ({ person: _, ...targets }: Targets): Targets => targets;

const confirm = async <E extends Envelope>(tx: SqlTx, spec: HoldEffectSpec<E>, order: OrderContext): Promise<Chunk> => {
  const renewed = (await findHold(tx, order.orderId)) === undefined;
  await placeHold(tx, { orderId: order.orderId, epoch: order.epoch, scope: order.scope, standing: true }, () => order.now);
  await keepHold(tx, order.orderId);
  const { count, fen } = await countTargets(tx, unnamed(spec), order.scope);
  await publish(tx, spec.topic, {
    institution: order.institution,
    orderId: order.orderId,
    body: spec.held(order, count),
    occurredAt: order.now,
  });
  return { ...leaf(order, 'FREE', 'HELD'), matched: count, changed: Number(count), already: 0, fen, renewed };
};

const release = async <E extends Envelope>(tx: SqlTx, spec: HoldEffectSpec<E>, order: OrderContext): Promise<Chunk> => {
  const { count, fen } = await countTargets(tx, unnamed(spec), order.scope);
  if (order.narrowed) {
    // The hold continues without this part; no release is published.
    await exceptFromHold(tx, order.orderId, order.scope);
    return { ...leaf(order, 'HELD', 'HELD_WITHOUT_PART'), matched: count, changed: Number(count), already: 0, fen };
  }
  const released = await releaseHold(tx, order.orderId, order.now, 'any');
  if (!released) return { ...leaf(order, 'FREE', 'FREE'), matched: count, changed: 0, already: Number(count) };
  await publish(tx, spec.topic, {
    institution: order.institution,
    orderId: order.orderId,
    body: spec.released(order),
    occurredAt: order.now,
  });
  return { ...leaf(order, 'HELD', 'FREE'), matched: count, changed: Number(count), already: 0, fen };
};

const leaf = (order: OrderContext, before: string, after: string): Pick<Chunk, 'leaves' | 'next'> => ({
  leaves: [{ id: `hold:${order.orderId}`, before, after }],
  next: null,
});

const missing = async (tx: SqlTx, order: ResidualOrder): Promise<Residual> => {
  const hold = await findHold(tx, order.orderId);
  const stands = hold !== undefined && hold.releasedAt === null;
  // A paused hold stops nothing. That is right while a court suspends the order; otherwise the hold counts as missing.
  const holds = stands && hold.standing && (!hold.paused || order.suspended === true);
  const isExcepted = (scope: Scope): boolean => hold?.except.some((part) => sameScope(part, scope)) ?? false;
  const isLifted = (order.without ?? []).some((part) => sameScope(part, order.scope));
  const right = order.undo ? !stands || (order.narrowed === true && isExcepted(order.scope)) : isLifted || holds;
  return right ? { count: 0n, sample: [] } : { count: 1n, sample: [`hold:${order.orderId}`] };
};
