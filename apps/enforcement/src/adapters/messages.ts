// The order as a message, for gRPC, for Kafka and for the calls to other services. Both sides have the same words;
// messages.spec.ts checks this.
import type { Lifting as LiftingMessage, Order as OrderMessage, LedgerRow } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Receipt as ReceiptMessage, RowAsk, Scope as ScopeMessage, Seal as SealMessage } from '@hengji/contracts/enforcement/v1/order';
import type { Names } from '@hengji/procedure';
import type { Target } from '../domain/cascade';
import { isUndo, type Preview, type Receipt, type Row } from '../domain/ledger';
import type { Lifting, Order } from '../domain/order';
import type { OrderView } from '../domain/reading/view';
import { effectWord } from '../domain/reading/words';
import type { Scope } from '../domain/scope';
import { publicAt } from './statements';

export const scopeMessage = (scope: Scope): ScopeMessage => ({
  ...scope,
  plans: [...scope.plans],
  sessions: [...scope.sessions],
  occupationLevels: [...scope.occupationLevels],
  persons: [...scope.persons],
  certificates: [...scope.certificates],
});

// A switch, because TypeScript combines service and effect only inside its branches.
const effectMessage = (target: Target): RowAsk['effect'] => {
  switch (target.service) {
    case 'approval':
      return { $case: 'approval', value: target.effect };
    case 'exam':
      return { $case: 'exam', value: target.effect };
    case 'certificate':
      return { $case: 'certificate', value: target.effect };
    case 'subsidy':
      return { $case: 'subsidy', value: target.effect };
    case 'exchange':
      return { $case: 'exchange', value: target.effect };
  }
};

/** The row as asked of its service. The notices that every order sends have no measure. */
export const rowAsk = (row: Row): RowAsk => ({
  row: row.number,
  measure: row.measure ?? 'UNSPECIFIED',
  effect: effectMessage(row.target),
  afterRow: row.afterRow,
  withinMinutes: row.withinMinutes,
  undo: isUndo(row),
  undoesRow: row.undoesRow,
  signedCount: row.signedCount,
  // The signed root is that of the preview; an undo row has none, because it is bound by the claims.
  signedRoot: Buffer.from((!isUndo(row) && row.preview?.root) || []),
});

const receiptMessage = (receipt: Receipt): ReceiptMessage => ({
  ...receipt,
  root: Buffer.from(receipt.root),
  signature: receipt.signature ? { ...receipt.signature, value: Buffer.from(receipt.signature.value) } : undefined,
  startedAt: receipt.startedAt ?? undefined,
  finishedAt: receipt.finishedAt ?? undefined,
});

export const previewMessage = (preview: Preview | null | undefined): LedgerRow['preview'] =>
  preview ? { ...preview, sample: [...preview.sample], root: Buffer.from(preview.root) } : undefined;

const rowMessage = (row: Row, { allowed, obstacles }: ReturnType<OrderView['rowView']>): LedgerRow => ({
  ask: rowAsk(row),
  service: row.target.service,
  state: row.state,
  askedAt: row.askedAt ?? undefined,
  dueAt: row.dueAt ?? undefined,
  overdue: row.overdue,
  receipt: row.receipt ? receiptMessage(row.receipt) : undefined,
  refusalReason: row.refusal?.reason ?? '',
  refusalDetail: row.refusal?.detail ?? '',
  progressMatched: row.progressMatched,
  preview: previewMessage(row.preview),
  residual: row.residual?.count ?? 0n,
  residualAt: row.residual?.at,
  residualSample: [...(row.residual?.sample ?? [])],
  disputeReason: row.dispute?.reason ?? '',
  disputeDetail: row.dispute?.detail ?? '',
  disputedAt: row.dispute?.at,
  allowedActions: allowed,
  obstacles,
  title: effectWord(row),
  lifting: row.lifting,
});

const wholeLifting = (order: Order): Lifting | undefined => order.liftings.find(({ whole }) => whole);

const liftingMessage = ({ by, at, completedAt, ...lifting }: Lifting, names: Names): LiftingMessage => ({
  ...lifting,
  liftedByName: names.get(by) ?? '',
  scope: scopeMessage(lifting.scope),
  measures: [...lifting.measures],
  liftedBy: by,
  liftedAt: at,
  completedAt: completedAt ?? undefined,
});

