// What the use cases ask of the database, bound to one open transaction. adapters/store/ answers it.
import type { Agency, MessageKind, MessageState } from '../domain/message';
import type { TransferDecision } from '../domain/transfer';
import type { UploadAction, UploadState } from '../domain/upload';

/** A message as the sender and the record of its answer see it. */
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
  /** Of an inquiry: the number of the decision that was told last. */
  readonly receiptNo: string;
}

/** A message to be made; `notBefore` lets it rest first, `onceKey` makes a second one impossible. */
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
  /** Certificate numbers; for a notice the order's id, its only row. */
  readonly numbers: readonly string[];
  readonly createdAt: Date;
  readonly notBefore?: Date;
}

export interface MovedUpload {
  readonly number: string;
  readonly state: UploadState;
  /** Orders that are not lifted and demand its withdrawal. */
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
  /** Returns false, and changes nothing, when its `onceKey` is taken. */
  createMessage(message: NewMessage): Promise<boolean>;
  finishMessage(messageId: string, outcome: MessageOutcome): Promise<void>;
  /** An inquiry goes on: told is what it learned last, and it is asked again then. */
  goOnAsking(messageId: string, told: { readonly decisionNo: string; readonly why: string; readonly again: Date }): Promise<void>;
  /** Lets a pending message fall due now. */
  hurryMessage(messageId: string, now: Date): Promise<void>;
  /** Begins an action on uploads: they now wait for this message. Those whose state forbids it are left alone. */
  begin(action: UploadAction, messageId: string, numbers: readonly string[]): Promise<readonly MovedUpload[]>;
  /** Ends what this message began; `codes` only for rejections. */
  finish(action: UploadAction, messageId: string, numbers: readonly string[], codes?: readonly string[]): Promise<readonly MovedUpload[]>;
  /** From now on these uploads wait for the other message, which continues this one. */
  handOver(fromMessageId: string, toMessageId: string, numbers: readonly string[]): Promise<void>;
  /** Uploads that this message was about and that are still where its rejection left them and still wanted so. */
  stillRejected(message: StoredMessage): Promise<readonly string[]>;
  /** The order to cite per number: one that demands its withdrawal now, or the one lifted last. */
  ordersFor(demand: 'withdraw' | 'restore', numbers: readonly string[]): Promise<readonly OrderOfNumber[]>;
  /** Takes up to `limit` waiting uploads that no hold covers, in order of number. Keeps fences away until the end of the transaction. */
  takeWaiting(institution: string, limit: number): Promise<readonly string[]>;
  /** Orders with no message under way among those that withdrew uploads of the institution; locks them against each other's last answers. */
  lockIdleOrders(institution: string): Promise<readonly string[]>;
}

/** Which transfer: the order's row, and the agency that it went to. */
export type TransferOf = Pick<StoredMessage, 'orderId' | 'row' | 'agency'>;

/** Who must hear of it, in the same transaction. */
export interface Announce {
  accepted(numbers: readonly string[]): Promise<void>;
  rejected(numbers: readonly string[], codes: readonly string[]): Promise<void>;
  withdrawn(orderId: string, numbers: readonly string[]): Promise<void>;
  restored(orderId: string, numbers: readonly string[]): Promise<void>;
  noticeAcknowledged(orderId: string, agency: Agency, receiptNo: string): Promise<void>;
  transferReceived(of: TransferOf, receipt: { readonly receiptNo: string; readonly packageSha256: string }): Promise<void>;
  transferDecided(of: TransferOf, decision: TransferDecision): Promise<void>;
  /** The order's row may now be settled. Comes before every other word. */
  settle(orderId: string): Promise<void>;
}
