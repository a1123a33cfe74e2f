// The mapping between an order and its columns; no other file maps them. A stored word that the code does not have is a defect
// (an older program on a newer database), and is never returned.
import { MEASURES, SERVICES, toTarget } from '../../domain/cascade';
import type { Fence } from '../../domain/fence';
import { ROW_STATES, type Preview, type Receipt, type Residual, type Row } from '../../domain/ledger';
import { LIFT_GROUNDS, ORDER_STATES, VIOLATIONS, type Lifting, type Order, type Signature } from '../../domain/order';
import { CHECK_WORDS, type CrossCheck } from '../../domain/residual/cross-checks';
import type { Dispute, KeySignature } from '../../domain/proof';
import type { OccupationLevel, Scope } from '../../domain/scope';
import { Prisma } from '../../generated/client';
import { signedColumn, signedOf } from './signed-column';
import { word, words } from './words';

/** A stored order with its rows, fences and liftings. */
export type StoredOrder = Prisma.OrderGetPayload<{ include: { rows: true; fences: true; liftings: true } }>;
type StoredRow = StoredOrder['rows'][number];
type StoredLifting = StoredOrder['liftings'][number];

const levelText = ({ occupation, level }: OccupationLevel): string => `${occupation}/${level}`;
const levelOf = (text: string): OccupationLevel => ({ occupation: text.slice(0, -2), level: text.slice(-1) });
type StoredScope = Pick<
  StoredOrder,
  'institution' | 'plans' | 'sessions' | 'occupationLevels' | 'persons' | 'certificates' | 'fromDay' | 'untilDay'
>;

const scopeOf = (s: StoredScope): Scope => ({
  institution: s.institution,
  plans: s.plans,
  sessions: s.sessions,
  occupationLevels: s.occupationLevels.map(levelOf),
  persons: s.persons,
  certificates: s.certificates,
  from: s.fromDay,
  until: s.untilDay,
});

const scopeColumns = (scope: Scope) => ({
  plans: [...scope.plans],
  sessions: [...scope.sessions],
  occupationLevels: scope.occupationLevels.map(levelText),
  persons: [...scope.persons],
  certificates: [...scope.certificates],
  fromDay: scope.from,
  untilDay: scope.until,
});

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

/** The stored order as a domain value. */
export const orderOf = (s: StoredOrder): Order => ({
  id: s.id,
  state: word(ORDER_STATES, s.state),
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
  authority: s.authority,
  draftedBy: s.draftedBy,
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

/** Columns that never change after the draft. */
export const draftColumns = ({ scope, ...order }: Order) => ({
  id: order.id,
  institution: scope.institution,
  institutionName: order.institutionName,
  authority: order.authority,
  ...scopeColumns(scope),
  supersedes: order.supersedes,
  measures: [...order.measures],
  grounds: [...order.grounds],
  reason: order.reason,
  caseId: order.caseId === '' ? null : order.caseId,
  interim: order.interim,
  urgency: order.urgency,
  endCondition: order.endCondition,
  rectifyBy: order.rectifyBy,
  draftedBy: order.draftedBy,
  draftedAt: order.draftedAt,
});

/** Columns that change during the lifecycle. */
export const lifeColumns = (order: Order) => ({
  state: order.state,
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
