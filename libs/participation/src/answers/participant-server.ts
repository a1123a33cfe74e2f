// ParticipantService: the gRPC endpoint that enforcement calls. Every RPC except Fence reads one snapshot and cannot write. Fence commits
// the hold before it returns. The answers that a completion certificate relies on are signed here (attest.ts).
import type { RowAsk, Scope } from '@hengji/contracts/enforcement/v1/order';
import type {
  ListAffectedRequest,
  ListAffectedResponse,
  ParticipantServiceImplementation,
} from '@hengji/contracts/enforcement/v1/participant_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext, Verifier } from '@hengji/host';
import { execute, LONG_TRANSACTION, type SqlDb, type SqlTx } from '@hengji/messaging';
import { recorded } from '@hengji/procedure';
import sql from 'sql-template-tag';
import { doing } from './acts';
import { attestAffected, attestContradictions, attestFence, attestResidual, type Attester } from './attest';
import { withEvidence } from './count-residual';
import { findContradictions, idsOf, listAffected, type JoinedIds } from './cross-checks';
import { claimedIn, takeFence } from '../holds';
import { proveInclusion } from '../effects/inclusion';
import { listLeft } from '../left-records';
import { isNarrowed } from '../order-rows';
import { effectOf, type RowWork } from '../row-task';
import { checkScope } from '../scope';
import type { Effect, ParticipationOptions } from '../types';

interface CheckedRow<Tx extends SqlTx> {
  readonly row: number;
  readonly undo: boolean;
  readonly undoesRow: number;
  /** Name of the effect. */
  readonly name: string;
  readonly effect: Effect<Tx>;
}

const refuse = (reason: string, field: string, message: string): never => {
  throw new Refusal('invalid', reason, message, { field, rule: 'enforcement.v1.RowAsk' });
};

const effectNamed = <Tx extends SqlTx>(work: Pick<RowWork<Tx>, 'effects'>, name: string, field: string): Effect<Tx> =>
  Object.hasOwn(work.effects, name) ? effectOf(work.effects, name) : refuse('order.effect_unknown', field, `本服务不能执行“${name}”`);

const checkRows = <Tx extends SqlTx>(work: Pick<RowWork<Tx>, 'service' | 'effects'>, rows: readonly RowAsk[]): CheckedRow<Tx>[] => {
  const seen = new Set<number>();
  return rows.map(({ row, effect, undo, undoesRow }, i) => {
    if (row < 1 || seen.has(row)) refuse('order.row_invalid', `rows[${i}].row`, '台账行号应从1起且不得重复');
    seen.add(row);
    if (effect?.$case !== work.service) return refuse('order.row_invalid', `rows[${i}].effect`, '该台账行不属于本服务');
    return { row, undo, undoesRow, name: effect.value, effect: effectNamed(work, effect.value, `rows[${i}].effect`) };
  });
};

const checkOrderId = (orderId: string): void => {
  if (orderId.trim() === '') throw new Refusal('invalid', 'order.id_missing', '必须给出处理决定编号', { field: 'order_id' });
};

