// The ledger of an order: what was asked of which service, the limit, and the answer. Rows are immutable values. A function
// that changes nothing returns the same row object, so the store writes only changed rows and a repeated report writes nothing.
import { minutesAfter, Refusal } from '@hengji/domain-kit';
import { isAhead } from './clock/order-time';
import type { Dispute, KeySignature } from './proof';
import { stepOf, stepsOf, toTarget, type Effect, type Measure, type Service, type Target } from './cascade';

export const ROW_STATES = ['WAITING', 'ASKED', 'DONE', 'REFUSED'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a row would touch, as counted by its service before the signature. */
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
  /** For undo rows: records that another writer had changed since; the service leaves such a record as it is. */
  readonly left: bigint;
  /** Leaves of the tree under `root`. */
  readonly leaves: bigint;
  readonly fen: bigint;
  readonly root: Uint8Array;
  /** The service's signature; null in receipts from before receipts were signed. */
  readonly signature: KeySignature | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Records of the scope that are not in the demanded state; the count uses another path than the effect. */
export interface Residual {
  readonly count: bigint;
  readonly sample: readonly string[];
  readonly at: Date;
}

/** Previews and residuals by row number. */
export type Previews = ReadonlyMap<number, Preview>;
export type Residuals = ReadonlyMap<number, Omit<Residual, 'at'>>;

/** One effect asked of one service. The minutes of the limit start at `askedAt`. */
export interface Row {
  readonly number: number;
  /** Null for the notices that every order sends. */
  readonly measure: Measure | null;
  readonly target: Target;
  /** The row that must have its receipt before this row is asked; 0 = none. */
  readonly afterRow: number;
  readonly withinMinutes: number;
  /** The row whose effect this row takes back; 0 = this row is an effect. */
  readonly undoesRow: number;
  /** The lifting that this row belongs to; 0 = the order itself. */
  readonly lifting: number;
  /** The maximum number of records that the row may touch: what was previewed and signed. */
  readonly signedCount: bigint;
  readonly state: RowState;
  readonly askedAt: Date | null;
  readonly dueAt: Date | null;
  /** Stays true after the row is done, because the row was late. */
  readonly overdue: boolean;
  readonly preview: Preview | null;
  readonly progressMatched: bigint;
  readonly receipt: Receipt | null;
  readonly refusal: { readonly reason: string; readonly detail: string } | null;
  /** Why the last receipt was not accepted. A row with a dispute is not done. */
  readonly dispute: Dispute | null;
  readonly residual: Residual | null;
  /** The finish time of the receipt that the row had before the reopening. A receipt that started no later is that older receipt. */
  readonly renewedAfter: Date | null;
}

/** What a service reports of a row; `service` is the one that signed the report. */
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

/** Creates the rows of these measures, numbered from 1 in the order of the table. No row is asked yet. */
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
 * Creates one undo row for each row of these measures and for the notices, numbered after the existing rows. An undo row may
 * touch only what its row touched.
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

/** Starts the limit now if a clock that was ahead asked the row. */
export const askedByNow = (row: Row, now: Date): Row =>
  row.state === 'ASKED' && isAhead(row.askedAt, now) ? { ...row, askedAt: now, dueAt: minutesAfter(now, row.withinMinutes) } : row;

/** Asks every waiting row that waits for no other row. */
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
 * Whether the receipt is from before the reopening: the service has yet to carry out the row again. A receipt whose work
 * started before the reopening is outdated, even if it was signed again later.
 */
const isOutdated = (row: Row, report: Report): boolean =>
  report.kind === 'reported' && row.renewedAfter !== null && (report.receipt.startedAt ?? row.renewedAfter) <= row.renewedAfter;

/**
 * The row after a report. A repeated or outdated report returns the same row: a receipt is final, and progress only increases.
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

/** Asks a done row again, because a sweep found records that differ from the row's result. The next receipt replaces the last. */
export const reopen = (row: Row, now: Date): Row => ({
  ...ask(row, now),
  receipt: null,
  progressMatched: 0n,
  renewedAfter: row.receipt?.finishedAt ?? row.renewedAfter,
});

const DRIFTED: readonly string[] = ['order.target_drifted', 'order.more_than_signed'];

/** Whether the row stopped before its first change, because its records are no longer the signed records. */
export const isDrifted = (row: Row): boolean => row.state === 'REFUSED' && DRIFTED.includes(row.refusal?.reason ?? '');

/**
 * Whether a retry can help: the row was refused, its receipt is disputed, or it is late. A waiting row cannot be retried, even
 * after a report that came too early: it would be carried out before the row that it waits for.
 */
export const canRetry = (row: Row): boolean =>
  row.state === 'REFUSED' || (row.dispute !== null && row.state !== 'WAITING') || (row.state === 'ASKED' && row.overdue);

/**
 * Asks a row again, with a new limit. A service that has refused starts again; a service that is done sends its receipt again,
 * which ends the dispute. Refuses `row.not_refused`.
 */
export const retry = (row: Row, now: Date): Row => {
  if (!canRetry(row))
    throw new Refusal('illegalMove', 'row.not_refused', `第${row.number}行未被拒绝、未逾期、回执也无疑问，不能重试`, { field: 'row' });
  return ask(row, now);
};

/** Adds a dispute to the row; the state of the row does not change. */
export const dispute = (row: Row, { reason, message }: { reason: string; message: string }, now: Date): Row => {
  if (row.dispute?.reason === reason && row.dispute.detail === message) return row;
  return { ...row, dispute: { reason, detail: message, at: now } };
};

/**
 * Disputes a done row whose receipt is invalid: the row is asked as if without receipt, and is done after a valid receipt. The
 * valid receipt need not be newer than the invalid one.
 */
export const doubt = (row: Row, why: { reason: string; message: string }, now: Date): Row =>
  dispute({ ...ask(row, now), receipt: null, progressMatched: 0n }, why, now);

/** True when every row has its receipt and no dispute; an order always has rows. */
export const isDone = (rows: readonly Row[]): boolean => rows.every((row) => row.state === 'DONE' && row.dispute === null);

/** The asked rows that are past their limit and not yet marked. The limit itself is still in time. */
export const overdue = (rows: readonly Row[], now: Date): Row[] =>
  rows.filter((row) => row.state === 'ASKED' && !row.overdue && row.dueAt !== null && now.getTime() > row.dueAt.getTime());

/** The services that these rows ask, each once. */
export const servicesOf = (rows: readonly Row[]): Service[] => [...new Set(rows.map((row) => row.target.service))];
