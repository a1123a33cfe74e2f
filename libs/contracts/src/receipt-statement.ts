// What a service signs when it has carried out a row of an order, and what any holder of the receipt checks. The statement is defined once,
// because signer and checker must write the same bytes. Every value is a text or a boolean, so that no language rounds it.
import type { Receipt } from './generated/hengji/enforcement/v1/order';

/** The row that the receipt is for; `epoch` is the order's, for undo rows the lifting's. */
export interface ReceiptOf {
  readonly orderId: string;
  readonly row: number;
  readonly service: string;
  /** The effect's enum value, e.g. VOID_CERTIFICATES. */
  readonly effect: string;
  readonly undo: boolean;
  readonly epoch: bigint;
}

type Counts = Omit<Receipt, 'signature' | 'root' | 'startedAt' | 'finishedAt'>;

/** A receipt as both sides have it: from the message, or from the ledger. */
export interface ReceiptContent extends Counts {
  readonly root: Uint8Array;
  readonly startedAt?: Date | null | undefined;
  readonly finishedAt?: Date | null | undefined;
}

export const RECEIPT_TYPE = 'hengji.receipt.v1';

/**
 * The statement of a receipt (回执), to be signed in canonical form. Counts as decimal text, money in fen, times in UTC with milliseconds,
 * the root in hex.
 */
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
