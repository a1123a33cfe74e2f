// All code of enforcement that decides about orders, with its real use cases, over a store in memory. What hundreds of
// histories test is decided before anything is stored, and over a database they would take hours. The services that an
// order reaches answer here as over gRPC: absent services do not answer, and for some rows they find records that have
// strayed.
import type { Limits } from '@hengji/procedure';
import { Refusal } from '@hengji/domain-kit';
import type { Cases, Packages } from '../../src/application/cases/ports';
import { draftOrder } from '../../src/application/draft-order';
import { driveOrder } from '../../src/application/execution/drive-order';
import { recordReport } from '../../src/application/execution/record-report';
import { retryRow } from '../../src/application/execution/retry-row';
import { listFences } from '../../src/application/list-fences';
import type { Orders, Participants, Transactions } from '../../src/application/ports';
import { previewOrder } from '../../src/application/preview-order';
import type { Attestations, Evidence, Receipts } from '../../src/application/proof/ports';
import { counting } from '../../src/application/residual/count';
import { sweepClosed } from '../../src/application/residual/sweep-closed';
import { liftOrder } from '../../src/application/reversal/lift-order';
import { supersede, type Supersede } from '../../src/application/reversal/supersede-order';
import { resumeOrder, suspendOrder } from '../../src/application/reversal/suspend-order';
import { signOrder } from '../../src/application/sign-order';
import type { Case } from '../../src/domain/cases/case';
import type { Service } from '../../src/domain/cascade';
import type { Order, OrderEvent } from '../../src/domain/order';
import { checkCounts } from '../../src/domain/receipt-counts';
import { inState } from '../cases';
import { CHECK_WORDS } from '../../src/domain/residual/cross-checks';
import { FILING, NOW, preview } from '../orders';

export const PATIENCE_MS = 15 * 60_000;
const STEP_MS = 10 * 60_000;

/** The event as text: `o2 rowReleased 3`; for a suspension also whether the order was carried out. */
const toldOf = (order: Order, event: OrderEvent): string => {
  const about = { orderSuspended: order.completedAt !== null ? 'carried out' : 'at work' }[event.kind as string];
  const { kind, ...rest } = event;
  return [order.id, kind, about ?? Object.values(rest).flat().join(',')].filter((word) => word !== '').join(' ');
};

interface Kept {
  readonly orders: ReadonlyMap<string, Order>;
  readonly epochs: ReadonlyMap<string, bigint>;
  readonly told: readonly string[];
  readonly strays: readonly string[];
}

const unknown = (): never => {
  throw new Refusal('notFound', 'order.unknown', '没有这个处理决定', { field: 'order_id' });
};

const FOUNDED = inState('FOUNDED');
const PUBLISHED = inState('PUBLISHED');

/** The store: a transaction that throws leaves everything unchanged. */
const memory = () => {
  let kept: Kept = { orders: new Map(), epochs: new Map(), told: [], strays: [] };
  const keep = (order: Order): void => void (kept = { ...kept, orders: new Map(kept.orders).set(order.id, order) });
  const get = (id: string): Order => kept.orders.get(id) ?? unknown();
  const run: Transactions<null>['run'] = async (work) => {
    const before = kept;
    try {
      return await work(null);
    } catch (failure) {
      kept = before;
      throw failure;
    }
  };
  const orders = {
    insert: async (_, order) => keep(order),
    update: async (_, id, decide) => {
      const before = get(id);
      const { next, events } = await decide(before);
      if (next === before) return before;
      keep(next);
      kept = { ...kept, told: [...kept.told, ...events.map((event) => toldOf(next, event))] };
      return next;
    },
    get: async (id) => get(id),
    listFenced: async () => [...kept.orders.values()].filter(({ state }) => !['DRAFT', 'PREVIEWED', 'LIFTED'].includes(state)),
  } satisfies Partial<Orders<null>>;
  return {
    kept: () => kept,
    get,
    orders: orders as unknown as Orders<null>,
    transactions: {
      run,
      recorded: (_, work) => run(work),
      once: (_, work) => run(work),
      findKept: async () => undefined,
    } satisfies Transactions<null>,
    strays: {
      keep: async (_: null, { orderId, refusal }: { orderId: string; refusal: Refusal }) =>
        void (kept = { ...kept, strays: [...kept.strays, `${orderId} ${refusal.reason}`] }),
    },
    numbers: {
      documentNumber: async () => `文〔2026〕${kept.told.length}号`,
      epoch: async (_: null, institution: string) => {
        const epoch = (kept.epochs.get(institution) ?? 0n) + 1n;
        kept = { ...kept, epochs: new Map(kept.epochs).set(institution, epoch) };
        return epoch;
      },
    },
  };
};

/** The environment that a history changes. */
interface Around {
  /** Services that do not answer. */
  readonly away: Set<Service>;
  /** `order/row`: a record of this row was changed by somebody. */
  readonly strayed: Set<string>;
  now: Date;
}

