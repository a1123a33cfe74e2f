// An effect that makes one public entry about the institution: a notice, or a rectification in the directory. For every scope the entry
// concerns the institution, so there is exactly one record: its filing. When its order is lifted, an entry is withdrawn, never deleted.
// Other orders have their own entries.
import { createHash } from 'node:crypto';
import { type Body, TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, Refusal } from '@hengji/domain-kit';
import { publish } from '@hengji/messaging';
import { type Chunk, type Effect, type OrderContext, type ResidualOrder, sameScope } from '@hengji/participation';
import type { Sql } from 'sql-template-tag';
import type { Tx } from './database';

export interface EntrySpec {
  /** The state word of an entry in force, for the leaf; NONE is the state before, WITHDRAWN the state after. */
  readonly word: string;
  /**
   * Writes the order's entry, or corrects an entry that somebody has withdrawn or changed (in a repeated row). Returns the event, or
   * nothing when the entry is already correct. `renewed`: the entry was missing and is a new one now.
   */
  readonly show: (tx: Tx, order: OrderContext, institutionName: string) => Promise<Shown>;
  /** Withdraws exactly this order's entry; returns the event, or nothing when no entry is in force. */
  readonly withdraw: (tx: Tx, order: OrderContext) => Promise<Body<ApprovalEvent> | undefined>;
  /** True if the order's entry is in force. */
  readonly stands: (tx: Tx, orderId: string) => Promise<boolean>;
  /** SQL: `id` and `line` of the order's entry; `line` has the facts that never change, as a JSON object (EvidenceSpec). */
  readonly lines: (orderId: string) => Sql;
}

export interface Shown {
  readonly event?: Body<ApprovalEvent> | undefined;
  readonly renewed: boolean;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const rootOf = (ids: readonly string[]): Uint8Array =>
  merkleRoot(
    sha256,
    appendLeaves(
      sha256,
      EMPTY_FRONTIER,
      ids.map((id) => Buffer.from(id)),
    ),
  );

const finish = async (
  tx: Tx,
  order: OrderContext,
  event: Body<ApprovalEvent> | undefined,
  words: readonly [string, string],
): Promise<Chunk> => {
  const [before, after] = words;
  if (event) {
    await publish(tx, TOPICS.approval, { institution: order.institution, orderId: order.orderId, body: event, occurredAt: order.now });
  }
  const leaf = { id: order.institution, before: event ? before : after, after };
  return { leaves: [leaf], changed: event ? 1 : 0, already: event ? 0 : 1, next: null };
};

/**
 * Another row is responsible for the entry. After a lifting in part it is the order's own row, which continues. After a lifting of the
 * whole scope it is the lifting's row.
 */
const isOthers = ({ scope, undo, narrowed, without = [] }: ResidualOrder): boolean =>
  undo ? narrowed === true : without.some((part) => sameScope(part, scope));

/** Refuses the row with `institution.unknown` when the scope's code has no filing. */
export const entryEffect = (spec: EntrySpec): Effect<Tx> => ({
  preview: async (tx, scope) => {
    const found = await tx.institution.findUnique({ where: { code: scope.institution }, select: { code: true } });
    const ids = found ? [found.code] : [];
    return { count: BigInt(ids.length), fen: 0n, people: 0n, sample: ids, root: rootOf(ids) };
  },
  apply: async (tx, order) => {
    const found = await tx.institution.findUnique({ where: { code: order.institution }, select: { name: true } });
    if (!found) {
      throw new Refusal('notFound', 'institution.unknown', '该机构代码没有备案', { field: 'scope.institution', rule: 'N2.3a' });
    }
    const { event, renewed } = await spec.show(tx, order, found.name);
    return { ...(await finish(tx, order, event, ['NONE', spec.word])), renewed };
  },
  evidence: { lines: (orderId, undo) => (undo ? undefined : spec.lines(orderId)) },
  // An entry concerns the whole order: it is in force as long as any part of the order is.
  undo: async (tx, order) =>
    order.narrowed
      ? finish(tx, order, undefined, [spec.word, spec.word])
      : finish(tx, order, await spec.withdraw(tx, order), [spec.word, 'WITHDRAWN']),
  residual: async (tx, order) => {
    const { orderId, scope } = order;
    const isRight = isOthers(order) || (await spec.stands(tx, orderId)) !== order.undo;
    return isRight ? { count: 0n, sample: [] } : { count: 1n, sample: [scope.institution] };
  },
});
