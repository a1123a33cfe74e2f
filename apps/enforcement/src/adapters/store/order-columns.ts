// The mapping between an order and its columns; no other file maps them. A stored word that the code does not have is a defect
// (an older program on a newer database), and is never returned.
import { MEASURES, SERVICES, toTarget } from '../../domain/cascade';
import type { Fence } from '../../domain/fence';
import { ROW_STATES, type Preview, type Receipt, type Residual, type Row } from '../../domain/ledger';
import { LIFT_GROUNDS, ORDER_STATES, VIOLATIONS, type Lifting, type Order, type OrderState, type Signature } from '../../domain/order';
import { CHECK_WORDS, type CrossCheck } from '../../domain/residual/cross-checks';
import type { Dispute, KeySignature } from '../../domain/proof';
import { Prisma } from '../../generated/client';
import { scopeColumns, scopeOf } from './drafts/draft-columns';
import { signedColumn, signedOf } from './signed-column';
import { word, words } from './words';

/** A stored order with its rows, fences and liftings. */
export type StoredOrder = Prisma.OrderGetPayload<{ include: { rows: true; fences: true; liftings: true } }>;
type StoredRow = StoredOrder['rows'][number];
type StoredLifting = StoredOrder['liftings'][number];

const bytes = (root: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(root);

const signatureOf = (s: StoredOrder): Signature | null =>
  s.signedBy !== null && s.signedAt !== null && s.documentNo !== null && s.epoch !== null
    ? { by: s.signedBy, at: s.signedAt, documentNo: s.documentNo, epoch: s.epoch }
    : null;

const liftingOf = (s: StoredLifting, institution: string): Lifting => ({
  number: s.number,
  by: s.liftedBy,
  at: s.liftedAt,
  documentNo: s.documentNo,
  epoch: s.epoch,
  ground: word(LIFT_GROUNDS, s.ground),
  reason: s.reason,
  scope: scopeOf({ ...s, institution }),
  measures: words(MEASURES, s.measures),
  whole: s.whole,
  completedAt: s.completedAt,
});

const previewOf = (s: StoredRow): Preview | null =>
  s.previewCount !== null && s.previewRoot !== null
    ? { count: s.previewCount, fen: s.previewFen ?? 0n, people: s.previewPeople ?? 0n, sample: s.previewSample, root: s.previewRoot }
    : null;

const keySignatureOf = (s: StoredRow): KeySignature | null =>
  s.receiptKeyId !== null && s.receiptAlgorithm !== null && s.receiptSignature !== null
    ? { keyId: s.receiptKeyId, algorithm: s.receiptAlgorithm, value: s.receiptSignature }
    : null;

const disputeOf = (s: StoredRow): Dispute | null =>
  s.disputeReason !== null && s.disputedAt !== null ? { reason: s.disputeReason, detail: s.disputeDetail ?? '', at: s.disputedAt } : null;

const receiptOf = (s: StoredRow): Receipt | null =>
  s.receiptMatched !== null && s.receiptRoot !== null
    ? {
        matched: s.receiptMatched,
        changed: s.receiptChanged ?? 0n,
        already: s.receiptAlready ?? 0n,
        left: s.receiptLeft ?? 0n,
        leaves: s.receiptLeaves ?? 0n,
        fen: s.receiptFen ?? 0n,
        signature: keySignatureOf(s),
        root: s.receiptRoot,
        startedAt: s.receiptStartedAt,
        finishedAt: s.receiptFinishedAt,
      }
    : null;

const residualOf = (s: StoredRow): Residual | null =>
  s.residualCount !== null && s.residualAt !== null ? { count: s.residualCount, sample: s.residualSample, at: s.residualAt } : null;

const rowOf = (s: StoredRow): Row => ({
  number: s.number,
  measure: s.measure === null ? null : word(MEASURES, s.measure),
  target: toTarget(s.service, s.effect),
  afterRow: s.afterRow,
  withinMinutes: s.withinMinutes,
  undoesRow: s.undoesRow,
  lifting: s.lifting,
  signedCount: s.signedCount,
  state: word(ROW_STATES, s.state),
  askedAt: s.askedAt,
  dueAt: s.dueAt,
  overdue: s.overdue,
  preview: previewOf(s),
  progressMatched: s.progressMatched,
  receipt: receiptOf(s),
  refusal: s.refusalReason === null ? null : { reason: s.refusalReason, detail: s.refusalDetail ?? '' },
  dispute: disputeOf(s),
  residual: residualOf(s),
  renewedAfter: s.renewedAfter,
});

const crossCheckJson = ({ checked, contradictions, at, sample, ...check }: CrossCheck) => ({
  ...check,
  checked: checked.toString(),
  contradictions: contradictions.toString(),
  sample: [...sample],
  at: at.toISOString(),
});

const crossChecksOf = (stored: Prisma.JsonValue): CrossCheck[] =>
  (stored as unknown as ReturnType<typeof crossCheckJson>[]).map(({ checked, contradictions, at, ...check }) => ({
    ...check,
    check: word(CHECK_WORDS, check.check),
    checked: BigInt(checked),
    contradictions: BigInt(contradictions),
    at: new Date(at),
  }));

const fenceOf = ({ orderId: _, service, attestation, ...fence }: StoredOrder['fences'][number]): Fence => ({
  ...fence,
  service: word(SERVICES, service),
  attestation: attestation === null ? null : signedOf(attestation),
});

/** A discarded draft is stored as DRAFT with its time, so that a process of the version before can read it. */
export const stateOf = ({ state, discardedAt }: Pick<StoredOrder, 'state' | 'discardedAt'>): OrderState =>
  discardedAt === null ? word(ORDER_STATES, state) : 'DISCARDED';

/** The stored order as a domain value. */
export const orderOf = (s: StoredOrder): Order => ({
  id: s.id,
  state: stateOf(s),
  scope: scopeOf(s),
  measures: words(MEASURES, s.measures),
  grounds: words(VIOLATIONS, s.grounds),
  reason: s.reason,
  caseId: s.caseId ?? '',
  interim: s.interim,
  urgency: s.urgency,
  endCondition: s.endCondition,
  rectifyBy: s.rectifyBy,
  institutionName: s.institutionName,
  authority: s.handledBy === '' ? s.authority : s.handledBy,
  filedWith: s.authority,
  title: s.title,
  revision: s.revision,
  draftedBy: s.draftedBy,
  editedBy: s.editedBy,
  discarded: s.discardedAt === null ? null : { by: s.discardedBy, reason: s.discardReason, at: s.discardedAt },
  replacesDraft: s.replacesDraft,
  replacedByDraft: s.replacedByDraft,
  draftedAt: s.draftedAt,
  previewedAt: s.previewedAt,
  signature: signatureOf(s),
  fencedAt: s.fencedAt,
  issuedAt: s.issuedAt,
  completedAt: s.completedAt,
  liftings: s.liftings.map((lifting) => liftingOf(lifting, s.institution)),
  suspension: s.suspendedAt === null ? null : { at: s.suspendedAt, reason: s.suspendReason },
  supersedes: s.supersedes,
  supersededBy: s.supersededBy,
  seals: (s.seals as unknown[]).map(signedOf),
  sweep: { total: s.sweepTotal, tries: s.sweepTries, nextAt: s.sweepNextAt },
  crossChecks: crossChecksOf(s.crossChecks),
  sweptAt: s.sweptAt,
  reopenedAt: s.reopenedAt,
  rows: s.rows.map(rowOf),
  fences: s.fences.map(fenceOf),
});

/** Columns that change during the lifecycle. */
export const lifeColumns = (order: Order) => ({
  // See `stateOf`.
  state: order.discarded === null ? order.state : 'DRAFT',
  previewedAt: order.previewedAt,
  signedBy: order.signature?.by ?? null,
  signedAt: order.signature?.at ?? null,
  documentNo: order.signature?.documentNo ?? null,
  epoch: order.signature?.epoch ?? null,
  fencedAt: order.fencedAt,
  issuedAt: order.issuedAt,
  completedAt: order.completedAt,
  suspendedAt: order.suspension?.at ?? null,
  suspendReason: order.suspension?.reason ?? '',
  supersededBy: order.supersededBy,
  replacedByDraft: order.replacedByDraft,
  discardedAt: order.discarded?.at ?? null,
  discardedBy: order.discarded?.by ?? '',
  discardReason: order.discarded?.reason ?? '',
  seals: order.seals.map(signedColumn),
  sweepTotal: order.sweep.total,
  sweepTries: order.sweep.tries,
  sweepNextAt: order.sweep.nextAt,
  crossChecks: order.crossChecks.map(crossCheckJson),
  sweptAt: order.sweptAt,
  reopenedAt: order.reopenedAt,
});

export const rowColumns = (orderId: string, row: Row) => ({
  orderId,
  number: row.number,
  measure: row.measure,
  service: row.target.service,
  effect: row.target.effect,
  afterRow: row.afterRow,
  withinMinutes: row.withinMinutes,
  undoesRow: row.undoesRow,
  lifting: row.lifting,
  signedCount: row.signedCount,
  state: row.state,
  askedAt: row.askedAt,
  dueAt: row.dueAt,
  overdue: row.overdue,
  previewCount: row.preview?.count ?? null,
  previewFen: row.preview?.fen ?? null,
  previewPeople: row.preview?.people ?? null,
  previewSample: [...(row.preview?.sample ?? [])],
  previewRoot: row.preview ? bytes(row.preview.root) : null,
  progressMatched: row.progressMatched,
  receiptMatched: row.receipt?.matched ?? null,
  receiptChanged: row.receipt?.changed ?? null,
  receiptAlready: row.receipt?.already ?? null,
  receiptFen: row.receipt?.fen ?? null,
  receiptRoot: row.receipt ? bytes(row.receipt.root) : null,
  receiptStartedAt: row.receipt?.startedAt ?? null,
  receiptFinishedAt: row.receipt?.finishedAt ?? null,
  receiptLeft: row.receipt?.left ?? null,
  receiptLeaves: row.receipt?.leaves ?? null,
  receiptKeyId: row.receipt?.signature?.keyId ?? null,
  receiptAlgorithm: row.receipt?.signature?.algorithm ?? null,
  receiptSignature: row.receipt?.signature ? bytes(row.receipt.signature.value) : null,
  disputeReason: row.dispute?.reason ?? null,
  disputeDetail: row.dispute?.detail ?? null,
  disputedAt: row.dispute?.at ?? null,
  refusalReason: row.refusal?.reason ?? null,
  refusalDetail: row.refusal?.detail ?? null,
  residualCount: row.residual?.count ?? null,
  residualSample: [...(row.residual?.sample ?? [])],
  residualAt: row.residual?.at ?? null,
  renewedAfter: row.renewedAfter,
});

export const fenceColumns = (orderId: string, { attestation, ...fence }: Fence) => ({
  orderId,
  ...fence,
  attestation: attestation ? signedColumn(attestation) : Prisma.DbNull,
});

export const liftingColumns = (orderId: string, lifting: Lifting) => ({
  orderId,
  number: lifting.number,
  liftedBy: lifting.by,
  liftedAt: lifting.at,
  documentNo: lifting.documentNo,
  epoch: lifting.epoch,
  ground: lifting.ground,
  reason: lifting.reason,
  ...scopeColumns(lifting.scope),
  measures: [...lifting.measures],
  whole: lifting.whole,
  completedAt: lifting.completedAt,
});
