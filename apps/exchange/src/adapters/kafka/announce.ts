// Publishes the use cases' events as rows of the outbox, and settles the orders' rows that wait for an answer.
import { TOPICS, type Body } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { publish } from '@hengji/messaging';
import type { Announce } from '../../application/store';
import type { Tx } from '../store/database';

export interface AnnounceOptions {
  readonly institution: string;
  readonly now: Date;
  readonly settle: (tx: Tx, orderId: string) => Promise<void>;
}

/** Bound to one transaction and one institution. */
export const announceIn = (tx: Tx, { institution, now, settle }: AnnounceOptions): Announce => {
  const say = (body: Body<ExchangeEvent>, orderId = ''): Promise<void> =>
    publish(tx, TOPICS.exchange, { institution, orderId, body, occurredAt: now });
  return {
    accepted: (numbers) => say({ $case: 'uploadsAccepted', value: { numbers: [...numbers] } }),
    rejected: (numbers, codes) => say({ $case: 'uploadsRejected', value: { numbers: [...numbers], codes: [...codes] } }),
    withdrawn: (orderId, numbers) => say({ $case: 'uploadsWithdrawn', value: { orderId, numbers: [...numbers] } }, orderId),
    restored: (orderId, numbers) => say({ $case: 'uploadsRestored', value: { orderId, numbers: [...numbers] } }, orderId),
    noticeAcknowledged: (orderId, agency, receiptNo) =>
      say({ $case: 'noticeAcknowledged', value: { orderId, agency, receiptNo } }, orderId),
    transferReceived: ({ orderId, row, agency }, { receiptNo, packageSha256 }) =>
      say(
        { $case: 'transferReceived', value: { orderId, row, agency, receiptNo, packageSha256: Buffer.from(packageSha256, 'hex') } },
        orderId,
      ),
    transferDecided: ({ orderId, row, agency }, decision) =>
      say({ $case: 'transferDecided', value: { orderId, row, agency, ...decision } }, orderId),
    settle: (orderId) => settle(tx, orderId),
  };
};
