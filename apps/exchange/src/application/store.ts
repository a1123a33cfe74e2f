// The use cases' interface to the database, bound to one open transaction. adapters/store/ implements it.
import type { FilingStanding } from '../domain/filing';
import type { Agency, MessageKind, MessageState } from '../domain/message';
import type { TransferDecision } from '../domain/transfer';
import type { UploadAction, UploadState } from '../domain/upload';

/** A message in the form that the sender and the record of its answer use. */
export interface StoredMessage {
  readonly messageId: string;
  readonly agency: Agency;
  readonly kind: MessageKind;
  readonly institution: string;
  readonly orderId: string;
  readonly row: number;
  /** For kind `upload`: a restoration after lifting. */
  readonly undo: boolean;
  readonly continues: string | null;
  readonly notice: unknown;
  readonly numbers: readonly string[];
  readonly codes: readonly string[];
  readonly state: MessageState;
  readonly tries: number;
  /** For an inquiry: the number of the newest published decision. */
  readonly receiptNo: string;
}

/** A new message; `notBefore` delays its first try, `onceKey` makes a second message with this key impossible. */
export interface NewMessage {
  readonly messageId: string;
  readonly agency: Agency;
  readonly kind: MessageKind;
  readonly institution: string;
  readonly orderId: string;
  readonly row: number;
  readonly undo: boolean;
  readonly continues?: string;
  readonly onceKey?: string;
  readonly notice?: object;
  /** Certificate numbers; for a notice the order's id, which is its only row. */
  readonly numbers: readonly string[];
  readonly createdAt: Date;
  readonly notBefore?: Date;
}

export interface MovedUpload {
  readonly number: string;
  readonly state: UploadState;
  /** Number of orders in force that demand the withdrawal. */
  readonly claims: number;
}

export interface MessageOutcome {
  readonly state: MessageState;
  readonly codes: readonly string[];
  readonly acknowledged: number;
  readonly rejected: number;
  readonly receiptNo: string;
  readonly now: Date;
}

export interface OrderOfNumber {
  readonly number: string;
  readonly orderId: string;
  readonly row: number;
}

export interface ExchangeStore {
  /** Locks the message; undefined when there is none. */
  lockMessage(messageId: string): Promise<StoredMessage | undefined>;
  /** Returns false and changes nothing when its `onceKey` exists. */
  createMessage(message: NewMessage): Promise<boolean>;
  finishMessage(messageId: string, outcome: MessageOutcome): Promise<void>;
  /** An inquiry continues: `told` is its newest result, and the inquiry is due again at the given time. */
  goOnAsking(messageId: string, told: { readonly decisionNo: string; readonly why: string; readonly again: Date }): Promise<void>;
  /** Makes a pending message due now. */
  hurryMessage(messageId: string, now: Date): Promise<void>;
  /** Begins an action on uploads: the uploads now wait for this message. Uploads whose state forbids the action stay unchanged. */
  begin(action: UploadAction, messageId: string, numbers: readonly string[]): Promise<readonly MovedUpload[]>;
  /** Ends the action of this message; `codes` only for rejections. */
  finish(action: UploadAction, messageId: string, numbers: readonly string[], codes?: readonly string[]): Promise<readonly MovedUpload[]>;
  /** From now on these uploads wait for the other message, which continues this one. */
  handOver(fromMessageId: string, toMessageId: string, numbers: readonly string[]): Promise<void>;
  /** Uploads of this message that still have the state after its rejection and are still needed. */
  stillRejected(message: StoredMessage): Promise<readonly string[]>;
  /** The order to cite per number: an order that demands the withdrawal now, or the order lifted last. */
  ordersFor(demand: 'withdraw' | 'restore', numbers: readonly string[]): Promise<readonly OrderOfNumber[]>;
  /**
   * Takes up to `limit` waiting uploads that the filing covers and no hold, in order of number. Blocks new fences until the end of the
   * transaction.
   */
  takeWaiting(institution: string, standing: FilingStanding, limit: number): Promise<readonly string[]>;
  /**
   * Orders without a message in flight, among those that withdrew uploads of the institution; locks these orders against other last
   * answers.
   */
  lockIdleOrders(institution: string): Promise<readonly string[]>;
}

/** Identifies a transfer: the order's row, and the receiving agency. */
export type TransferOf = Pick<StoredMessage, 'orderId' | 'row' | 'agency'>;

/** Notifies consumers and order rows, in the same transaction. */
export interface Announce {
  accepted(numbers: readonly string[]): Promise<void>;
  rejected(numbers: readonly string[], codes: readonly string[]): Promise<void>;
  withdrawn(orderId: string, numbers: readonly string[]): Promise<void>;
  restored(orderId: string, numbers: readonly string[]): Promise<void>;
  noticeAcknowledged(orderId: string, agency: Agency, receiptNo: string): Promise<void>;
  transferReceived(of: TransferOf, receipt: { readonly receiptNo: string; readonly packageSha256: string }): Promise<void>;
  transferDecided(of: TransferOf, decision: TransferDecision): Promise<void>;
  /** The order's row may now be settled. Must be called before every other notification. */
  settle(orderId: string): Promise<void>;
}
