// The order between its columns and its shape: the only place that knows both. Words that the code does not know are a defect
// (an older program on a newer database), never passed on.
import { MEASURES, SERVICES, toTarget } from '../../domain/cascade';
import type { Fence } from '../../domain/fence';
import { ROW_STATES, type Preview, type Receipt, type Residual, type Row } from '../../domain/ledger';
import { ORDER_STATES, VIOLATIONS, type Lifting, type Order, type Signature } from '../../domain/order';
import type { OccupationLevel } from '../../domain/scope';
import type { Prisma } from '../../generated/client';

/** An order as it is read: with its rows and fences. */
export type StoredOrder = Prisma.OrderGetPayload<{ include: { rows: true; fences: true } }>;
type StoredRow = StoredOrder['rows'][number];

const word = <W extends string>(words: readonly W[], text: string): W => {
  const known = words.find((candidate) => candidate === text);
  if (known === undefined) throw new Error(`The database has “${text}”; known here: ${words.join(', ')}`);
  return known;
};
const words = <W extends string>(known: readonly W[], texts: readonly string[]): W[] => texts.map((text) => word(known, text));

const levelText = ({ occupation, level }: OccupationLevel): string => `${occupation}/${level}`;
const levelOf = (text: string): OccupationLevel => ({ occupation: text.slice(0, -2), level: text.slice(-1) });
const bytes = (root: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(root);

const signatureOf = (s: StoredOrder): Signature | null =>
  s.signedBy !== null && s.signedAt !== null && s.documentNo !== null && s.epoch !== null
    ? { by: s.signedBy, at: s.signedAt, documentNo: s.documentNo, epoch: s.epoch }
    : null;

const liftingOf = (s: StoredOrder): Lifting | null =>
  s.liftedBy !== null && s.liftedAt !== null && s.liftDocumentNo !== null && s.liftEpoch !== null
    ? {
        by: s.liftedBy,
        at: s.liftedAt,
        documentNo: s.liftDocumentNo,
        epoch: s.liftEpoch,
        reason: s.liftReason ?? '',
        completedAt: s.liftCompletedAt,
      }
    : null;

const previewOf = (s: StoredRow): Preview | null =>
  s.previewCount !== null && s.previewRoot !== null
    ? { count: s.previewCount, fen: s.previewFen ?? 0n, people: s.previewPeople ?? 0n, sample: s.previewSample, root: s.previewRoot }
    : null;

const receiptOf = (s: StoredRow): Receipt | null =>
  s.receiptMatched !== null && s.receiptRoot !== null
    ? {
        matched: s.receiptMatched,
        changed: s.receiptChanged ?? 0n,
        already: s.receiptAlready ?? 0n,
        fen: s.receiptFen ?? 0n,
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
  signedCount: s.signedCount,
  state: word(ROW_STATES, s.state),
  askedAt: s.askedAt,
  dueAt: s.dueAt,
  overdue: s.overdue,
  preview: previewOf(s),
  progressMatched: s.progressMatched,
  receipt: receiptOf(s),
  refusal: s.refusalReason === null ? null : { reason: s.refusalReason, detail: s.refusalDetail ?? '' },
  residual: residualOf(s),
});

/** The stored order as the domain knows it. */
export const orderOf = (s: StoredOrder): Order => ({
  id: s.id,
  state: word(ORDER_STATES, s.state),
  scope: {
    institution: s.institution,
    plans: s.plans,
    sessions: s.sessions,
    occupationLevels: s.occupationLevels.map(levelOf),
    persons: s.persons,
    certificates: s.certificates,
    from: s.fromDay,
    until: s.untilDay,
  },
  measures: words(MEASURES, s.measures),
  grounds: words(VIOLATIONS, s.grounds),
  reason: s.reason,
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
  lifting: liftingOf(s),
  sweep: { total: s.sweepTotal, tries: s.sweepTries, nextAt: s.sweepNextAt },
  rows: s.rows.map(rowOf),
  fences: s.fences.map((f) => ({ ...f, service: word(SERVICES, f.service) })).map(({ orderId: _, ...fence }) => fence),
});

/** What never changes after the draft. */
export const draftColumns = ({ scope, ...order }: Order) => ({
  id: order.id,
  institution: scope.institution,
  institutionName: order.institutionName,
  authority: order.authority,
  plans: [...scope.plans],
  sessions: [...scope.sessions],
  occupationLevels: scope.occupationLevels.map(levelText),
  persons: [...scope.persons],
  certificates: [...scope.certificates],
  fromDay: scope.from,
  untilDay: scope.until,
  measures: [...order.measures],
  grounds: [...order.grounds],
  reason: order.reason,
  rectifyBy: order.rectifyBy,
  draftedBy: order.draftedBy,
  draftedAt: order.draftedAt,
});

/** What the order's life changes. */
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
  liftedBy: order.lifting?.by ?? null,
  liftedAt: order.lifting?.at ?? null,
  liftDocumentNo: order.lifting?.documentNo ?? null,
  liftEpoch: order.lifting?.epoch ?? null,
  liftReason: order.lifting?.reason ?? null,
  liftCompletedAt: order.lifting?.completedAt ?? null,
  sweepTotal: order.sweep.total,
  sweepTries: order.sweep.tries,
  sweepNextAt: order.sweep.nextAt,
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
  refusalReason: row.refusal?.reason ?? null,
  refusalDetail: row.refusal?.detail ?? null,
  residualCount: row.residual?.count ?? null,
  residualSample: [...(row.residual?.sample ?? [])],
  residualAt: row.residual?.at ?? null,
});

export const fenceColumns = (orderId: string, fence: Fence) => ({ orderId, ...fence });