/** Reads in one snapshot; a write inside fails. */
const reading = <Tx extends SqlTx, R>(db: SqlDb<Tx>, work: (tx: Tx) => Promise<R>): Promise<R> =>
  db.$transaction(async (tx) => {
    await execute(tx, sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    return work(tx);
  }, LONG_TRANSACTION);

const eachRow = async <Tx extends SqlTx, R>(
  rows: readonly CheckedRow<Tx>[],
  ask: (row: CheckedRow<Tx>) => Promise<R>,
): Promise<(R & { row: number })[]> => {
  const answers = [];
  // Sequential: the calls share one transaction and therefore one connection.
  for (const row of rows) answers.push({ ...(await ask(row)), row: row.row });
  return answers;
};

/** The ids in the form that the request asked for. */
const carried = ({ joinedIds, count }: JoinedIds, { joined }: ListAffectedRequest): Pick<ListAffectedResponse, 'ids' | 'joinedIds'> =>
  joined || count === 0 ? { ids: [], joinedIds: Buffer.from(joinedIds) } : { ids: joinedIds.split('\n'), joinedIds: Buffer.alloc(0) };

/**
 * The service's answers. Refusals: `order.scope_invalid`, `order.row_invalid`, `order.effect_unknown`, `order.id_missing`,
 * `order.fence_differs`, `order.fence_unknown`.
 */
export const participantServer = <Tx extends SqlTx>(
  o: Pick<ParticipationOptions<Tx>, 'db' | 'effects' | 'crossChecks'> & Attester & { readonly verifier: Verifier },
): ParticipantServiceImplementation<CallerContext> => ({
  preview: async (request) => {
    const scope = checkScope(request.scope);
    const rows = checkRows(o, request.rows);
    const { orderId } = request;
    const previews = await reading(o.db, async (tx) => {
      const again = orderId === '' ? undefined : { orderId, claimedIn: await claimedIn(tx, orderId) };
      return eachRow(rows, ({ effect }) => effect.preview(tx, scope, again));
    });
    return { rows: previews.map((preview) => ({ ...preview, root: Buffer.from(preview.root) })) };
  },
  fence: async ({ orderId, epoch, scope, standing, restate, signedAt }, call) => {
    checkOrderId(orderId);
    const hold = { orderId, epoch, scope: checkScope(scope), standing, restate };
    const on = { id: orderId, institution: hold.scope.institution };
    const asked = doing('fence', { orderId }, call);
    const take = (tx: Tx) => recorded(tx, asked, async () => ({ answer: await takeFence(tx, hold, o.now), on }));
    const taken = await o.db.$transaction(take, LONG_TRANSACTION);
    return attestFence(o, { ...hold, signedAt }, taken);
  },
  countResidual: async ({ orderId, scope: asked, rows: askedRows, lifted, suspended }) => {
    checkOrderId(orderId);
    const scope = checkScope(asked);
    const rows = checkRows(o, askedRows);
    const parts = lifted.map((part, i) => ({ rows: part.rows, scope: checkScope(part.scope, `lifted[${i}].scope`) }));
    const withoutOf = (row: number): Scope[] => parts.filter((part) => part.rows.includes(row)).map((part) => part.scope);
    // The snapshot is taken at this time or later.
    const countedAt = o.now();
    const own = rows.filter(({ undo }) => !undo);
    const ofHold = (own.find(({ effect }) => effect.boundless) ?? own[0])?.row;
    const counts = await reading(o.db, async (tx) => {
      const within = await claimedIn(tx, orderId);
      return eachRow(rows, async ({ effect, name, undo, undoesRow, row }) => {
        const narrowed = await isNarrowed(tx, { orderId, scope }, { undo, undoesRow });
        const asked = { orderId, row, scope, undo, narrowed, without: withoutOf(row), claimedIn: within, suspended };
        return withEvidence(tx, o, { orderId, row, name, undo, effect, isOfHold: row === ofHold }, await effect.residual(tx, asked));
      });
    });
    return attestResidual(o, { orderId, scope, rows, lifted: parts, suspended }, { rows: counts, countedAt });
  },
  listAffected: async (request) => {
    checkOrderId(request.orderId);
    const without = request.without.map((part, i) => checkScope(part, `without[${i}]`));
    const asked = { ...request, without };
    const listedAt = o.now();
    const page = await reading(o.db, (tx) => listAffected(tx, o.crossChecks, asked));
    return { ...attestAffected(o, asked, { ...page, listedAt }), ...carried(page, request) };
  },
  findContradictions: async (request) => {
    checkOrderId(request.orderId);
    const answeredAt = o.now();
    const { orderId, check } = request;
    const asked = { orderId, check, ...idsOf(request) };
    return attestContradictions(o, asked, {
      ...(await reading(o.db, (tx) => findContradictions(tx, o.crossChecks, asked))),
      answeredAt,
    });
  },
  listLeft: async (request) => {
    checkOrderId(request.orderId);
    const records = await reading(o.db, (tx) => listLeft(tx, request));
    const last = records.length < request.limit ? undefined : records.at(-1);
    return { records, next: last?.recordId ?? '' };
  },
  proveInclusion: (request) => {
    checkOrderId(request.orderId);
    return reading(o.db, (tx) => proveInclusion(tx, o.effects, request));
  },
});
