// Messages to agencies (互联互通, N3.7d): their kinds, their receivers, and the times of their tries. A message never changes, because the agency repeats its
// answer to the same id. So different content is always a new message.
import { Refusal } from '@hengji/domain-kit';

export type Agency = 'MINISTRY' | 'POLICE' | 'MARKET_REGULATOR' | 'DISCIPLINE';
/** `inquiry` asks an agency for its decision on a transfer that it signed for. */
export type MessageKind = 'upload' | 'withdraw' | 'notice' | 'transfer' | 'inquiry';
export type MessageState = 'PENDING' | 'ACKNOWLEDGED' | 'PARTLY_REJECTED';

export const AGENCIES: readonly Agency[] = ['MINISTRY', 'POLICE', 'MARKET_REGULATOR', 'DISCIPLINE'];

/** Rows of one message: the platforms' limit (rules §10.4). */
export const MAX_ROWS = 1_000;

/** The path of each kind, below the agency's address. */
export const PATHS = {
  upload: '/uploads',
  withdraw: '/withdrawals',
  notice: '/notices',
  transfer: '/transfers',
  inquiry: '/transfers',
} as const satisfies Record<MessageKind, string>;

/** A letter is sent whole, as it was stored, and the agency signs for it. Other kinds carry rows of `upload`, or are inquiries. */
export const isLetter = (kind: MessageKind): boolean => kind === 'notice' || kind === 'transfer';

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * Milliseconds until the next try after `tries` failed tries: doubles up to the cap, and half of it is random (0 ≤ chance < 1), so that
 * messages that failed together are not repeated together. There is no last try, because an order does not expire.
 */
export const pauseMs = (tries: number, backoff: Backoff, chance: number): number => {
  const whole = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(Math.max(tries - 1, 0), 40));
  return Math.round(whole / 2 + (whole / 2) * chance);
};

/** The effect of the operator's "send again": send now, or the rejected rows in a new message. Refuses `message.acknowledged`. */
export const decideRetry = (state: MessageState): 'now' | 'rejectedRows' => {
  if (state === 'ACKNOWLEDGED')
    throw new Refusal('illegalMove', 'message.acknowledged', '该报文已获确认,无需重发', { field: 'message_id' });
  return state === 'PENDING' ? 'now' : 'rejectedRows';
};