/** The last seal of enforcement over the order itself (0) or over one of its liftings. */
export const sealMessage = (order: Order, lifting = 0): SealMessage | undefined => {
  const seal = order.seals.findLast(({ statement }) => {
    const sealed = JSON.parse(statement) as { readonly type: string; readonly lifting?: string };
    return lifting === 0 ? sealed.type === 'hengji.order.v1' : sealed.lifting === String(lifting);
  });
  if (!seal) return undefined;
  const { statement, keyId, algorithm, value } = seal;
  return { statement, signature: { keyId, algorithm, value: Buffer.from(value) } };
};

/** The people whose names a reader of the order needs. */
export const peopleOf = ({ draftedBy, discarded, signature, liftings }: Order): string[] => [
  draftedBy,
  ...(discarded ? [discarded.by] : []),
  ...(signature ? [signature.by] : []),
  ...liftings.map(({ by }) => by),
];

const NO_NAMES: Names = new Map();

/** The order with its ledger for a reader; its `residual` total is -1 before the first count. Lists leave out the names. */
export const orderMessage = (order: Order, view: OrderView, names = NO_NAMES): OrderMessage => ({
  orderId: order.id,
  documentNo: order.signature?.documentNo ?? '',
  state: order.state,
  scope: scopeMessage(order.scope),
  measures: [...order.measures],
  grounds: [...order.grounds],
  reason: order.reason,
  institutionName: order.institutionName,
  authority: order.authority,
  filedWith: order.filedWith,
  epoch: order.signature?.epoch ?? 0n,
  draftedBy: order.draftedBy,
  draftedByName: names.get(order.draftedBy) ?? '',
  signedBy: order.signature?.by ?? '',
  signedByName: names.get(order.signature?.by ?? '') ?? '',
  draftedAt: order.draftedAt,
  previewedAt: order.previewedAt ?? undefined,
  signedAt: order.signature?.at,
  fencedAt: order.fencedAt ?? undefined,
  issuedAt: order.issuedAt ?? undefined,
  completedAt: order.completedAt ?? undefined,
  liftedAt: wholeLifting(order)?.at,
  liftCompletedAt: wholeLifting(order)?.completedAt ?? undefined,
  liftedBy: wholeLifting(order)?.by ?? '',
  liftReason: wholeLifting(order)?.reason ?? '',
  rectifyBy: order.rectifyBy,
  rows: order.rows.map((row) => rowMessage(row, view.rowView(row))),
  fences: order.fences.map(({ service, placedAt }) => ({ service, placedAt: placedAt ?? undefined })),
  residual: order.sweep.total ?? -1n,
  phase: view.phase,
  allowedActions: view.allowed,
  obstacles: view.obstacles,
  gates: view.gates.map(({ gate, title, missing }) => ({ gate, title, open: missing === '', missing })),
  situations: view.situations.map((one) => ({ ...one, since: one.since ?? undefined })),
  liftDocumentNo: wholeLifting(order)?.documentNo ?? '',
  supersedes: order.supersedes,
  supersededBy: order.supersededBy,
  suspendedAt: order.suspension?.at,
  suspendReason: order.suspension?.reason ?? '',
  liftings: order.liftings.map((lifting) => liftingMessage(lifting, names)),
  caseId: order.caseId,
  interim: order.interim,
  urgency: order.urgency,
  endCondition: order.endCondition,
  crossChecks: order.crossChecks.map(({ from, against, sample, ...check }) => ({
    ...check,
    fromService: from,
    inService: against,
    sample: [...sample],
  })),
  sweptAt: order.sweptAt ?? undefined,
  reopenedAt: order.reopenedAt ?? undefined,
  signature: sealMessage(order)?.signature,
  publicAt: publicAt(order) ?? undefined,
  title: order.title,
  revision: order.revision,
  editNote: view.editNote,
  discardedBy: order.discarded?.by ?? '',
  discardedByName: names.get(order.discarded?.by ?? '') ?? '',
  discardedAt: order.discarded?.at,
  discardReason: order.discarded?.reason ?? '',
  replacesDraft: order.replacesDraft,
  replacedByDraft: order.replacedByDraft,
});
