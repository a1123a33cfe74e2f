// What a service signs when it has carried out a row of an order, and what anyone checks who has the receipt. Written once,
// because signer and checker must write the same bytes; every value is a text or a truth, so that no language rounds it.
import type { Receipt } from './generated/hengji/enforcement/v1/order';

/** The row that the receipt is of; `epoch` is the order's, for undo rows the lifting's. */
export interface ReceiptOf {
  readonly orderId: string;
  readonly row: number;
  readonly service: string;
  /** The effect's word, e.g. VOID_CERTIFICATES. */
  readonly effect: string;
  readonly undo: boolean;
  readonly epoch: bigint;
}

type Counts = Omit<Receipt, 'signature' | 'root' | 'startedAt' | 'finishedAt'>;

/** A receipt as both sides have it: the message, or the ledger's. */
export interface ReceiptContent extends Counts {
  readonly root: Uint8Array;
  readonly startedAt?: Date | null | undefined;
  readonly finishedAt?: Date | null | undefined;
}

export const RECEIPT_TYPE = 'hengji.receipt.v1';

/** The statement of a receipt (回执), to be signed in canonical form. Counts in digits, money in fen, times in UTC with milliseconds, the root in hex. */
export const receiptStatement = ({ orderId, row, service, effect, undo, epoch }: ReceiptOf, receipt: ReceiptContent) => ({
  type: RECEIPT_TYPE,
  orderId,
  row: String(row),
  service,
  effect,
  undo,
  epoch: String(epoch),
  matched: String(receipt.matched),
  changed: String(receipt.changed),
  already: String(receipt.already),
  left: String(receipt.left),
  leaves: String(receipt.leaves),
  fen: String(receipt.fen),
  root: Buffer.from(receipt.root).toString('hex'),
  startedAt: receipt.startedAt?.toISOString() ?? '',
  finishedAt: receipt.finishedAt?.toISOString() ?? '',
});

export type ReceiptStatement = ReturnType<typeof receiptStatement>;