/** Another spec tests that services sign their statements; here they are always signed. */
const SIGNED = { statement: '{}', keyId: '', algorithm: '', value: new Uint8Array() };
const PAGE = { checks: CHECK_WORDS, joinedIds: Buffer.from('x'), count: 1, next: '', sha256: '' };
const ATTESTATIONS: Attestations<null> = {
  check: () => undefined,
  checkFence: () => undefined,
  checkCounted: () => undefined,
  keep: async () => undefined,
  keepMissing: async () => undefined,
  of: async () => new Map(),
};

const participantsIn = (around: Around): Participants => {
  const { away, strayed } = around;
  const answer = <T>(service: Service, what: T): T => {
    if (!away.has(service)) return what;
    throw new Refusal('unavailable', 'service.unavailable', `${service}没有答复`);
  };
  return {
    preview: async (service, _, rows) => answer(service, new Map(rows.map(({ number }) => [number, preview(number)]))),
    fence: async (service) => answer(service, { placedAt: around.now, attestation: SIGNED }),
    countResidual: async (service, { id }, rows) => {
      const residuals = new Map(rows.map(({ number }) => [number, { count: strayed.has(`${id}/${number}`) ? 1n : 0n, sample: [] }]));
      return answer(service, { residuals, attestation: SIGNED });
    },
    listAffected: async (service) => answer(service, { ...PAGE, attestation: SIGNED }),
    findContradictions: async (service) => answer(service, { contradictions: 0n, sample: [], attestation: SIGNED }),
    listLeft: async (service) => answer(service, []),
  };
};

/** The counts of receipts are checked as always; another spec tests their signatures. */
const RECEIPTS: Receipts<null> = {
  check: () => undefined,
  checkStored: (order, row) => {
    if (row.state !== 'DONE' || !row.receipt) throw new Refusal('forbidden', 'receipt.missing', `第${row.number}行没有回执`);
    checkCounts(order, row);
  },
  keep: async () => undefined,
};

export const severalOrders = () => {
  const store = memory();
  const around: Around = { away: new Set(), strayed: new Set(), now: NOW };
  const cases = new Map<string, Case>();
  const caseOf = (id: string): Case => cases.get(id) ?? FOUNDED;
  const none = async (): Promise<void> => undefined;
  const replacing: Supersede<null> = (tx, order) => supersede(deps)(tx, order);
  const deps = {
    ...store,
    supersede: replacing,
    cases: {
      recusedAt: async () => [],
      get: async (id) => caseOf(id),
      update: async (_, id, decide) => {
        cases.set(id, await decide(caseOf(id), []));
        return caseOf(id);
      },
    } satisfies Pick<Cases<null>, 'get' | 'update' | 'recusedAt'>,
    deadlines: {
      ...{ start: none, meet: none, cancel: none, moveTo: none, extend: none, suspend: none, resume: none },
      ofFile: async () => [],
    } satisfies Limits<null>,
    packages: { check: none, close: none } satisfies Packages<null>,
    // No history depends on a rectification, nor on a remedy.
    checkLifting: none,
    checkMaySign: none,
    receipts: RECEIPTS,
    attestations: ATTESTATIONS,
    // Nobody changes the ledger of a history directly.
    evidence: { compare: async () => [] } satisfies Evidence<null>,
    contents: { read: async () => ({ altered: [], unread: false }) },
    certificateNumbers: { find: async () => new Map() },
    filings: { get: async () => ({ ...FILING, kinds: [] }) },
    participants: participantsIn(around),
    patienceMs: PATIENCE_MS,
    newId: () => `o${store.kept().orders.size + 1}`,
    now: () => around.now,
    onTrouble: () => undefined,
  };
  const count = counting(deps);
  const record = recordReport(deps);
  return {
    ...around,
    ...{ get: store.get, kept: store.kept, now: () => around.now },
    tick: (): void => void (around.now = new Date(around.now.getTime() + STEP_MS)),
    draft: draftOrder(deps),
    /**
     * The other requirements of the case before its decision is carried out: the decision is made on this draft, served
     * and published.
     */
    decide: (order: Order): void =>
      void cases.set(order.caseId, {
        ...PUBLISHED,
        institution: order.scope.institution,
        decision: { number: `决${order.id}`, orderId: order.id },
      }),
    openCase: (id: string, institution: string): void => void cases.set(id, { ...FOUNDED, id, institution }),
    preview: previewOrder(deps),
    sign: signOrder(deps),
    lift: liftOrder(deps),
    suspend: suspendOrder(deps),
    resume: resumeOrder(deps),
    retry: retryRow(deps),
    drive: driveOrder({ ...deps, count }),
    sweep: sweepClosed({ ...deps, count }),
    report: (orderId: string, report: Parameters<typeof record>[1]['report']) =>
      store.transactions.run((tx) => record(tx, { eventId: '', orderId, report, now: around.now })),
    fences: listFences(deps),
  };
};

export type SeveralOrders = ReturnType<typeof severalOrders>;
