// exchange tells what the ministry's platform has acknowledged; nothing else moves a certificate's upload state.
import { TOPICS } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { subscribe } from '@hengji/messaging';
import type { Tx } from '../store/database';
import { moveUploads } from '../store/upload-store';

export const onExchange = subscribe<ExchangeEvent, Tx>(TOPICS.exchange, {
  uploadsAccepted: ({ numbers }, { tx }) => moveUploads(tx, 'accept', numbers),
  uploadsWithdrawn: ({ numbers }, { tx }) => moveUploads(tx, 'withdraw', numbers),
  uploadsRestored: ({ numbers }, { tx }) => moveUploads(tx, 'restore', numbers),
  uploadsRejected: 'ignored',
  noticeAcknowledged: 'ignored',
});
