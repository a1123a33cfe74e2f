// An effect that makes one public entry about the institution: a notice, a rectification in the directory. However the
// scope is narrowed, the entry is about the institution, so there is exactly one record: its filing. An entry is
// withdrawn when its order is lifted, never deleted; other orders have entries of their own.
import { createHash } from 'node:crypto';
import { type Body, TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, Refusal } from '@hengji/domain-kit';
import { publish } from '@hengji/messaging';
import { type Chunk, type Effect, type OrderContext, type ResidualOrder, sameScope } from '@hengji/participation';
import type { Sql } from 'sql-template-tag';
import type { Tx } from './database';

export interface EntrySpec {
  /** The leaf's word for an entry that stands; NONE is before it, WITHDRAWN after it. */
  readonly word: string;
  /**
   * Writes the order's entry, or puts it right where somebody has withdrawn or changed it (a row that is worked again); returns the
   * event, or nothing when it is there already as it should be. `renewed`: it was gone, and is another one now.
   */
  readonly show: (tx: Tx, order: OrderContext, institutionName: string) => Promise<Shown>;
  /** Withdraws exactly this order's entry; returns the event, or nothing when none stands. */
  readonly withdraw: (tx: Tx, order: OrderContext) => Promise<Body<ApprovalEvent> | undefined>;
  /** True if the order's entry stands. */
  readonly stands: (tx: Tx, orderId: string) => Promise<boolean>;
  /** SQL: `id` and `line` of the order's entry, what of it never changes as a JSON object (EvidenceSpec). */
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
 * Another row answers for the entry: of a part that was lifted the order's own, which goes on; and once it was lifted in all of
 * the scope, the lifting's.
 */
const isOthers = ({ scope, undo, narrowed, without = [] }: ResidualOrder): boolean =>
  undo ? narrowed === true : without.some((part) => sameScope(part, scope));

/** Refuses the row with `institution.unknown` when nobody is filed under the scope's code. */
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
  // An entry is about the whole order: it stands as long as anything of the order does.
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
