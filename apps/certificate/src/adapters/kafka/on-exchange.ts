// exchange tells what the ministry's platform has acknowledged; nothing else moves a certificate's upload state.
import { TOPICS } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { subscribe } from '@hengji/messaging';
import type { Tx } from '../store/database';
import { noteUploads } from '../store/upload-store';

export const onExchange = subscribe<ExchangeEvent, Tx>(TOPICS.exchange, {
  uploadsAccepted: ({ numbers }, { tx }) => noteUploads(tx, numbers, 'UPLOADED'),
  uploadsWithdrawn: ({ numbers }, { tx }) => noteUploads(tx, numbers, 'WITHDRAWN'),
  uploadsRestored: ({ numbers }, { tx }) => noteUploads(tx, numbers, 'UPLOADED'),
  uploadsRejected: 'ignored',
  noticeAcknowledged: 'ignored',
  transferReceived: 'ignored',
  transferDecided: 'ignored',
});
