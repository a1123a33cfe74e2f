// exchange publishes what the ministry's platform has acknowledged; only these events change a certificate's upload state.
import { TOPICS } from '@hengji/contracts';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { subscribe, type MessageContext } from '@hengji/messaging';
import { ownActOn } from '@hengji/procedure';
import type { Tx } from '../store/database';
import { noteUploads } from '../store/upload-store';

type Numbers = { readonly numbers: readonly string[] };

const note = (state: 'UPLOADED' | 'WITHDRAWN') =>
  ownActOn(
    { service: 'certificate', what: `NoteUploads ${state}`, kind: 'certificate' },
    ({ numbers }: Numbers, { tx }: MessageContext<Tx>) => noteUploads(tx, numbers, state),
  );

export const onExchange = subscribe<ExchangeEvent, Tx>(TOPICS.exchange, {
  uploadsAccepted: note('UPLOADED'),
  uploadsWithdrawn: note('WITHDRAWN'),
  uploadsRestored: note('UPLOADED'),
  uploadsRejected: 'ignored',
  noticeAcknowledged: 'ignored',
  transferReceived: 'ignored',
  transferDecided: 'ignored',
});
