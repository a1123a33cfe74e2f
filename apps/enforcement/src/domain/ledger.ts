// The ledger of an order: what was asked of whom, by when, and what was answered. Rows are values: a function that changes
// nothing returns the very same row, so that the store writes only what moved and a repeated report costs nothing.
import { minutesAfter, Refusal } from '@hengji/domain-kit';
import { isAhead } from './clock/order-time';
import type { Dispute, KeySignature } from './proof';
import { stepOf, stepsOf, toTarget, type Effect, type Measure, type Service, type Target } from './cascade';

export const ROW_STATES = ['WAITING', 'ASKED', 'DONE', 'REFUSED'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a row would touch, as its service counted it before the signature. */
export interface Preview {
  readonly count: bigint;
  readonly fen: bigint;
  readonly people: bigint;
  readonly sample: readonly string[];
  /** Merkle root of the exact target set. */
  readonly root: Uint8Array;
}

/** What the service found and changed. `root` is over the affected ids with their state before and after. */
export interface Receipt {
  readonly matched: bigint;
  readonly changed: bigint;
  readonly already: bigint;
  /** Undo rows: records that somebody had changed meanwhile; they are as they were found. */
  readonly left: bigint;
  /** Leaves of the tree under `root`. */
  readonly leaves: bigint;
  readonly fen: bigint;
  readonly root: Uint8Array;
  /** The service's; null in receipts from before they were signed. */
  readonly signature: KeySignature | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Records of the scope that are not in the state demanded, counted by another way than the effect went. */
export interface Residual {
  readonly count: bigint;
  readonly sample: readonly string[];
  readonly at: Date;
}

/** What was previewed and what is left, by row number. */
export type Previews = ReadonlyMap<number, Preview>;
export type Residuals = ReadonlyMap<number, Omit<Residual, 'at'>>;

/** One effect asked of one service. Minutes run from `askedAt`. */
export interface Row {
  readonly number: number;
  /** Null for the notices that every order sends. */
  readonly measure: Measure | null;
  readonly target: Target;
  /** The row that must have its receipt before this one is asked; 0 = none. */
  readonly afterRow: number;
  readonly withinMinutes: number;
  /** The row whose effect this one takes back; 0 = an effect, not its undoing. */
  readonly undoesRow: number;
  /** The lifting that this row belongs to; 0 = the order itself. */
  readonly lifting: number;
  /** The most records that the row may touch: what was previewed and signed. */
  readonly signedCount: bigint;
  readonly state: RowState;
  readonly askedAt: Date | null;
  readonly dueAt: Date | null;
  /** Stays true when the row is done at last: it was late. */
  readonly overdue: boolean;
  readonly preview: Preview | null;
  readonly progressMatched: bigint;
  readonly receipt: Receipt | null;
  readonly refusal: { readonly reason: string; readonly detail: string } | null;
  /** Why the last receipt was not accepted. While it stands the row is not done. */
  readonly dispute: Dispute | null;
  readonly residual: Residual | null;
  /** When the receipt was finished that the row had before its order was reopened: one not newer than this is that one again. */
  readonly renewedAfter: Date | null;
}

/** What a service says of a row; `service` is the one that sealed it. */
export type Report =
  | { readonly kind: 'reported'; readonly row: number; readonly service: string; readonly epoch: bigint; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly row: number; readonly service: string; readonly reason: string; readonly detail: string }
  | { readonly kind: 'progressed'; readonly row: number; readonly service: string; readonly matched: bigint };

type Opening = Pick<Row, 'number' | 'measure' | 'target' | 'afterRow' | 'withinMinutes' | 'undoesRow' | 'lifting' | 'signedCount'>;

const waiting = (opening: Opening): Row => ({
  ...opening,
  state: 'WAITING',
  askedAt: null,
  dueAt: null,
  overdue: false,
  preview: null,
  progressMatched: 0n,
  receipt: null,
  refusal: null,
  dispute: null,
  residual: null,
  renewedAfter: null,
});

/** The rows that these measures open, numbered from 1 in the order of the table. Nothing is asked yet. */
export const openRows = (measures: readonly Measure[]): Row[] => {
  const steps = stepsOf(measures);
  const numberOf = (effect: Effect | undefined): number => steps.findIndex(({ step }) => step.effect === effect) + 1;
  return steps.map(({ measure, step }, i) =>
    waiting({
      number: i + 1,
      measure,
      target: toTarget(step.service, step.effect),
      afterRow: numberOf(step.after),
      withinMinutes: step.withinMinutes,
      undoesRow: 0,
      lifting: 0,
      signedCount: 0n,
    }),
  );
};

/**
 * One undo row for each row of these measures (the notices always), numbered after all that are there. It may touch what its
 * row touched, and no more.
 */
export const openUndoRows = (rows: readonly Row[], lifting: number, measures: readonly Measure[]): Row[] => {
  const undone = rows.filter((row) => !isUndo(row) && (row.measure === null || measures.includes(row.measure)));
  const numberOf = (effect: Effect | undefined): number => {
    const at = undone.findIndex((row) => row.target.effect === effect);
    return at < 0 ? 0 : rows.length + at + 1;
  };
  return undone.map((row, i) =>
    waiting({
      number: rows.length + i + 1,
      measure: row.measure,
      target: row.target,
      afterRow: numberOf(stepOf(row.target.effect).undoAfter),
      withinMinutes: row.withinMinutes,
      undoesRow: row.number,
      lifting,
      signedCount: row.receipt?.matched ?? 0n,
    }),
  );
};

export const isUndo = (row: Row): boolean => row.undoesRow > 0;

const ask = (row: Row, now: Date): Row => ({
  ...row,
  state: 'ASKED',
  askedAt: now,
  dueAt: minutesAfter(now, row.withinMinutes),
  overdue: false,
  refusal: null,
  dispute: null,
});

/** The row, its limit counted from now where a clock that was ahead has asked it. */
export const askedByNow = (row: Row, now: Date): Row =>
  row.state === 'ASKED' && isAhead(row.askedAt, now) ? { ...row, askedAt: now, dueAt: minutesAfter(now, row.withinMinutes) } : row;

/** Asks every waiting row that waits for no other. */
export const askFirst = (rows: readonly Row[], now: Date): Row[] =>
  rows.map((row) => (row.state === 'WAITING' && row.afterRow === 0 ? ask(row, now) : row));

/** Asks the rows that waited for row `done`. */
export const release = (rows: readonly Row[], done: number, now: Date): Row[] =>
  rows.map((row) => (row.state === 'WAITING' && row.afterRow === done ? ask(row, now) : row));

/** The row of this number. Refuses `row.unknown`. */
export const getRow = (rows: readonly Row[], number: number): Row => {
  const row = rows.find((candidate) => candidate.number === number);
  if (!row) throw new Refusal('notFound', 'row.unknown', `处理决定没有第${number}行`, { field: 'row' });
  return row;
};

/** Byte for byte the same. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const sameReceipt = (a: Receipt, b: Receipt): boolean =>
  a.matched === b.matched &&
  a.changed === b.changed &&
  a.already === b.already &&
  a.fen === b.fen &&
  a.left === b.left &&
  sameBytes(a.root, b.root);

const checkReport = (row: Row, report: Report): void => {
  if (report.service !== row.target.service) {
    throw new Refusal('forbidden', 'report.wrong_service', `第${row.number}行是向 ${row.target.service} 请求的`, { field: 'service' });
  }
  if (row.state === 'WAITING') throw new Refusal('illegalMove', 'row.not_asked', `第${row.number}行尚未请求`, { field: 'row' });
  if (report.kind === 'reported' && report.receipt.fen < 0n) {
    throw new Refusal('invalid', 'report.receipt_invalid', '回执金额不能为负', { field: 'receipt.fen' });
  }
  if (report.kind === 'reported' && row.state === 'DONE' && row.receipt && !sameReceipt(row.receipt, report.receipt)) {
    throw new Refusal('conflict', 'report.receipt_differs', `第${row.number}行已有不同的回执`, { field: 'receipt' });
  }
};

/**
 * The receipt from before the reopening, come once more: its service has yet to work the row again. Work that was begun before it is
 * that work, also where it was signed anew since.
 */
const isOutdated = (row: Row, report: Report): boolean =>
  report.kind === 'reported' && row.renewedAfter !== null && (report.receipt.startedAt ?? row.renewedAfter) <= row.renewedAfter;

/**
 * The row after a report. A repeated or overtaken report returns the same row: a receipt is final, and progress goes up only.
 * Refuses `report.wrong_service`, `row.not_asked`, `report.receipt_invalid`, `report.receipt_differs`.
 */
export const record = (row: Row, report: Report): Row => {
  checkReport(row, report);
  if (row.state === 'DONE' || isOutdated(row, report)) return row;
  switch (report.kind) {
    case 'reported':
      return { ...row, state: 'DONE', receipt: report.receipt, progressMatched: report.receipt.matched, refusal: null, dispute: null };
    case 'refused': {
      const { reason, detail } = report;
      const isRepeated = row.state === 'REFUSED' && row.refusal?.reason === reason && row.refusal.detail === detail;
      return isRepeated ? row : { ...row, state: 'REFUSED', refusal: { reason, detail } };
    }
    case 'progressed':
      return report.matched > row.progressMatched ? { ...row, progressMatched: report.matched } : row;
  }
};

/** Asks a row that was done once more, as a sweep found records that are not as it left them. The next receipt replaces the last. */
export const reopen = (row: Row, now: Date): Row => ({
  ...ask(row, now),
  receipt: null,
  progressMatched: 0n,
  renewedAfter: row.receipt?.finishedAt ?? row.renewedAfter,
});

const DRIFTED: readonly string[] = ['order.target_drifted', 'order.more_than_signed'];

/** Whether the row stopped before its first change because its records are no longer those that were signed. */
export const isDrifted = (row: Row): boolean => row.state === 'REFUSED' && DRIFTED.includes(row.refusal?.reason ?? '');

/**
 * Whether asking again can help: the row was refused, its receipt is in doubt, or it is late. A row that waits has its turn still to
 * come, whatever came too early: asked now, it would be worked before what it waits for.
 */
export const canRetry = (row: Row): boolean =>
  row.state === 'REFUSED' || (row.dispute !== null && row.state !== 'WAITING') || (row.state === 'ASKED' && row.overdue);

/**
 * Asks a row again, with a new limit. A service that has refused starts anew; one that is done sends its receipt once more, and
 * with that ends the doubt. Refuses `row.not_refused`.
 */
export const retry = (row: Row, now: Date): Row => {
  if (!canRetry(row))
    throw new Refusal('illegalMove', 'row.not_refused', `第${row.number}行未被拒绝、未逾期、回执也无疑问，不能重试`, { field: 'row' });
  return ask(row, now);
};

/** The row with its doubt; one that waited for its turn or is at work stays what it was. */
export const dispute = (row: Row, { reason, message }: { reason: string; message: string }, now: Date): Row => {
  if (row.dispute?.reason === reason && row.dispute.detail === message) return row;
  return { ...row, dispute: { reason, detail: message, at: now } };
};

/**
 * A row that was taken for done and whose receipt does not hold: it is asked as if it had none, and done with the true one. What its
 * service says again then need not be newer.
 */
export const doubt = (row: Row, why: { reason: string; message: string }, now: Date): Row =>
  dispute({ ...ask(row, now), receipt: null, progressMatched: 0n }, why, now);

/** True when every row has its receipt, and no doubt about any; an order without rows does not exist. */
export const isDone = (rows: readonly Row[]): boolean => rows.every((row) => row.state === 'DONE' && row.dispute === null);

/** The rows that have not answered within their limit and were not yet marked. The limit itself is still in time. */
export const overdue = (rows: readonly Row[], now: Date): Row[] =>
  rows.filter((row) => row.state === 'ASKED' && !row.overdue && row.dueAt !== null && now.getTime() > row.dueAt.getTime());

/** The services that these rows ask, each once. */
export const servicesOf = (rows: readonly Row[]): Service[] => [...new Set(rows.map((row) => row.target.service))];
